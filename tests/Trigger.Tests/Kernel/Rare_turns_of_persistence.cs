using System.Threading.Channels;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Kernel.Persistence.Snapshot;

namespace Trigger.Tests.Kernel;

/// <summary>What happens seldom between an actor, its journal and its snapshots.</summary>
public sealed class Rare_turns_of_persistence : KernelSpec
{
    private readonly Desk _desk;

    public Rare_turns_of_persistence()
        : this(new Desk())
    {
    }

    private Rare_turns_of_persistence(Desk desk)
        : base(
            new JournalSetup(() => Props.Create(() => new GatedJournal(desk.Writes.Writer)))
            {
                Others = new Dictionary<string, Func<Props>>
                {
                    ["plain"] = () => Props.Create(() => new PlainJournal()),
                    ["stepped"] = () => Props.Create(() => new SteppedJournal(desk.Replays)),
                },
                RecoveryEventTimeout = 30 * Second,
                ReplayFilter = ReplayFilterMode.Disabled, // It would keep events back until it has seen enough of them.
            },
            new SnapshotSetup(() => Props.Create(() => new MemorySnapshotStore()))
            {
                Others = new Dictionary<string, Func<Props>> { ["gated"] = () => Props.Create(() => new GatedSnapshots(desk)) },
            }) => _desk = desk;

    private IActorRef Journal => Persistence.Instance.Apply(System).Journal;

    private IActorRef Snapshots => Persistence.Instance.Apply(System).SnapshotStoreFor("");

    [Fact]
    public async Task events_come_back_with_the_sender_that_was_stored_and_not_with_that_of_the_answer()
    {
        Start(actor => actor.JournalPluginId = "plain", actor => actor.Recall<string>(e => $"{e} from {(actor.From.Equals(actor.Me) ? "itself" : actor.From)}"));

        await Probe.Expect("old from itself", "recovered 1");
    }

    [Fact]
    public async Task recovery_is_finished_when_the_last_event_has_been_recalled_and_not_before()
    {
        var actor = Start(
            actor => actor.JournalPluginId = "plain",
            actor => actor.Recall<string>(_ => $"finished: {actor.IsRecoveryFinished}"),
            actor => actor.Do<string>(_ => actor.Log($"finished: {actor.IsRecoveryFinished}")));
        actor.Tell("ask");

        await Probe.Expect("finished: False", "recovered 1", "finished: True");
    }

    [Fact]
    public async Task an_event_goes_to_the_handler_of_its_type_and_on_when_that_will_not_have_it()
    {
        Start(
            actor => actor.JournalPluginId = "plain",
            actor => actor.RecallIf(typeof(int), _ => true),
            actor => actor.RecallIf(typeof(string), e =>
            {
                actor.Log($"refused {e}");
                return false;
            }),
            actor => actor.Recall<string>(e => $"taken {e}"));

        await Probe.Expect("refused old", "taken old", "recovered 1");
    }

    [Fact]
    public async Task what_was_deferred_answers_the_one_who_caused_it()
    {
        var (first, second) = (Spawn((_, _) => { }, "first"), Spawn((_, _) => { }, "second"));
        var actor = Start(
            actor => actor.Do<int>(number => actor.PersistAsync(number, _ => actor.Log($"stored for {actor.From.Path.Name}"))),
            actor => actor.Do<string>(text => actor.DeferAsync(text, _ => actor.Log($"deferred for {actor.From.Path.Name}"))));
        await Probe.Expect("recovered 0");
        actor.Tell(1, first);
        actor.Tell("later", second);
        var write = await NextWrite();
        await Processed(actor);
        write.End.SetResult(null);

        await Probe.Expect("stored for first", "deferred for second");
    }

    [Fact]
    public async Task a_batch_is_complete_when_its_last_handler_has_ended()
    {
        var gate = new TaskCompletionSource();
        var actor = Start(actor => actor.Do<string>(_ => actor.PersistAll(
            ["x"],
            async _ =>
            {
                actor.Log("begun");
                await gate.Task;
                actor.Log("ended");
            },
            () => actor.Log("complete"))));
        await Probe.Expect("recovered 0");
        actor.Tell("persist");
        (await NextWrite()).End.SetResult(null);
        await Probe.Expect("begun");
        gate.SetResult();

        await Probe.Expect("ended", "complete");
    }

