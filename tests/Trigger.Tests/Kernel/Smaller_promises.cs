using Microsoft.Extensions.Logging;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Pattern;
using Trigger.Kernel.Persistence;
using Trigger.Lab.Simulating;

namespace Trigger.Tests.Kernel;

/// <summary>Promises that are kept in one line somewhere, and would be missed for long if that line went.</summary>
public sealed class Smaller_promises : KernelSpec
{
    [Fact]
    public async Task a_log_goes_to_the_logger_factory_with_its_level_source_and_cause()
    {
        var lines = new Lines();
        var system = ActorSystem.Create("logging", ActorSystemSetup.Create(new KernelSetup { LoggerFactory = lines }));
        system.ActorOf(Script((actor, message) => actor.Place.GetLogger().Warning("about {0}", message)), "speaker").Tell("x", ActorRefs.NoSender);
        system.ActorOf(Script((_, message) => Fail("told to")), "failing").Tell("x", ActorRefs.NoSender);
        Assert.True(SpinWait.SpinUntil(() => lines.Count >= 2, Patience));
        await system.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Contains(lines.All, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("/user/speaker", StringComparison.Ordinal) && line.Contains("about x", StringComparison.Ordinal));
        Assert.Contains(lines.All, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("/user/failing", StringComparison.Ordinal) && line.EndsWith("told to", StringComparison.Ordinal));
        Assert.DoesNotContain(lines.All, line => line.StartsWith("Debug", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_system_that_is_disposed_of_ends()
    {
        var system = ActorSystem.Create("brief");
        system.Dispose();
        await system.WhenTerminated.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void a_state_timeout_that_was_on_its_way_is_nobody_s_when_a_message_was_ahead_of_it() => Simulation.Explore(25, sim =>
    {
        var timeouts = 0;
        var machine = sim.System.ActorOf(Props.Create(() => new Patient(() => timeouts++)));
        sim.Settle();
        machine.Tell("message", ActorRefs.NoSender);
        sim.Clock.Advance(5 * Second);
        sim.Settle();
        Assert.Equal(0, timeouts);
        sim.Clock.Advance(5 * Second - TimeSpan.FromTicks(1));
        sim.Settle();
        Assert.Equal(0, timeouts);
        sim.Clock.Advance(TimeSpan.FromTicks(1));
        sim.Settle();
        Assert.Equal(1, timeouts);
    });

    [Fact]
    public async Task timers_end_with_their_actor_and_with_the_next_of_their_name()
    {
        var before = System.TimerQueue.Count;
        var actor = Spawn((self, message) =>
        {
            self.Timers.StartSingleTimer("a", message, 10 * Second);
            self.Timers.StartPeriodicTimer("b", message, 10 * Second);
        });
        for (var i = 0; i < 3; i++)
            actor.Tell("x");
        await Processed(actor);
        Assert.Equal(before + 2, System.TimerQueue.Count);
        await actor.GracefulStop(Patience);
        Assert.Equal(before, System.TimerQueue.Count);
    }

    [Fact]
    public async Task a_subscriber_that_left_altogether_hears_nothing_though_it_was_heard_of_before()
    {
        System.EventStream.Subscribe<string>(Probe.Ref);
        System.EventStream.Subscribe<Uri>(Probe.Ref);
        System.EventStream.Publish("one");
        await Probe.Expect("one");
        Assert.True(System.EventStream.Unsubscribe(Probe.Ref));
        System.EventStream.Publish("two");
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task a_persistent_actor_that_is_let_go_on_after_its_handler_failed_takes_further_commands()
    {
        var parent = Spawn(
            (self, message) => self.Place.Child("ledger").Forward(message),
            onStart: self => self.Place.ActorOf(Props.Create(() => new Ledger("kept", Probe.Ref)), "ledger"),
            strategy: new OneForOneStrategy(_ => Directive.Resume));
        await Probe.Expect("recovered 0");
        parent.Tell("handler boom");
        parent.Tell("x");
        await Probe.Expect("x@2");
    }

    [Fact]
    public async Task what_is_deferred_answers_whoever_sent_the_command()
    {
        var actor = System.ActorOf(Props.Create(() => new Deferring()));
        var other = Spawn((_, _) => { });
        actor.Tell("first", Probe.Ref);
        actor.Tell("second", other);
        await Probe.Expect("first is stored", "first is done");
    }

    [Fact]
    public async Task a_persistent_actor_may_become_what_declares_again_and_may_refuse_by_type()
    {
        System.EventStream.Subscribe<UnhandledMessage>(Probe.Ref);
        var actor = System.ActorOf(Props.Create(() => new Moody(Probe.Ref)));
        foreach (var message in new object[] { 3, 4, "become", "x", "declare" })
            actor.Tell(message);
        await Probe.Expect("odd 3");
        Assert.Equal(4, (await Probe.Expect<UnhandledMessage>()).Message);
        await Probe.Expect("now x", "Command");
    }

    [Fact]
    public async Task a_strategy_that_is_to_be_quiet_says_nothing_of_failures()
    {
        System.EventStream.Subscribe<Error>(Probe.Ref);
        foreach (var (quiet, name) in new[] { (true, "quiet"), (false, "loud") })
        {
            var parent = Spawn(
                (self, message) => self.Place.Child("child").Tell(message),
                name,
                onStart: self => self.Place.ActorOf(Script((_, _) => Fail("told to")), "child"),
                strategy: new OneForOneStrategy(-1, (TimeSpan?)null, new LocalOnlyDecider(_ => Directive.Restart), loggingEnabled: !quiet));
            parent.Tell("x");
            await Processed(parent);
            await Processed(await System.ActorSelection(parent.Path / "child").ResolveOne(Patience, TestContext.Current.CancellationToken));
        }

        Assert.Contains("/user/loud/child", (await Probe.Expect<Error>()).ToString(), StringComparison.Ordinal);
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public void things_keep_what_they_were_made_of()
    {
        Assert.Equal("s@h:1", new Address("akka.tcp", "s", "h", 1).HostPort());
        Assert.Equal("s", new Address("akka", "s").HostPort());
        var breaker = new CircuitBreaker(System.Scheduler, 3, 4 * Second, 5 * Second).WithRandomFactor(0.5);
        Assert.Equal((3, 4 * Second, 5 * Second, 0.5), (breaker.MaxFailures, breaker.CallTimeout, breaker.ResetTimeout, breaker.RandomFactor));
        var failure = new Status.Failure(new IOException("x"), "state");
        Assert.Equal(("x", "state"), (failure.Cause.Message, (string?)failure.State));
        Assert.ThrowsAny<ArgumentException>(() => RetrySupport.Retry(() => Task.FromResult(1), 1, TimeSpan.Zero, Second, 0, System.Scheduler).IsCompleted);
        Assert.ThrowsAny<ArgumentException>(() => RetrySupport.Retry(() => Task.FromResult(1), 1, 2 * Second, Second, 0, System.Scheduler).IsCompleted);
        Assert.Throws<InvalidOperationException>(() => { _ = new Greedy().ToString(); });
        var (a, b) = (Spawn((_, _) => { }, "a"), Spawn((_, _) => { }, "b"));
        var (fromA, fromB) = (new ActorSelection(System, (Trigger.Kernel.Actor.Internal.LocalActorRef)a, "x"), new ActorSelection(System, (Trigger.Kernel.Actor.Internal.LocalActorRef)b, "x"));
        Assert.False(fromA.Equals(fromB));
        Assert.True(fromA.Equals(new ActorSelection(System, (Trigger.Kernel.Actor.Internal.LocalActorRef)a, "x")));
    }

    private sealed class Greedy
    {
        private readonly Trigger.Kernel.Actor.Internal.HandlerSet handlers = new();

        public override string ToString()
        {
            handlers.Add<object>(_ => { }, shouldHandle: null);
            handlers.Add<string>(_ => { }, shouldHandle: null);
            return "never";
        }
    }

    private sealed class Patient : FSM<string, int>
    {
        public Patient(Action onTimeout)
        {
            StartWith("only", 0);
            When(
                "only",
                happened =>
                {
                    if (happened.FsmEvent is StateTimeout)
                        onTimeout();
                    return Stay();
                },
                TimeSpan.FromSeconds(5));
            Initialize();
        }
    }

    private sealed class Deferring : UntypedPersistentActor
    {
        public override string PersistenceId => "deferring";

        protected override void OnRecover(object message)
        {
        }

        protected override void OnCommand(object message)
        {
            PersistAsync(message, stored => Sender.Tell($"{stored} is stored"));
            DeferAsync(message, done => Sender.Tell($"{done} is done"));
        }
    }

    private sealed class Moody : ReceivePersistentActor
    {
        public Moody(IActorRef log)
        {
            Command<string>(text => text == "become", _ => Become(() =>
            {
                Command<string>(text => text == "declare", _ => log.Tell(Assert.Throws<InvalidOperationException>(() => Command<long>(_ => { })).Message[..7]));
                Command<string>(text => log.Tell($"now {text}"));
            }));
            Command(1.GetType(), number =>
            {
                if ((int)number % 2 == 0)
                    return false;
                log.Tell($"odd {number}");
                return true;
            });
        }

        public override string PersistenceId => "moody";
    }

    private sealed class Lines : ILoggerFactory
    {
        private readonly Lock gate = new();
        private readonly List<string> lines = [];

        public int Count
        {
            get
            {
                lock (gate)
                    return lines.Count;
            }
        }

        public IReadOnlyList<string> All
        {
            get
            {
                lock (gate)
                    return [.. lines];
            }
        }

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public ILogger CreateLogger(string categoryName) => new Line(this);

        public void Dispose()
        {
        }

        private sealed class Line(Lines all) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

            public void Log<TState>(Microsoft.Extensions.Logging.LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                lock (all.gate)
                    all.lines.Add($"{logLevel} {formatter(state, exception)} {exception?.Message}".TrimEnd());
            }
        }
    }
}
