using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Inbox = Trigger.Kernel.Actor.Inbox;

namespace Trigger.Tests.Kernel;

/// <summary>The last case of each rule: the one that is forgotten when the rule is changed.</summary>
public sealed class Edges_of_actors : KernelSpec
{
    [Fact]
    public async Task a_stash_gives_back_one_at_a_time_and_knows_how_full_it_is()
    {
        var actor = System.ActorOf(Props.Create(() => new Hoarder(Probe.Ref)).WithStashCapacity(2));
        actor.Tell("look");
        await Probe.Expect("0 of 2 True False False");
        actor.Tell("a");
        actor.Tell("look");
        await Probe.Expect("1 of 2 False True False");
        actor.Tell("b");
        actor.Tell("look");
        await Probe.Expect("2 of 2 False True True");
        actor.Tell("c");
        await Probe.Expect("overflow");
        actor.Tell("one");
        await Probe.Expect("again a");
        actor.Tell("look");
        await Probe.Expect("1 of 2 False True False");
        actor.Tell("one");
        await Probe.Expect("again b");
        actor.Tell("one");
        actor.Tell("look");
        await Probe.Expect("0 of 2 True False False");
        actor.Tell("d");
        actor.Tell("all");
        actor.Tell("look");
        await Probe.Expect("0 of 2 True False False");
    }

