using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Event;
using Trigger.Kernel.Pattern;
using Trigger.Kernel.Persistence;
using Trigger.Kernel.Routing;

namespace Trigger.Tests.Kernel;

/// <summary>What holds when nobody said anything, what holds at zero, and turns that actors take rarely.</summary>
public sealed class Defaults_and_limits_of_the_kernel : KernelSpec
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    [Fact]
    public async Task an_inbox_waits_for_five_seconds_and_not_a_tick_longer()
    {
        using var inbox = Inbox.Create(System);
        var patient = inbox.ReceiveAsync();
        Clock.Advance((5 * Second) - Tick);
        inbox.Receiver.Tell("in time");
        Assert.Equal("in time", await patient.WaitAsync(Patience, TestContext.Current.CancellationToken));

        var late = inbox.ReceiveAsync();
        Clock.Advance(5 * Second);
        inbox.Receiver.Tell("too late");
        Assert.IsType<TimeoutException>(Assert.IsType<Status.Failure>(await late.WaitAsync(Patience, TestContext.Current.CancellationToken)).Cause);
    }

    [Fact]
    public async Task an_inbox_holds_a_thousand_messages()
    {
        System.EventStream.Subscribe<DeadLetter>(Probe.Ref);
        using var inbox = Inbox.Create(System);
        for (var number = 1; number <= 1001; number++)
            inbox.Receiver.Tell(number);
        await Processed(inbox.Receiver);

        Assert.Equal(Enumerable.Range(1, 1000), Enumerable.Range(1, 1000).Select(_ => (int)inbox.Receive(Patience)));
        inbox.Receiver.Tell("next");
        Assert.Equal("next", await inbox.ReceiveAsync().WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(1001, (await Probe.Expect<DeadLetter>()).Message);
    }

    [Fact]
    public async Task ten_dead_letters_are_logged_and_then_none_for_five_minutes()
    {
        System.EventStream.Subscribe<Info>(Probe.Ref);
        for (var number = 1; number <= 11; number++)
            System.DeadLetters.Tell(number);
        for (var number = 1; number <= 10; number++)
            await Probe.Expect<Info>();

        Clock.Advance((5 * 60 * Second) - Tick);
        System.DeadLetters.Tell("still too early");
        await Probe.ExpectNothingBefore("marker");
        Clock.Advance(Tick);
        System.DeadLetters.Tell("late enough");
        Assert.Contains("[13] dead letters", $"{(await Probe.Expect<Info>()).Message}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("akka.log-dead-letters-during-shutdown = off", false)]
    public async Task dead_letters_are_logged_while_the_system_ends_unless_that_is_switched_off(string configuration, bool logged)
    {
        var system = ActorSystem.Create("ending", configuration);
        var inbox = Inbox.Create(system);
        system.EventStream.Subscribe<Info>(inbox.Receiver);
        object? heard = null;
        system.ActorOf(Props.Create(() => new Leaving(() =>
        {
            // Read here, as the inbox is an actor of the system too and will not outlive it.
            system.DeadLetters.Tell("farewell");
            inbox.Receiver.Tell("marker");
            heard = inbox.ReceiveWhere(message => message is "marker" || $"{(message as Info)?.Message}".Contains("was not delivered", StringComparison.Ordinal), Patience);
        })));
        await system.Terminate().WaitAsync(2 * Patience, TestContext.Current.CancellationToken);

        Assert.Equal(logged, heard is Info);
        Assert.NotNull(heard);
    }

    [Fact]
    public async Task fifty_actors_recover_at_a_time()
    {
        var permitter = Persistence.Instance.Apply(System).RecoveryPermitter;
        var actors = Enumerable.Range(1, 51).Select(number => Spawn((_, _) => Probe.Ref.Tell(number))).ToList();
        foreach (var actor in actors)
            permitter.Tell(RequestRecoveryPermit.Instance, actor);
        await Processed(permitter);
        await Processed(actors[^1]);

        var recovering = new List<int>();
        for (var i = 0; i < 50; i++)
            recovering.Add(await Probe.Expect<int>());
        Assert.Equal(Enumerable.Range(1, 50), recovering.Order());
        await Probe.ExpectNothingBefore("marker");
        permitter.Tell(ReturnRecoveryPermit.Instance, actors[0]);
        await Probe.Expect(51);
    }

    [Fact]
    public async Task a_phase_of_one_s_own_lets_the_shutdown_go_on_when_a_task_fails()
    {
        var system = ActorSystem.Create("own", "akka.coordinated-shutdown.phases { flush.depends-on = [service-stop], cluster-leave.depends-on = [flush] }");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask("flush", "fails", () => throw new InvalidOperationException("told to"));
        await shutdown.Run(CoordinatedShutdown.UnknownReason.Instance).WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public void no_configuration_is_as_good_as_an_empty_one()
    {
        var some = ConfigurationFactory.ParseString("a = 1");
        Assert.True(((Config?)null).IsNullOrEmpty());
        Assert.True(Config.Empty.IsNullOrEmpty());
        Assert.False(some.IsNullOrEmpty());
        Assert.Equal(1, ((Config?)null).SafeWithFallback(some).GetInt("a"));
        Assert.True(Config.Empty.SafeWithFallback(null).IsEmpty);
    }

    [Fact]
    public async Task a_stash_for_nothing_is_full_from_the_start()
    {
        var actor = System.ActorOf(Script((self, _) => Probe.Ref.Tell((Record.Exception(self.Stash.Stash)?.GetType(), self.Stash.IsFull))).WithStashCapacity(0));
        actor.Tell("x");

        await Probe.Expect((typeof(StashOverflowException), true));
    }

    [Fact]
    public async Task a_state_that_may_last_no_time_is_over_at_once()
    {
        var machine = System.ActorOf(Props.Create(() => new Hasty(Probe.Ref)));
        await Processed(machine);
        Clock.Advance(TimeSpan.Zero);

        await Probe.Expect("time is up");
    }

    [Fact]
    public async Task a_state_machine_says_to_a_subscriber_which_one_it_is()
    {
        var machine = System.ActorOf(Props.Create(() => new Hasty(Probe.Ref)));
        machine.Tell(new FSMBase.SubscribeTransitionCallBack(Probe.Ref));

        Assert.Equal(machine, (await Probe.Expect<FSMBase.CurrentState<string>>()).FsmRef);
        await Processed(machine);
        Clock.Advance(TimeSpan.Zero);
        await Probe.Expect("time is up");
        Assert.Equal(machine, (await Probe.Expect<FSMBase.Transition<string>>()).FsmRef);
    }

    [Fact]
    public async Task what_an_untyped_actor_became_handles_whatever_it_is_told()
    {
        System.EventStream.Subscribe<UnhandledMessage>(Probe.Ref);
        var actor = Spawn((self, _) => self.Place.Become(new UntypedReceive(message => Probe.Ref.Tell(message))));
        actor.Tell("become");
        actor.Tell("hello");

        await Probe.Expect("hello");
        await Processed(actor);
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task what_is_declared_behind_a_become_belongs_to_the_beginning()
    {
        System.EventStream.Subscribe<UnhandledMessage>(Probe.Ref);
        var actor = System.ActorOf(Props.Create(() => new Begun(Probe.Ref)));
        actor.Tell(1);
        actor.Tell("back to the beginning");
        actor.Tell(2);

        Assert.Equal(1, (await Probe.Expect<UnhandledMessage>()).Message);
        await Probe.Expect(2);
    }

    [Fact]
    public async Task a_child_that_was_born_into_the_failure_of_its_parent_lives_on_with_it()
    {
        using var born = new ManualResetEventSlim();
        var judged = new TaskCompletionSource();
        var (late, parent) = (ActorRefs.Nobody, ActorRefs.Nobody);
        Spawn(
            (_, _) => { },
            onStart: top => parent = top.Place.ActorOf(Script(
                (self, _) =>
                {
                    self.Place.ActorOf(Script((_, _) => Fail("told to"))).Tell("fail");
                    self.Run(async () =>
                    {
                        await judged.Task;
                        late = self.Place.ActorOf(Script((_, message) => Probe.Ref.Tell(message)));
                        born.Set();
                    });
                },
                Probe,
                strategy: new OneForOneStrategy(_ => Directive.Escalate)), "parent"),
            strategy: new OneForOneStrategy(_ =>
            {
                // The parent has failed by now and waits for this judgement, but what it awaited goes on.
                judged.SetResult();
                return born.Wait(Patience) ? Directive.Resume : Directive.Stop;
            }));
        await Probe.Expect("parent.PreStart");
        parent.Tell("begin");
        await Processed(parent);
        late.Tell("hello");

        await Probe.Expect("hello");
    }

    [Fact]
    public async Task a_breaker_with_a_random_factor_stays_open_longer_and_never_shorter()
    {
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 10; i++)
        {
            var breaker = CircuitBreaker.Create(System.Scheduler, maxFailures: 1, callTimeout: Second, resetTimeout: 10 * Second).WithRandomFactor(1);
            breaker.Fail();
            waits.Add((await Assert.ThrowsAsync<OpenCircuitException>(() => breaker.WithCircuitBreaker(() => Task.CompletedTask))).RemainingDuration);
        }

        Assert.All(waits, wait => Assert.InRange(wait, 10 * Second, 20 * Second));
        Assert.True(waits.Distinct().Count() > 1);
    }

    [Fact]
    public async Task whoever_has_asked_everybody_asks_nobody_more()
    {
        System.EventStream.Subscribe<Error>(Probe.Ref);
        var deaf = Spawn((_, message) => Probe.Ref.Tell(message));
        new TailChopping(System.Scheduler, within: 10 * Second, interval: Second).Select("x", [Routee.FromActorRef(deaf)]).Send("x", ActorRefs.NoSender);
        await Probe.Expect("x");
        Clock.Advance(5 * Second);
        await Processed(deaf);

        await Probe.ExpectNothingBefore("marker");
    }

    private sealed class Leaving(Action onLeave) : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);

        protected override void PostStop() => onLeave();
    }

    private sealed class Hasty : FSM<string, int>
    {
        public Hasty(IActorRef log)
        {
            StartWith("in haste", 0);
            When(
                "in haste",
                happened =>
                {
                    if (happened.FsmEvent is not StateTimeout)
                        return null;

                    log.Tell("time is up");
                    return GoTo("at rest");
                },
                TimeSpan.Zero);
            When("at rest", _ => null);
            Initialize();
        }
    }

    private sealed class Begun : ReceiveActor
    {
        public Begun(IActorRef log)
        {
            BecomeStacked(() => Receive<string>(_ => UnbecomeStacked()));
            Receive<int>(number => log.Tell(number));
        }
    }
}
