using Trigger.Kernel.Actor;
using Trigger.Kernel.Persistence;
using Trigger.Lab.Simulating;

namespace Trigger.Tests.Kernel.Semantics;

public sealed class Persisting : SemanticsSpec
{
    // So that the command or the pill is always there before the journal's answer.
    private static readonly JournalFaults Slow = new() { Slow = 1 };

    [Fact]
    public void No_command_comes_between_an_event_and_its_handler() =>
        Leaves("recovered@0 ; cmd ; endcmd ; h:e1@1 ; h:e2@2 ; q:e1,e2", "two", "q");

    [Fact]
    public void Commands_may_come_before_handlers_of_what_is_persisted_on_the_side() => Gives(
        "recovered@0 ; endcmd ; q: ; h:a1 ; h:a2",
        (sim, trace) =>
        {
            var actor = Spawn(sim, () => new Book(trace));
            sim.JournalFaults = Slow;
            Tell(sim, actor, "on the side", "q");
            sim.Run(TimeSpan.FromMinutes(1));
        });

    [Fact]
    public void Nested_handlers_run_after_the_outer_ones() =>
        Leaves("recovered@0 ; h:o1 ; endO1 ; h:o2 ; h:i1 ; h:i2 ; q:", "nested", "q");

    [Fact]
    public void All_kinds_of_persisting_keep_their_common_order() =>
        Leaves("recovered@0 ; h:p1 ; h:a1 ; h:d1 ; h:p2 ; q:", "mixed", "q");

    [Fact]
    public void A_restarted_actor_recovers_what_it_wrote() => Leaves(
        "recovered@0 ; cmd ; endcmd ; h:e1@1 ; h:e2@2 ; PreRestart(fail) ; PostStop ; rec:e1 ; rec:e2 ; recovered@2 ; q:e1,e2",
        "two",
        "fail",
        "q");

    [Fact]
    public void A_snapshot_is_offered_before_the_events_after_it() => Gives(
        "recovered@0 ; cmd ; endcmd ; h:e1@1 ; h:e2@2 ; saved@2 ; cmd ; endcmd ; h:e1@3 ; h:e2@4 ; PostStop ; |re ; offer@2 ; rec:e1 ; rec:e2 ; recovered@4 ; q:e1,e2,e1,e2",
        (sim, trace) =>
        {
            var actor = Spawn(sim, () => new Book(trace));
            Tell(sim, actor, "two", "snapshot");
            Tell(sim, actor, "two");
            sim.Await(actor.GracefulStop(Second));
            trace.Add("|re");
            Tell(sim, Spawn(sim, () => new Book(trace)), "q");
        });

    [Fact]
    public void A_handler_that_throws_does_not_take_its_event_back() => Leaves(
        "recovered@0 ; h:hb ; PreRestart(rep:hb) ; PostStop ; rec:hb ; recovered@1 ; q:hb",
        "handler fails",
        "q");

    [Fact]
    public void A_recovery_that_throws_stops_the_actor() => Gives(
        "recovered@0 ; h:bad ; PostStop ; Terminated(existence=True) ; |re ; rec:bad ; OnRecoveryFailure(bad) ; PostStop ; Terminated(existence=True)",
        (sim, trace) =>
        {
            var first = Spawn(sim, () => new Book(trace));
            Spawn(sim, () => new Watching(trace, first));
            Tell(sim, first, "bad");
            sim.Await(first.GracefulStop(Second));
            sim.Settle();
            trace.Add("|re");
            Spawn(sim, () => new Watching(trace, sim.System.ActorOf(Props.Create(() => new Book(trace)))));
        });

    [Fact]
    public void A_poison_pill_does_not_wait_for_pending_handlers_and_later_commands_are_lost() => Gives(
        "recovered@0 ; cmd ; endcmd ; PostStop ; |re ; rec:e1 ; rec:e2 ; recovered@2 ; q:e1,e2",
        (sim, trace) =>
        {
            var actor = Spawn(sim, () => new Book(trace));
            sim.JournalFaults = Slow;
            Tell(sim, actor, "two", "two", PoisonPill.Instance);
            sim.Run(TimeSpan.FromMinutes(1));
            trace.Add("|re");
            Tell(sim, Spawn(sim, () => new Book(trace)), "q");
            sim.Run(TimeSpan.FromMinutes(1));
        });

    private static void Leaves(string expected, params object[] messages) =>
        Gives(expected, (Simulation sim, Trace trace) => Tell(sim, Spawn(sim, () => new Book(trace)), messages));

    private sealed class Book : ReceivePersistentActor
    {
        private readonly Trace trace;
        private readonly List<string> entries = [];

        public Book(Trace trace)
        {
            this.trace = trace;
            Recover<string>(Recall);
            Recover<SnapshotOffer>(offer =>
            {
                trace.Add($"offer@{offer.Metadata.SequenceNr}");
                entries.AddRange((string[])offer.Snapshot);
            });
            Recover<RecoveryCompleted>(_ => trace.Add($"recovered@{LastSequenceNr}"));
            Command<string>(Act);
            Command<SaveSnapshotSuccess>(saved => trace.Add($"saved@{saved.Metadata.SequenceNr}"));
        }

        public override string PersistenceId => "book";

        protected override void OnRecoveryFailure(Exception reason, object? message = null)
        {
            trace.Add($"OnRecoveryFailure({message})");
            base.OnRecoveryFailure(reason, message);
        }

        protected override void PreRestart(Exception reason, object? message)
        {
            trace.Add($"PreRestart({(message is IPersistentRepresentation stored ? "rep:" + stored.Payload : message)})");
            base.PreRestart(reason, message!);
        }

        protected override void PostStop()
        {
            trace.Add("PostStop");
            base.PostStop();
        }

        private void Recall(string @event)
        {
            trace.Add($"rec:{@event}");
            if (@event == "bad")
                throw new InvalidOperationException("as told");
            entries.Add(@event);
        }

        private void Note(string @event) => trace.Add($"h:{@event}");

        private void Keep(string @event)
        {
            trace.Add($"h:{@event}@{LastSequenceNr}");
            entries.Add(@event);
        }

        private void Act(string command)
        {
            switch (command)
            {
                case "two":
                    trace.Add("cmd");
                    Persist("e1", Keep);
                    Persist("e2", Keep);
                    trace.Add("endcmd");
                    break;
                case "on the side":
                    PersistAsync("a1", Note);
                    PersistAsync("a2", Note);
                    trace.Add("endcmd");
                    break;
                case "nested":
                    Persist("o1", @event =>
                    {
                        Note(@event);
                        Persist("i1", Note);
                        trace.Add("endO1");
                    });
                    Persist("o2", @event =>
                    {
                        Note(@event);
                        Persist("i2", Note);
                    });
                    break;
                case "mixed":
                    Persist("p1", Note);
                    PersistAsync("a1", Note);
                    DeferAsync("d1", Note);
                    Persist("p2", Note);
                    break;
                case "fail":
                    throw new InvalidOperationException("as told");
                case "handler fails":
                    Persist("hb", @event =>
                    {
                        Note(@event);
                        throw new InvalidOperationException("as told");
                    });
                    break;
                case "snapshot":
                    SaveSnapshot(entries.ToArray());
                    break;
                case "bad":
                    Persist("bad", Note);
                    break;
                case "q":
                    trace.Add($"q:{string.Join(",", entries)}");
                    break;
            }
        }
    }
}
