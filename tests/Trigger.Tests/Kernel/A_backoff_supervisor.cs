using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Kernel.Pattern;

namespace Trigger.Tests.Kernel;

public sealed class A_backoff_supervisor : KernelSpec
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Theory]
    [InlineData(1, true)]
    [InlineData(10, true)]
    [InlineData(0.99, false)]
    [InlineData(10.01, false)]
    public void resets_after_a_time_between_its_shortest_and_its_longest_pause(double seconds, bool allowed)
    {
        var options = Backoff.OnStop(Child, "child", Second, 10 * Second, 0.0, -1).WithAutoReset(seconds * Second);
        if (allowed)
            Assert.NotNull(BackoffSupervisor.Props(options));
        else
            Assert.Throws<ArgumentException>(() => BackoffSupervisor.Props(options));
    }

    [Fact]
    public async Task starts_a_child_that_stopped_after_the_first_pause_and_not_a_tick_before()
    {
        var supervisor = Supervise(Backoff.OnStop(Child, "child", Second, 10 * Second, 0.0, -1));
        await Probe.Expect("child.PreStart");
        supervisor.Tell("stop");
        await Probe.Expect("child.PostStop");
        await Restarted(supervisor, 1);
        Clock.Advance(Second - Tick);
        await Probe.ExpectNothingBefore("marker");
        Clock.Advance(Tick);

        await Probe.Expect("child.PreStart");
    }

    [Fact]
    public async Task doubles_its_pauses()
    {
        var supervisor = Supervise(Backoff.OnStop(Child, "child", Second, 10 * Second, 0.0, -1).WithManualReset());
        for (var (count, pause) = (1, Second); count <= 3; count++, pause *= 2)
        {
            await Probe.Expect("child.PreStart");
            supervisor.Tell("stop");
            await Probe.Expect("child.PostStop");
            await Restarted(supervisor, count);
            Clock.Advance(pause - Tick);
            await Probe.ExpectNothingBefore("marker");
            Clock.Advance(Tick);
        }
    }

    [Fact]
    public async Task begins_anew_when_the_child_has_lived_long_enough()
    {
        var supervisor = Supervise(Backoff.OnStop(Child, "child", Second, 10 * Second, 0.0, -1).WithAutoReset(5 * Second));
        await Probe.Expect("child.PreStart");
        supervisor.Tell("stop");
        await Probe.Expect("child.PostStop");
        await Restarted(supervisor, 1);
        Clock.Advance(Second);
        await Probe.Expect("child.PreStart");
        await Processed(supervisor);
        Clock.Advance(5 * Second);

        await Restarted(supervisor, 0);
    }

    [Fact]
    public async Task makes_of_a_failure_a_stop_and_a_later_start()
    {
        var supervisor = Supervise(Backoff.OnFailure(Child, "child", Second, 10 * Second, 0.0, -1));
        await Probe.Expect("child.PreStart");
        supervisor.Tell("boom");
        await Probe.Expect("child.PostStop");
        await Restarted(supervisor, 1);
        Clock.Advance(Second);

        await Probe.Expect("child.PreStart");
    }

    [Fact]
    public async Task ends_with_a_child_that_stopped_without_having_failed()
    {
        var supervisor = Supervise(Backoff.OnFailure(Child, "child", Second, 10 * Second, 0.0, -1));
        await Probe.Expect("child.PreStart");
        Probe.Watch(supervisor);
        await Processed(Probe.Ref);
        supervisor.Tell("stop");
        await Probe.Expect("child.PostStop");

        Assert.Equal(supervisor, (await Probe.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task gives_up_after_as_many_starts_as_it_may()
    {
        var supervisor = Supervise(Backoff.OnStop(Child, "child", Second, 10 * Second, 0.0, 1).WithManualReset());
        await Probe.Expect("child.PreStart");
        Probe.Watch(supervisor);
        await Processed(Probe.Ref);
        supervisor.Tell("stop");
        await Probe.Expect("child.PostStop");
        await Restarted(supervisor, 1);
        Clock.Advance(Second);
        await Probe.Expect("child.PreStart");
        supervisor.Tell("stop");
        await Probe.Expect("child.PostStop");

        Assert.Equal(supervisor, (await Probe.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task answers_for_a_child_that_pauses()
    {
        var supervisor = Supervise(Backoff.OnStop(Child, "child", Second, 10 * Second, 0.0, -1).WithReplyWhileStopped("later"));
        await Probe.Expect("child.PreStart");
        supervisor.Tell("stop");
        await Probe.Expect("child.PostStop");
        await Restarted(supervisor, 1);
        supervisor.Tell("hello", Probe.Ref);

        await Probe.Expect("later");
    }

    [Fact]
    public async Task ends_with_its_child_after_a_final_message()
    {
        var supervisor = Supervise(Backoff.OnStop(Child, "child", Second, 10 * Second, 0.0, -1).WithFinalStopMessage(message => message is "stop"));
        await Probe.Expect("child.PreStart");
        Probe.Watch(supervisor);
        await Processed(Probe.Ref);
        supervisor.Tell("stop");
        await Probe.Expect("child.PostStop");

        Assert.Equal(supervisor, (await Probe.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task makes_dead_letters_of_what_it_cannot_pass_on()
    {
        System.EventStream.Subscribe<DeadLetter>(Probe.Ref);
        var supervisor = Supervise(Backoff.OnStop(Child, "child", Second, 10 * Second, 0.0, -1));
        await Probe.Expect("child.PreStart");
        supervisor.Tell("stop");
        await Probe.Expect("child.PostStop");
        await Restarted(supervisor, 1);
        supervisor.Tell("lost");

        Assert.Equal("lost", (await Probe.Expect<DeadLetter>()).Message);
    }

    private Props Child => Script(
        (actor, message) =>
        {
            if (message is "stop")
                actor.Place.Stop(actor.Me);
            if (message is "boom")
                Fail("boom");
        },
        Probe);

    private IActorRef Supervise(BackoffOptions options) => System.ActorOf(BackoffSupervisor.Props(options), "supervisor");

    // Each question is answered in the supervisor's own time, so this asks as often as it takes.
    private static async Task Restarted(IActorRef supervisor, int times)
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, patience.Token)).Count != times)
            await Task.Yield();
    }
}
