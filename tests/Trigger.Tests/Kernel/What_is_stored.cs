using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence;

namespace Trigger.Tests.Kernel;

/// <summary>Deletions, snapshots by their bounds, deliveries that outlive their actor.</summary>
public sealed class What_is_stored() : KernelSpec(SnapshotSetup.InMemory())
{
    [Fact]
    public async Task is_gone_when_it_was_deleted_and_its_numbers_are_not_used_again()
    {
        System.EventStream.Subscribe<UnhandledMessage>(Probe.Ref);
        var actor = Start();
        await Probe.Expect("recovered 0");
        foreach (var command in new[] { "a", "b", "c" })
            actor.Tell(command);
        actor.Tell(2L);
        await Probe.Expect("a@1", "b@2", "c@3", "deleted 2");
        await actor.GracefulStop(Patience);
        Start().Tell("d");
        await Probe.Expect("recover c@3", "recovered 3", "d@4");
    }

    [Fact]
    public async Task is_chosen_by_number_and_time_with_both_ends()
    {
        System.EventStream.Subscribe<UnhandledMessage>(Probe.Ref);
        var actor = Start();
        await Probe.Expect("recovered 0");
        var start = Clock.GetUtcNow().UtcDateTime;
        foreach (var command in new[] { "a", "b", "c" })
        {
            actor.Tell(command);
            actor.Tell("save");
            await Probe.Expect<string>();
            await Probe.Expect($"saved {command[0] - 'a' + 1}");
            Clock.Advance(Second);
        }

        async Task<string> Offered(SnapshotSelectionCriteria criteria)
        {
            actor.Tell(criteria);
            return await Probe.Expect<string>();
        }

        var max = DateTime.MaxValue;
        Assert.Equal("loaded 3", await Offered(SnapshotSelectionCriteria.Latest));
        Assert.Equal("loaded 2", await Offered(new SnapshotSelectionCriteria(2)));
        Assert.Equal("loaded 2", await Offered(new SnapshotSelectionCriteria(3, start + Second)));
        Assert.Equal("loaded 1", await Offered(new SnapshotSelectionCriteria(3, start + Second - TimeSpan.FromTicks(1))));
        Assert.Equal("loaded 3", await Offered(new SnapshotSelectionCriteria(9, max, 3, start + (2 * Second))));
        Assert.Equal("loaded none", await Offered(new SnapshotSelectionCriteria(9, max, 4)));
        Assert.Equal("loaded none", await Offered(new SnapshotSelectionCriteria(9, max, 1, start + (2 * Second) + TimeSpan.FromTicks(1))));
        Assert.Equal("loaded none", await Offered(SnapshotSelectionCriteria.None));
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task is_delivered_until_its_actor_ends_and_no_longer()
    {
        System.EventStream.Subscribe<SuppressedDeadLetter>(Probe.Ref);
        var before = System.TimerQueue.Count;
        foreach (var props in new[] { Props.Create(() => new Sender(Probe.Ref)), Props.Create(() => new ReceiveSender(Probe.Ref)) })
        {
            var actor = System.ActorOf(props);
            actor.Tell("deliver");
            await Probe.Expect("x");
            Clock.Advance(10 * Second);
            await Probe.Expect("x");

            // One interval ticks, before a restart and after it.
            Assert.Equal(before + 1, System.TimerQueue.Count);
            actor.Tell("fail");
            await Probe.Expect("ended");
            await Processed(actor);
            Assert.Equal(before + 1, System.TimerQueue.Count);
            await actor.GracefulStop(Patience);
            await Probe.Expect("ended");
            Assert.Equal(before, System.TimerQueue.Count);
        }

        Clock.Advance(100 * Second);
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task goes_on_from_the_deliveries_of_a_snapshot_and_from_nothing_else()
    {
        var actor = System.ActorOf(Props.Create(() => new Sender(Probe.Ref)));
        actor.Tell("deliver");
        await Probe.Expect("x");
        actor.Tell(new AtLeastOnceDeliverySnapshot(41, [new UnconfirmedDelivery(7, Probe.Ref.Path, "old")]));
        actor.Tell("count", Probe.Ref);
        await Probe.Expect("1 of 41");
        actor.Tell("deliver");
        await Probe.Expect("x");
        actor.Tell("count", Probe.Ref);
        await Probe.Expect("2 of 42");
        Clock.Advance(5 * Second);
        await Probe.Expect("old");
    }

    [Fact]
    public void is_found_by_the_plug_in_that_the_configuration_names_or_not_at_all()
    {
        var none = Assert.ThrowsAny<Exception>(() => Persistence.Instance.Apply(ActorSystem.Create("no", "akka.persistence.journal.plugin = elsewhere")));
        Assert.Contains("elsewhere", none.ToString(), StringComparison.Ordinal);
        var memory = ActorSystem.Create("memory", "akka.persistence.journal.plugin = akka.persistence.journal.inmem");
        Assert.False(Persistence.Instance.Apply(memory).Journal.IsNobody());
        memory.Terminate();
        var settings = new PersistenceSettings.AtLeastOnceDeliverySettings(ConfigurationFactory.Empty);
        Assert.Equal((5 * Second, 10_000, 5, 100_000), (settings.RedeliverInterval, settings.RedeliveryBurstLimit, settings.WarnAfterNumberOfUnconfirmedAttempts, settings.MaxUnconfirmedMessages));
        settings = settings.WithRedeliverInterval(Second).WithRedeliveryBurstLimit(2).WithUnconfirmedAttemptsToWarn(3).WithMaxUnconfirmedMessages(4);
        Assert.Equal((Second, 2, 3, 4), (settings.RedeliverInterval, settings.RedeliveryBurstLimit, settings.WarnAfterNumberOfUnconfirmedAttempts, settings.MaxUnconfirmedMessages));
    }

    private IActorRef Start() => System.ActorOf(Props.Create(() => new Keeper(Probe.Ref)));

    private sealed class Keeper : UntypedPersistentActor
    {
        private readonly IActorRef _log;

        public Keeper(IActorRef log) => _log = log;

        public override string PersistenceId => "kept";

        protected override void OnRecover(object message)
        {
            if (message is string e)
                _log.Tell($"recover {e}@{LastSequenceNr}");
            else if (message is RecoveryCompleted)
                _log.Tell($"recovered {LastSequenceNr}");
        }

        protected override void OnCommand(object message)
        {
            switch (message)
            {
                case "save":
                    SaveSnapshot(LastSequenceNr);
                    break;
                case string text:
                    Persist(text, e => _log.Tell($"{e}@{LastSequenceNr}"));
                    break;
                case long number:
                    DeleteMessages(number);
                    break;
                case SnapshotSelectionCriteria criteria:
                    LoadSnapshot(PersistenceId, criteria, long.MaxValue);
                    break;
                case LoadSnapshotResult loaded:
                    _log.Tell($"loaded {loaded.Snapshot?.Metadata.SequenceNr.ToString(global::System.Globalization.CultureInfo.InvariantCulture) ?? "none"}");
                    break;
                case SaveSnapshotSuccess saved:
                    _log.Tell($"saved {saved.Metadata.SequenceNr}");
                    break;
                case DeleteMessagesSuccess deleted:
                    _log.Tell($"deleted {deleted.ToSequenceNr}");
                    break;
                default:
                    Unhandled(message);
                    break;
            }
        }
    }

    private sealed class Sender(IActorRef to) : AtLeastOnceDeliveryActor
    {
        public override string PersistenceId => "sender";

        protected override bool ReceiveRecover(object message) => true;

        protected override bool ReceiveCommand(object message)
        {
            switch (message)
            {
                case "deliver":
                    Deliver(to.Path, _ => "x");
                    break;
                case "fail":
                    throw new InvalidOperationException("told to");
                case "count":
                    Sender.Tell($"{UnconfirmedCount} of {GetDeliverySnapshot().CurrentDeliveryId}");
                    break;
                case AtLeastOnceDeliverySnapshot snapshot:
                    SetDeliverySnapshot(snapshot);
                    break;
                default:
                    to.Tell($"not for a command: {message}");
                    break;
            }

            return true;
        }

        protected override void PostStop() => to.Tell("ended");
    }

    private sealed class ReceiveSender : AtLeastOnceDeliveryReceiveActor
    {
        private readonly IActorRef _to;

        public ReceiveSender(IActorRef to)
        {
            _to = to;
            Command<string>(text => text == "deliver", _ => Deliver(to.Path, _ => "x"));
            Command<string>(text => text == "fail", _ => throw new InvalidOperationException("told to"));
        }

        public override string PersistenceId => "receive sender";

        protected override void PostStop() => _to.Tell("ended");
    }
}
