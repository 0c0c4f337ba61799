using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Lab.Simulating;

namespace Trigger.Tests.Kernel.Semantics;

public sealed class Ends_and_letters : SemanticsSpec
{
    [Fact]
    public void A_pill_waits_its_turn_and_a_stop_does_not() => Gives(
        "p:x1 ; p.PostStop ; DeadLetter(x2->a) ; |stop ; q.PostStop ; DeadLetter(y1->b) ; DeadLetter(y2->b)",
        (sim, trace) =>
        {
            Listen<DeadLetter>(sim, trace);
            var (pill, stop) = (Spawn(sim, () => new Ending(trace, "p"), "a"), Spawn(sim, () => new Ending(trace, "q"), "b"));
            Tell(sim, pill, "x1", PoisonPill.Instance, "x2");
            trace.Add("|stop");
            stop.Tell("y1");
            sim.System.Stop(stop);
            Tell(sim, stop, "y2");
        });

    [Fact]
    public void One_notice_comes_however_often_one_watches_and_at_once_from_the_dead() => Gives(
        "t.ctor ; t.PreStart ; t.PostStop ; Terminated(existence=True) ; Terminated(existence=False)",
        (sim, trace) =>
        {
            var target = Spawn(sim, () => new Living(trace, "t"));
            Tell(sim, Spawn(sim, () => new Watching(trace, target)), "watch again");
            sim.System.Stop(target);
            sim.Settle();
            Spawn(sim, () => new Watching(trace, target));
        });

    [Fact]
    public void A_notice_that_nobody_handles_ends_the_watcher() => Gives(
        "t.ctor ; t.PreStart ; t.PostStop ; w.PostStop",
        (sim, trace) =>
        {
            var target = Spawn(sim, () => new Living(trace, "t"));
            Spawn(sim, () => new Deaf(trace, target));
            sim.System.Stop(target);
            sim.Settle();
        });

    [Fact]
    public void Unwatching_takes_back_a_notice_already_queued() => Gives(
        "t.ctor ; t.PreStart ; t.PostStop ; noted",
        (sim, trace) =>
        {
            var gate = new TaskCompletionSource();
            var target = Spawn(sim, () => new Living(trace, "t"));
            var watcher = Spawn(sim, () => new Watching(trace, target, gate: gate));
            Tell(sim, watcher, "unwatch when the gate opens");
            sim.System.Stop(target);
            sim.Settle();
            gate.SetResult();
            Tell(sim, watcher, "noted");
        });

    [Fact]
    public void Watching_with_a_message_brings_that_message() => Gives(
        "t.ctor ; t.PreStart ; t.PostStop ; custom",
        (sim, trace) =>
        {
            var target = Spawn(sim, () => new Living(trace, "t"));
            Spawn(sim, () => new Watching(trace, target, "custom"));
            sim.System.Stop(target);
            sim.Settle();
        });

    [Fact]
    public void Dead_letters_name_message_and_recipient() => Gives(
        "DeadLetter(lost->sink) ; DeadLetter(selected->nope) ; DeadLetter(direct->deadLetters)",
        (sim, trace) =>
        {
            Listen<AllDeadLetters>(sim, trace);
            var sink = Spawn(sim, () => new Letters(trace), "sink");
            sim.Await(sink.GracefulStop(Second));
            Tell(sim, sink, "lost");
            sim.System.ActorSelection("/user/nope").Tell("selected");
            sim.Settle();
            Tell(sim, sim.System.DeadLetters, "direct");
        });

    [Fact]
    public void What_nobody_handles_is_published() => Gives(
        "Unhandled(text)",
        (sim, trace) =>
        {
            Listen<UnhandledMessage>(sim, trace);
            Tell(sim, Spawn(sim, () => new Numeric()), "text");
        });

    [Fact]
    public void A_subscription_to_a_base_type_brings_what_derives_from_it_once() => Gives(
        "sub=True,True ; ex:i ; ex:e ; ex:i2",
        (sim, trace) =>
        {
            var ear = Spawn(sim, () => new Letters(trace));
            var stream = sim.System.EventStream;
            trace.Add($"sub={stream.Subscribe<Exception>(ear)},{stream.Subscribe<InvalidOperationException>(ear)}");
            stream.Publish(new InvalidOperationException("i"));
            stream.Publish(new FormatException("e"));
            sim.Settle();
            stream.Unsubscribe<Exception>(ear);
            stream.Publish(new InvalidOperationException("i2"));
            stream.Publish(new FormatException("e2"));
            sim.Settle();
        });

    [Fact]
    public void Identify_is_answered_for_whoever_is_there_and_for_nobody() => Gives(
        "7:True ; 8:True",
        (sim, trace) =>
        {
            var me = Spawn(sim, () => new Letters(trace), "me");
            var found = sim.Await(sim.System.ActorSelection("/user/me").Ask<ActorIdentity>(new Identify(7), Second));
            trace.Add($"{found.MessageId}:{me.Equals(found.Subject)}");
            var none = sim.Await(sim.System.ActorSelection("/user/none").Ask<ActorIdentity>(new Identify(8), Second));
            trace.Add($"{none.MessageId}:{none.Subject is null}");
        });

    [Fact]
    public void Names_are_given_and_refused_by_rule() => Gives(
        "$a ; $b ; refused dup ; refused  ; refused a b ; refused a/b ; refused $x ; refused é",
        (sim, trace) =>
        {
            var props = Props.Create(() => new Numeric());
            trace.Add(sim.System.ActorOf(props).Path.Name);
            trace.Add(sim.System.ActorOf(props).Path.Name);
            sim.System.ActorOf(props, "dup");
            foreach (var name in new[] { "dup", "", "a b", "a/b", "$x", "é" })
            {
                Assert.Throws<InvalidActorNameException>(() => sim.System.ActorOf(props, name));
                trace.Add($"refused {name}");
            }
        });

    [Fact]
    public void A_name_is_free_after_a_graceful_stop_for_another_incarnation() => Gives(
        // Genuine Akka.NET may still refuse the name here; this kernel promises more.
        "equal=False pathEqual=True",
        (sim, trace) =>
        {
            var before = Spawn(sim, () => new Numeric(), "re");
            sim.Await(before.GracefulStop(Second));
            var after = Spawn(sim, () => new Numeric(), "re");
            trace.Add($"equal={before.Equals(after)} pathEqual={before.Path.Equals(after.Path)}");
        });

    private static void Listen<T>(Simulation sim, Trace trace) => sim.System.EventStream.Subscribe<T>(Spawn(sim, () => new Letters(trace)));

    private sealed class Ending(Trace trace, string name) : UntypedActor
    {
        protected override void PostStop() => trace.Add($"{name}.PostStop");

        protected override void OnReceive(object message) => trace.Add($"{name}:{message}");
    }

    private sealed class Deaf : ReceiveActor
    {
        private readonly Trace trace;

        public Deaf(Trace trace, IActorRef target)
        {
            this.trace = trace;
            Context.Watch(target);
            Receive<int>(_ => { });
        }

        protected override void PreRestart(Exception reason, object? message) => trace.Add("w.PreRestart");

        protected override void PostStop() => trace.Add("w.PostStop");
    }

    private sealed class Numeric : ReceiveActor
    {
        public Numeric() => Receive<int>(_ => { });
    }
}