    [Fact]
    public async Task a_snapshot_is_a_sign_of_life_as_an_event_is()
    {
        _desk.Replays.Highest = 2;
        var actor = Start(
            actor => (actor.JournalPluginId, actor.SnapshotPluginId) = ("stepped", "gated"),
            actor => actor.Recall<SnapshotOffer>(offer => $"offered {offer.Snapshot}"),
            actor => actor.Recall<string>(e => $"recalled {e}"));
        await NextLoad();

        // The watchdog looks after thirty seconds and finds the snapshot; after sixty it will look again.
        Clock.Advance(20 * Second);
        _desk.Snapshot.SetResult(new SelectedSnapshot(new SnapshotMetadata("id", 1, DateTime.UnixEpoch), "so far"));
        await Probe.Expect("offered so far");
        Clock.Advance(20 * Second);
        await Processed(actor);
        _desk.Replays.Events.Writer.TryWrite(new Persistent("the rest", 2, "id"));
        await Probe.Expect("recalled the rest");
        _desk.Replays.Events.Writer.Complete();

        await Probe.Expect("recovered 2");
    }

    [Fact]
    public async Task a_snapshot_that_could_not_be_read_ends_the_actor_and_is_no_command()
    {
        var actor = Start(actor => actor.SnapshotPluginId = "gated", actor => actor.Do<object>(message => actor.Log($"received {message}")));
        await NextLoad();
        Probe.Watch(actor);
        await Processed(Probe.Ref);
        _desk.Snapshot.SetException(new IOException("disk"));

        await Probe.Expect("failed: disk");
        await Probe.Expect<Terminated>();
    }

    [Fact]
    public async Task a_thousand_writes_are_committed_at_a_time()
    {
        Journal.Tell(Write("first", 1));
        var first = await NextWrite();
        Journal.Tell(Write("many", 999));
        Journal.Tell(Write("last that fits", 1));
        Journal.Tell(Write("one too many", 1));
        await Processed(Journal);
        first.End.SetResult(null);

        var second = await NextWrite();
        Assert.Equal((1000, "last that fits"), (second.Writes.Count, second.Writes[^1].PersistenceId));
        second.End.SetResult(null);
        var third = await NextWrite();
        Assert.Equal("one too many", Assert.Single(third.Writes).PersistenceId);
        third.End.SetResult(null);
    }

