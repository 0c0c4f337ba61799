using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;

namespace Trigger.Tests.Kernel;

public sealed class A_system_with_settings
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task reads_them_from_its_configuration()
    {
        var system = ActorSystem.Create("set", ConfigurationFactory.ParseString("akka { loglevel = WARNING, actor.ask-timeout = 40s, log-dead-letters = off }"));

        Assert.Equal(LogLevel.WarningLevel, system.EventStream.LogLevel);
        Assert.Equal(TimeSpan.FromSeconds(40), system.Settings.AskTimeout);
        Assert.Equal(0, system.Settings.LogDeadLetters);
        await system.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void has_Akkas_defaults_without_one()
    {
        using var system = ActorSystem.Create("plain");

        Assert.Equal(("INFO", 10, Timeout.InfiniteTimeSpan, 30), (system.Settings.LogLevel, system.Settings.LogDeadLetters, system.Settings.AskTimeout, system.Settings.Throughput));
    }

    [Fact]
    public async Task lets_a_question_without_a_timeout_wait_no_longer_than_they_say()
    {
        var clock = new FakeClock();
        var system = ActorSystem.Create("asks", ActorSystemSetup.Create(new KernelSetup { Time = clock }, BootstrapSetup.Create().WithConfig("akka.actor.ask-timeout = 2s")));
        var asked = system.ActorOf(Props.Empty).Ask("anybody?", TestContext.Current.CancellationToken);
        clock.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<AskTimeoutException>(() => asked.WaitAsync(Patience, TestContext.Current.CancellationToken));
        await system.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task tells_of_starts_restarts_and_stops_when_they_ask_for_it()
    {
        var system = ActorSystem.Create("told", "akka.actor.telemetry.enabled = on");
        var probe = new Probe(system);
        system.EventStream.Subscribe<IActorTelemetryEvent>(probe.Ref);
        await probe.Ref.Ask<ActorIdentity>(new Identify(null), Patience, TestContext.Current.CancellationToken);
        var actor = system.ActorOf(Props.Create(() => new Scripted((_, _) => Fail(), null, null, null)), "told");
        actor.Tell("boom");

        Assert.Equal(actor, (await NextAbout<ActorStarted>(probe, actor)).Subject);
        Assert.Equal("boom", (await NextAbout<ActorRestarted>(probe, actor)).Reason.Message);
        system.Stop(actor);
        Assert.Equal(typeof(Scripted), (await NextAbout<ActorStopped>(probe, actor)).ActorType);
        await system.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("akka.loglevel = LOUD")]
    [InlineData("akka.actor.ask-timeout = soon")]
    public void does_not_begin_with_one_that_is_wrong(string config) => Assert.ThrowsAny<Exception>(() => ActorSystem.Create("wrong", config));

    [Fact]
    public void takes_what_is_missing_from_the_fallback()
    {
        Config config = "a { x = 1 }";
        var merged = config.WithFallback("a { x = 2, y = 3 }");

        Assert.Equal((1, 3, 7), (merged.GetInt("a.x"), merged.GetInt("a.y"), merged.GetInt("a.z", 7)));
        Assert.True(merged.GetConfig("b").IsEmpty);
        Assert.Null(merged.GetString("a.z"));
        Assert.Equal(Timeout.InfiniteTimeSpan, ConfigurationFactory.ParseString("t = infinite").GetTimeSpan("t"));
    }

    [Fact]
    public void names_the_line_of_a_value_that_is_not_what_it_should_be()
    {
        var config = ConfigurationFactory.ParseString("a = 1\nb = much");

        Assert.Contains("2", Assert.Throws<ConfigurationException>(() => config.GetInt("b")).Message, StringComparison.Ordinal);
        Assert.Contains("2", Assert.Throws<ConfigurationException>(() => config.GetDouble("b")).Message, StringComparison.Ordinal);
    }

    private static void Fail() => throw new InvalidOperationException("boom");

    // Other actors, the probe first, are told of as well.
    private static async Task<T> NextAbout<T>(Probe probe, IActorRef actor)
        where T : IActorTelemetryEvent
    {
        while (true)
        {
            if (await probe.Expect<IActorTelemetryEvent>() is T step && step.Subject.Equals(actor))
                return step;
        }
    }
}
