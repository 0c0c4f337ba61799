using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Tests.Kernel.Semantics;

public sealed class Stashing_becoming_timing : SemanticsSpec
{
    [Fact]
    public void Stashed_messages_come_before_what_is_queued() => Gives(
        "open ; 1 ; 2 ; 3",
        (sim, trace) => Tell(sim, Spawn(sim, () => new Stashing(trace)), "1", "2", "open", "3"));

    [Fact]
    public void Stashing_twice_is_refused() => Gives(
        "IllegalActorStateException",
        (sim, trace) => Tell(sim, Spawn(sim, () => new Stashing(trace)), "twice"));

    [Fact]
    public void A_restart_unstashes_everything() => Gives(
        "1 ; 2 ; 4",
        (sim, trace) => Tell(sim, Spawn(sim, () => new Stashing(trace, opensAfterRestart: true)), "1", "2", "fail", "4"));

    [Fact]
    public void A_stop_sends_the_stash_to_the_dead_letters() => Gives(
        "DeadLetter(1->s) ; DeadLetter(2->s)",
        (sim, trace) =>
        {
            sim.System.EventStream.Subscribe<DeadLetter>(Spawn(sim, () => new Letters(trace)));
            var actor = Spawn(sim, () => new Stashing(trace), "s");
            Tell(sim, actor, "1", "2");
            sim.System.Stop(actor);
            sim.Settle();
        });

    [Fact]
    public void Behaviours_stack_and_the_last_one_stays() => Gives(
        "A:x ; B:y ; A:z ; base:w ; base:v ; B:u ; base:q",
        (sim, trace) => Tell(sim, Spawn(sim, () => new Becoming(trace)), "push A", "x", "push B", "y", "pop", "z", "pop", "w", "pop", "v", "replace", "u", "pop", "q"));

    [Fact]
    public void A_timer_replaces_the_one_of_its_key() => Gives(
        "second active=False",
        (sim, trace) =>
        {
            Tell(sim, Spawn(sim, () => new Timing(trace, sim.Clock.Advance)), "start two of one key");
            sim.Run(Ms(300));
        });

    [Fact]
    public void A_restart_cancels_timers() => Gives(
        "restarted active=False",
        (sim, trace) =>
        {
            Tell(sim, Spawn(sim, () => new Timing(trace, sim.Clock.Advance)), "start one", "fail");
            sim.Run(Ms(300));
        });

    [Fact]
    public void Cancelling_takes_back_a_tick_already_queued() => Gives(
        "cancelled",
        (sim, trace) =>
        {
            Tell(sim, Spawn(sim, () => new Timing(trace, sim.Clock.Advance)), "let it ring, then cancel");
            sim.Run(Ms(300));
        });

    [Fact]
    public void A_receive_timeout_begins_anew_with_every_message_but_some() => Gives(
        "String ; String ; String ; Passing ; TIMEOUT ; Passing ; Passing ; TIMEOUT ; TIMEOUT",
        (sim, trace) =>
        {
            var actor = Spawn(sim, () => new Waiting(trace));
            foreach (var message in new object[] { "m", "m", "m", new Passing(), new Passing(), new Passing() })
            {
                sim.Run(Ms(60), unhurried: 0);
                Tell(sim, actor, message);
            }

            sim.Run(Ms(200), unhurried: 0);
        });

    [Fact]
    public void A_receive_timeout_repeats() => Gives(
        "TIMEOUT ; TIMEOUT ; TIMEOUT",
        (sim, trace) =>
        {
            Spawn(sim, () => new Waiting(trace));
            sim.Run(Ms(390), unhurried: 0);
        });

    [Fact]
    public void A_repeated_sending_keeps_its_rate_until_it_is_cancelled() => Gives(
        "t ; t ; t",
        (sim, trace) =>
        {
            var ear = Spawn(sim, () => new Letters(trace));
            var cancel = sim.System.Scheduler.ScheduleTellRepeatedlyCancelable(Ms(20), Ms(100), ear, "t", ActorRefs.NoSender);
            sim.Run(Ms(270));
            cancel.Cancel();
            sim.Run(Ms(150));
        });

    private sealed class Passing : INotInfluenceReceiveTimeout;

    private sealed class Stashing(Trace trace, bool opensAfterRestart = false) : UntypedActor, IWithUnboundedStash
    {
        private bool open;

        public IStash Stash { get; set; } = null!;

        protected override void PostRestart(Exception reason)
        {
            open = opensAfterRestart;
            base.PostRestart(reason);
        }

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "fail" when !open:
                    throw new InvalidOperationException("as told");
                case "twice":
                    Stash.Stash();
                    trace.Add(Assert.Throws<IllegalActorStateException>(Stash.Stash).GetType().Name);
                    break;
                case "open":
                    open = true;
                    Stash.UnstashAll();
                    trace.Add("open");
                    break;
                case var other when open:
                    trace.Add((string)other);
                    break;
                default:
                    Stash.Stash();
                    break;
            }
        }
    }

    private sealed class Becoming(Trace trace) : UntypedActor
    {
        protected override void OnReceive(object message) => As("base", message);

        private void A(object message) => As("A", message);

        private void B(object message) => As("B", message);

        private void As(string name, object message)
        {
            switch (message)
            {
                case "push A":
                    BecomeStacked(A);
                    break;
                case "push B":
                    BecomeStacked(B);
                    break;
                case "replace":
                    Become(B);
                    break;
                case "pop":
                    UnbecomeStacked();
                    break;
                default:
                    trace.Add($"{name}:{message}");
                    break;
            }
        }
    }

    private sealed class Timing(Trace trace, Action<TimeSpan> advance) : UntypedActor, IWithTimers
    {
        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PostRestart(Exception reason) => trace.Add($"restarted active={Timers.IsTimerActive("k")}");

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "start two of one key":
                    Timers.StartSingleTimer("k", "first", Ms(50));
                    Timers.StartSingleTimer("k", "second", Ms(80));
                    break;
                case "start one":
                    Timers.StartSingleTimer("k", "rung", Ms(60));
                    break;
                case "fail":
                    throw new InvalidOperationException("as told");
                case "let it ring, then cancel":
                    Timers.StartSingleTimer("k", "stale", Ms(20));
                    advance(Ms(120));
                    Timers.Cancel("k");
                    trace.Add("cancelled");
                    break;
                default:
                    trace.Add($"{message} active={Timers.IsTimerActive("k")}");
                    break;
            }
        }
    }

    private sealed class Waiting : UntypedActor
    {
        private readonly Trace trace;

        public Waiting(Trace trace)
        {
            this.trace = trace;
            Context.SetReceiveTimeout(Ms(100));
        }

        protected override void OnReceive(object message) => trace.Add(message is ReceiveTimeout ? "TIMEOUT" : message.GetType().Name);
    }
}