    [Fact]
    public async Task a_journal_and_a_store_handle_whatever_their_protocols_say()
    {
        var unhandled = new Probe(System);
        System.EventStream.Subscribe<UnhandledMessage>(unhandled.Ref);
        Journal.Tell(Write("id", 1));
        (await NextWrite()).End.SetResult(null);
        await Probe.Expect<WriteMessagesSuccessful>();
        await Probe.Expect<WriteMessageSuccess>();
        Journal.Tell(new ReplayMessages(1, 1, 1, "id", Probe.Ref));
        await Probe.Expect<RecoverySuccess>();
        Journal.Tell(new DeleteMessagesTo("id", 1, Probe.Ref));
        await Probe.Expect<DeleteMessagesSuccess>();
        await Processed(Journal);

        var saved = await Save("so far");
        Snapshots.Tell(new LoadSnapshot("id", SnapshotSelectionCriteria.Latest, long.MaxValue), Probe.Ref);
        await Probe.Expect<LoadSnapshotResult>();
        Snapshots.Tell(new DeleteSnapshot(saved), Probe.Ref);
        await Probe.Expect<DeleteSnapshotSuccess>();
        Snapshots.Tell(new DeleteSnapshots("id", SnapshotSelectionCriteria.Latest), Probe.Ref);
        await Probe.Expect<DeleteSnapshotsSuccess>();
        await Processed(Snapshots);

        await unhandled.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task a_snapshot_named_with_its_time_is_deleted_only_if_it_is_of_that_time()
    {
        var saved = await Save("so far");
        async Task<object?> LeftAfterDeletionOf(DateTime time)
        {
            Snapshots.Tell(new DeleteSnapshot(saved with { Timestamp = time }), Probe.Ref);
            await Probe.Expect<DeleteSnapshotSuccess>();
            Snapshots.Tell(new LoadSnapshot("id", SnapshotSelectionCriteria.Latest, long.MaxValue), Probe.Ref);
            return (await Probe.Expect<LoadSnapshotResult>()).Snapshot?.Snapshot;
        }

        Assert.Equal("so far", await LeftAfterDeletionOf(saved.Timestamp.AddTicks(1)));
        Assert.Null(await LeftAfterDeletionOf(saved.Timestamp));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task a_section_takes_the_place_of_the_store_in_memory_and_without_it_that_is_there(bool section)
    {
        var configuration = $"""
            akka.persistence.snapshot-store.plugin = akka.persistence.snapshot-store.inmem
            {(section ? $"akka.persistence.snapshot-store.inmem.class = \"{typeof(OwnSnapshots).AssemblyQualifiedName}\"" : "")}
            """;
        var system = ActorSystem.Create("configured", configuration);
        var store = Persistence.Instance.Apply(system).SnapshotStoreFor("");
        var saved = await store.Ask<object>(new SaveSnapshot(new SnapshotMetadata("id", 1, DateTime.UnixEpoch), "so far"), Patience, TestContext.Current.CancellationToken);
        await system.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(section, saved is SaveSnapshotFailure { Cause: NotSupportedException });
        Assert.Equal(!section, saved is SaveSnapshotSuccess);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task attempts_at_a_delivery_are_counted_from_the_recovery_on(bool fromSnapshot)
    {
        var settings = new PersistenceSettings.AtLeastOnceDeliverySettings(
            redeliverInterval: 10 * Second, redeliveryBurstLimit: 10, warnAfterNumberOfUnconfirmedAttempts: 1, maxUnconfirmedMessages: 10);
        AtLeastOnceDeliverySemantic? deliveries = null;
        var actor = Spawn((self, message) =>
        {
            switch (message)
            {
                case "recover":
                    deliveries = new AtLeastOnceDeliverySemantic(self.Place, settings);
                    if (fromSnapshot)
                        deliveries.SetDeliverySnapshot(new AtLeastOnceDeliverySnapshot(1, [new UnconfirmedDelivery(1, Probe.Ref.Path, "x")]));
                    else
                        deliveries.Deliver(Probe.Ref.Path, _ => "x", isRecovering: true);
                    deliveries.OnReplaySuccess();
                    break;
                case UnconfirmedWarning:
                    Probe.Ref.Tell("warned");
                    break;
                default:
                    deliveries!.AroundReceive(_ => true, message);
                    break;
            }
        });
        actor.Tell("recover");
        await Probe.Expect("x");
        await Processed(actor);
        await Processed(actor); // A warning would have been told to itself while it recovered.
        await Probe.ExpectNothingBefore("marker");
        Clock.Advance(10 * Second);

        await Probe.Expect("x", "warned");
    }

    private IActorRef Start(params Action<Written>[] script) => System.ActorOf(Props.Create(() => new Written(Probe.Ref, script)));

    private WriteMessages Write(string id, int writes) =>
        new([.. Enumerable.Range(1, writes).Select(number => new AtomicWrite(new Persistent("x", number, id)))], Probe.Ref, 1);

    private async Task<SnapshotMetadata> Save(object snapshot)
    {
        Snapshots.Tell(new SaveSnapshot(new SnapshotMetadata("id", 1, DateTime.UnixEpoch), snapshot), Probe.Ref);
        return (await Probe.Expect<SaveSnapshotSuccess>()).Metadata;
    }

    private async Task<GatedJournal.Call> NextWrite()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _desk.Writes.Reader.ReadAsync(patience.Token);
    }

    private Task NextLoad() => _desk.Asked.Task.WaitAsync(Patience);

    /// <summary>A snapshot store that refuses whatever it is given.</summary>
    public sealed class OwnSnapshots : MemorySnapshotStore
    {
        protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => throw new NotSupportedException("refused");
    }

    private sealed class Desk
    {
        public Channel<GatedJournal.Call> Writes { get; } = Channel.CreateUnbounded<GatedJournal.Call>();

        public SteppedJournal.Desk Replays { get; } = new();

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource<SelectedSnapshot?> Snapshot { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class GatedSnapshots(Desk desk) : MemorySnapshotStore
    {
        protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
        {
            desk.Asked.TrySetResult();
            return desk.Snapshot.Task;
        }
    }

    /// <summary>Answers by Tell, so that it is the sender of its answers; it knows one event, which the actor told itself.</summary>
    private sealed class PlainJournal : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is not ReplayMessages replay)
                return;

            replay.PersistentActor.Tell(new ReplayedMessage(new Persistent("old", 1, replay.PersistenceId, sender: replay.PersistentActor)));
            replay.PersistentActor.Tell(new RecoverySuccess(1));
        }
    }

    /// <summary>A persistent actor that a test writes in place.</summary>
    private sealed class Written : ReceivePersistentActor
    {
        private readonly IActorRef _log;

        public Written(IActorRef log, Action<Written>[] script)
        {
            _log = log;
            foreach (var line in script)
                line(this);
            Recover<RecoveryCompleted>(_ => Log($"recovered {LastSequenceNr}"));
        }

        public override string PersistenceId => "id";

        public new string JournalPluginId
        {
            set => base.JournalPluginId = value;
        }

        public new string SnapshotPluginId
        {
            set => base.SnapshotPluginId = value;
        }

        public IActorRef From => Sender;

        public IActorRef Me => Self;

        public new void Log(string what) => _log.Tell(what);

        public void Recall<T>(Func<T, string> what) => Recover<T>(past => Log(what(past)));

        public void RecallIf(Type type, Func<object, bool> handler) => Recover(type, handler);

        public void Do<T>(Action<T> handler) => Command(handler);

        protected override void OnRecoveryFailure(Exception reason, object? message = null) => Log($"failed: {reason.Message}");
    }
}