    [Fact]
    public async Task an_inbox_watches_with_a_word_and_lets_go_of_its_actor()
    {
        var inbox = Inbox.Create(System);
        var (first, second) = (Spawn((_, _) => { }), Spawn((_, _) => { }));
        inbox.WatchWith(first, "gone");
        inbox.Watch(second);
        inbox.Unwatch(second);
        await Processed(inbox.Receiver);
        await second.GracefulStop(Patience);
        System.Stop(first);
        Assert.Equal("gone", await inbox.ReceiveAsync(Patience));

        Probe.Watch(inbox.Receiver);
        await Processed(Probe.Ref);
        inbox.Dispose();
        inbox.Dispose();
        Assert.Equal(inbox.Receiver, (await Probe.Expect<Terminated>()).ActorRef);
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task a_selection_finds_by_sign_by_star_and_from_where_it_stands()
    {
        var top = Spawn(
            (actor, message) =>
            {
                if (message is (string path, string word))
                    actor.Place.ActorSelection(path).Tell(word);
                else
                    actor.Place.ActorOf(Script((child, word) => Probe.Ref.Tell($"{child.Me.Path.Name} {word} from {child.From.Path.Name}")), (string)message);
            },
            "top");
        foreach (var name in new[] { "ab", "ac", "abc" })
            top.Tell(name);

        foreach (var (path, reached) in new[] { ("a?", "ab ac"), ("a*c", "abc ac"), ("../top/ab", "ab"), ("/user/top/abc", "abc"), ("/user/*/ab", "ab"), ("a.", ""), ("ab?", "abc") })
        {
            top.Tell((path, "x"));
            var expected = reached.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => $"{name} x from top");
            var heard = new List<string>();
            for (var i = 0; i < expected.Count(); i++)
                heard.Add(await Probe.Expect<string>());
            Assert.Equal(expected.Order(StringComparer.Ordinal), heard.Order(StringComparer.Ordinal));
        }

        await Processed(top);
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task a_reference_as_text_finds_its_incarnation_and_no_later_one()
    {
        var first = Spawn((_, _) => { }, "same");
        var text = first.ToSurrogate(System);
        Assert.Equal(first, text.FromSurrogate(System));
        await first.GracefulStop(Patience);
        var second = Spawn((_, _) => { }, "same");

        Assert.NotEqual(second, text.FromSurrogate(System));
        Assert.Equal(second, new ActorRefBase.Surrogate("akka://test/user/same").FromSurrogate(System));
        System.EventStream.Subscribe<DeadLetter>(Probe.Ref);
        ((IActorRef)text.FromSurrogate(System)).Tell("late");
        Assert.Equal("late", (await Probe.Expect<DeadLetter>()).Message);
    }

    [Fact]
    public async Task a_machine_forgets_a_listener_that_ended_and_is_told_of_others()
    {
        var (listener, friend) = (Spawn((_, _) => { }), Spawn((_, _) => { }));
        var machine = System.ActorOf(Props.Create(() => new Turnstile(Probe.Ref, friend)));
        machine.Tell(new FSMBase.SubscribeTransitionCallBack(listener));
        await Processed(machine);
        await listener.GracefulStop(Patience);
        await friend.GracefulStop(Patience);

        // The listener was watched by the machine itself, the friend by its author.
        await Probe.Expect($"ended {friend.Path.Name}");
        System.EventStream.Subscribe<DeadLetter>(Probe.Ref);
        machine.Tell("coin");
        await Probe.Expect("locked > open with 1");
        machine.Tell("patience");
        await Probe.Expect("no data between transitions");
        machine.Tell("coin");
        machine.Tell("leave");
        await Probe.Expect("stopped in open with 1");
    }

    [Fact]
    public async Task a_machine_s_patience_can_be_changed_and_taken_away()
    {
        var machine = System.ActorOf(Props.Create(() => new Turnstile(Probe.Ref, Probe.Ref)));
        machine.Tell("coin");
        await Probe.Expect("locked > open with 1");
        Clock.Advance(5 * Second);
        await Probe.Expect("open > locked with 1");
        machine.Tell("hurry");
        machine.Tell("coin");
        await Probe.Expect("locked > open with 2");
        await Processed(machine);
        Clock.Advance(Second - TimeSpan.FromTicks(1));
        await Processed(machine);
        await Probe.ExpectNothingBefore("marker");
        Clock.Advance(TimeSpan.FromTicks(1));
        await Probe.Expect("open > locked with 2");
        machine.Tell("wait for ever");
        machine.Tell("coin");
        await Probe.Expect("locked > open with 3");
        Clock.Advance(1000 * Second);
        await Processed(machine);
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task an_asker_of_a_status_is_given_a_failure_and_anybody_else_is_failed_by_it()
    {
        var refusing = Spawn((actor, _) => actor.From.Tell(new Status.Failure(new InvalidOperationException("no"))));

        Assert.Equal("no", (await refusing.Ask<Status.Failure>("x", TestContext.Current.CancellationToken)).Cause.Message);
        Assert.Equal("no", Assert.IsType<Status.Failure>(await refusing.Ask<Status>("x", TestContext.Current.CancellationToken)).Cause.Message);
        Assert.Equal("no", (await Assert.ThrowsAsync<InvalidOperationException>(() => refusing.Ask<object>("x", TestContext.Current.CancellationToken))).Message);
    }

    [Fact]
    public async Task a_receiver_by_type_may_refuse_and_may_become_what_declares_again()
    {
        System.EventStream.Subscribe<UnhandledMessage>(Probe.Ref);
        var actor = System.ActorOf(Props.Create(() => new Fickle(Probe.Ref)));
        foreach (var message in new object[] { 3, 4, "x", "become", 3, "x", "back", 3, "declare" })
            actor.Tell(message);

        await Probe.Expect("odd 3");
        Assert.Equal(4, (await Probe.Expect<UnhandledMessage>()).Message);
        Assert.Equal("x", (await Probe.Expect<UnhandledMessage>()).Message);
        Assert.Equal(3, (await Probe.Expect<UnhandledMessage>()).Message);
        await Probe.Expect("now x", "odd 3", "Receive");
    }

    [Fact]
    public async Task what_is_not_handled_is_said_when_the_configuration_asks_for_it()
    {
        var system = ActorSystem.Create("talkative", "akka { loglevel = DEBUG, actor.debug.unhandled = on }");
        var probe = new Probe(system);
        system.EventStream.Subscribe<Debug>(probe.Ref);
        system.ActorOf(Props.Empty, "deaf").Tell("hello", ActorRefs.NoSender);

        Assert.Contains("Unhandled message from akka://talkative/deadLetters : hello", (await probe.Expect<Debug>()).ToString().Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal), StringComparison.Ordinal);
        await system.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task a_letter_that_nobody_should_miss_is_published_apart_from_others()
    {
        System.EventStream.Subscribe<AllDeadLetters>(Probe.Ref);
        var gone = Spawn((_, _) => { }, "gone");
        await gone.GracefulStop(Patience);
        gone.Tell(new Unimportant(), Probe.Ref);
        gone.Tell("important", Probe.Ref);

        var suppressed = await Probe.Expect<SuppressedDeadLetter>();
        Assert.Equal((Probe.Ref, gone), (suppressed.Sender, suppressed.Recipient));
        Assert.IsType<Unimportant>(suppressed.Message);
        Assert.Equal("important", (await Probe.Expect<DeadLetter>()).Message);
    }

    [Fact]
    public async Task a_subscriber_hears_of_the_kinds_of_events_that_were_published_before_it_came()
    {
        System.EventStream.Publish("before");
        System.EventStream.Subscribe<string>(Probe.Ref);
        System.EventStream.Publish("after");
        await Probe.Expect("after");
        System.EventStream.Unsubscribe<string>(Probe.Ref);
        System.EventStream.Publish("never");
        await Probe.ExpectNothingBefore("marker");
        Assert.ThrowsAny<ArgumentException>(() => System.EventStream.Subscribe(Probe.Ref, null!));
        Assert.ThrowsAny<ArgumentException>(() => System.EventStream.Publish(null!));
    }

    [Theory]
    [InlineData(LogLevel.DebugLevel, true, true, true, true)]
    [InlineData(LogLevel.InfoLevel, false, true, true, true)]
    [InlineData(LogLevel.WarningLevel, false, false, true, true)]
    [InlineData(LogLevel.ErrorLevel, false, false, false, true)]
    public void a_log_says_what_its_level_lets_through(LogLevel level, bool debug, bool info, bool warning, bool error)
    {
        System.EventStream.SetLogLevel(level);
        Assert.Equal((debug, info, warning, error), (System.Log.IsDebugEnabled, System.Log.IsInfoEnabled, System.Log.IsWarningEnabled, System.Log.IsErrorEnabled));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("_a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    public void a_system_has_a_name_that_a_path_can_hold(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));

    [Fact]
    public void props_and_settings_keep_what_they_were_given()
    {
        Assert.Equal(typeof(Fickle), Props.Create<Fickle>(Probe.Ref).Type);
        Assert.Equal([Probe.Ref], Props.Create<Fickle>(Probe.Ref).Arguments);
        Assert.Throws<ArgumentException>(() => Props.Create(typeof(string)));
        Assert.Same(System, System.Settings.System);
        Assert.Same(System.Setup, System.Settings.Setup);
        Assert.Null(RelativeActorPath.Unapply(null!));
        Assert.Null(RelativeActorPath.Unapply("akka://s/user"));
        Assert.Equal(["a", "b"], RelativeActorPath.Unapply("a/b#3"));
        Assert.Equal((-1, -1, 0, 0), (CoordinatedShutdown.ClusterDowningReason.Instance.ExitCode, CoordinatedShutdown.ClusterJoinUnsuccessfulReason.Instance.ExitCode, CoordinatedShutdown.ClrExitReason.Instance.ExitCode, CoordinatedShutdown.ClusterLeavingReason.Instance.ExitCode));
        Assert.Equal((0, 0), (CoordinatedShutdown.UnknownReason.Instance.ExitCode, CoordinatedShutdown.ActorSystemTerminateReason.Instance.ExitCode));
        Assert.ThrowsAny<ArgumentException>(() => CoordinatedShutdown.Get(System).AddTask("service-stop", "", () => Task.FromResult(Trigger.Kernel.Done.Instance)));
        Assert.ThrowsAny<ArgumentException>(() => CoordinatedShutdown.Get(System).AddTask("service-stop", "x", null!));
        Assert.ThrowsAny<ArgumentException>(() => System.ActorOf(null!));
    }

    private sealed class Unimportant : IDeadLetterSuppression;

    private sealed class Hoarder(IActorRef log) : UntypedActor, IWithBoundedStash
    {
        private bool returning;

        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "look":
                    log.Tell($"{Stash.Count} of {Stash.Capacity} {Stash.IsEmpty} {Stash.NonEmpty} {Stash.IsFull}");
                    break;
                case "all":
                    Stash.UnstashAll(_ => false);
                    break;
                case "one":
                    returning = Stash.NonEmpty;
                    Stash.Unstash();
                    break;
                case var _ when returning:
                    returning = false;
                    log.Tell($"again {message}");
                    break;
                default:
                    try
                    {
                        Stash.Stash();
                    }
                    catch (StashOverflowException)
                    {
                        log.Tell("overflow");
                    }

                    break;
            }
        }
    }

    private sealed class Turnstile : FSM<string, int>
    {
        public Turnstile(IActorRef log, IActorRef friend)
        {
            Context.Watch(friend);
            StartWith("locked", 0);
            When("locked", happened => happened.FsmEvent is "coin" ? GoTo("open").Using(happened.StateData + 1) : null);
            When("open", happened => happened.FsmEvent is StateTimeout ? GoTo("locked") : null, TimeSpan.FromSeconds(5));
            WhenUnhandled(happened =>
            {
                switch (happened.FsmEvent)
                {
                    case Terminated ended:
                        log.Tell($"ended {ended.ActorRef.Path.Name}");
                        break;
                    case "hurry":
                        SetStateTimeout("open", TimeSpan.FromSeconds(1));
                        break;
                    case "wait for ever":
                        SetStateTimeout("open", null);
                        break;
                    case "patience":
                        log.Tell(Assert.Throws<InvalidOperationException>(() => NextStateData) is null ? "" : "no data between transitions");
                        break;
                    case "leave":
                        return Stop();
                }

                return Stay();
            });
            OnTransition((from, to) =>
            {
                if (from != to)
                    log.Tell($"{from} > {to} with {NextStateData}");
            });
            OnTermination(end => log.Tell($"stopped in {end.TerminatedState} with {end.StateData}"));
            Initialize();
        }
    }

    private sealed class Fickle : ReceiveActor
    {
        public Fickle(IActorRef log)
        {
            Receive<string>(text => text == "become", _ => BecomeStacked(() =>
            {
                Receive<string>(text => text == "back", _ => UnbecomeStacked());
                Receive<string>(text => log.Tell($"now {text}"));
            }));
            Receive<string>(text => text == "declare", _ => log.Tell(Assert.Throws<InvalidOperationException>(() => Receive<long>(_ => { })).Message[..7]));
            Receive(1.GetType(), number => (int)number % 2 == 1 && Said(log, number));
        }

        private static bool Said(IActorRef log, object number)
        {
            log.Tell($"odd {number}");
            return true;
        }
    }
}
