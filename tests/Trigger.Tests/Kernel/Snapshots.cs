using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence;
using Trigger.Kernel.Persistence.Snapshot;

namespace Trigger.Tests.Kernel;

public sealed class Snapshots : KernelSpec
{
    public Snapshots()
        : base(SnapshotSetup.InMemory())
    {
    }

    [Fact]
    public async Task spare_the_events_before_them()
    {
        Run("e1", "e2", "save", "e3");
        await Probe.Expect("recovered 0", "saved 2");
        await Ended();
        Run();

        await Probe.Expect("offer e1,e2 at 2", "recover e3", "recovered 3");
    }

    [Fact]
    public async Task are_offered_only_up_to_where_the_recovery_goes()
    {
        Run("e1", "save");
        await Probe.Expect("recovered 0", "saved 1");
        await Ended();
        Run("e2", "save");
        await Probe.Expect("offer e1 at 1", "recovered 1", "saved 2");
        await Ended();
        Run(new Recovery(SnapshotSelectionCriteria.Latest, toSequenceNr: 1));

        await Probe.Expect("offer e1 at 1", "recovered 2");
    }

    [Fact]
    public async Task are_not_offered_when_none_is_wanted()
    {
        Run("e1", "save");
        await Probe.Expect("recovered 0", "saved 1");
        await Ended();
        Run(new Recovery(SnapshotSelectionCriteria.None));

        await Probe.Expect("recover e1", "recovered 1");
    }

    [Fact]
    public async Task are_gone_when_they_were_deleted()
    {
        Run("e1", "save", "e2", "save");
        await Probe.Expect("recovered 0", "saved 1", "saved 2");
        Actor.Tell("delete 2");
        await Probe.Expect("deleted 2");
        await Ended();
        Run();
        await Probe.Expect("offer e1 at 1", "recover e2", "recovered 2");
        Actor.Tell("delete all");
        await Probe.Expect("deleted all");
        await Ended();
        Run();

        await Probe.Expect("recover e1", "recover e2", "recovered 2");
    }

    [Fact]
    public async Task survive_the_deletion_of_the_events_they_hold()
    {
        Run("e1", "e2", "save");
        await Probe.Expect("recovered 0", "saved 2");
        Actor.Tell("forget");
        await Probe.Expect("forgot 2");
        await Ended();
        Run("e3", "sum");

        await Probe.Expect("offer e1,e2 at 2", "recovered 2", "e1,e2,e3 at 3");
    }

    [Fact]
    public async Task cannot_be_saved_without_a_store()
    {
        var bare = ActorSystem.Create("bare");
        var probe = new Probe(bare);
        bare.ActorOf(Props.Create(() => new Summary("x", probe.Ref, Recovery.Default))).Tell("save");

        await probe.Expect("recovered 0", "not saved NoSnapshotStoreException");
        await bare.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task that_cannot_be_loaded_stop_their_actor()
    {
        var broken = ActorSystem.Create("broken", new SnapshotSetup(() => Props.Create(() => new BrokenStore())));
        var probe = new Probe(broken);
        var actor = broken.ActorOf(Props.Create(() => new Summary("x", probe.Ref, Recovery.Default)));
        probe.Watch(actor);

        await probe.Expect("not recovered: disk");
        Assert.Equal(actor, (await probe.Expect<Terminated>()).ActorRef);
        await broken.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task that_nobody_loads_stop_their_actor_when_its_time_is_up_and_not_before()
    {
        var clock = new FakeClock();
        var silent = ActorSystem.Create("silent", ActorSystemSetup.Create(new KernelSetup { Time = clock }, new SnapshotSetup(() => Props.Create(() => new SilentStore()))));
        var probe = new Probe(silent);
        var actor = silent.ActorOf(Props.Create(() => new Summary("x", probe.Ref, Recovery.Default)));
        while (clock.ArmedTimers == 0)
            await Task.Yield();
        clock.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromTicks(1));
        await probe.ExpectNothingBefore("marker");
        clock.Advance(TimeSpan.FromTicks(1));

        Assert.StartsWith("not recovered: Recovery of [x] timed out: no snapshot", await probe.Expect<string>(), StringComparison.Ordinal);
        await silent.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void are_within_criteria_up_to_the_bound_itself(long sequenceNr, bool matches) =>
        Assert.Equal(matches, new SnapshotSelectionCriteria(5).Matches(new SnapshotMetadata("x", sequenceNr, DateTime.UtcNow)));

    private IActorRef Actor { get; set; } = ActorRefs.Nobody;

    private void Run(params string[] commands) => Run(Recovery.Default, commands);

    private void Run(Recovery recovery, params string[] commands)
    {
        Actor = System.ActorOf(Props.Create(() => new Summary("sum", Probe.Ref, recovery)));
        foreach (var command in commands)
            Actor.Tell(command);
    }

    private Task<bool> Ended() => Actor.GracefulStop(Patience);

    private sealed class Summary : ReceivePersistentActor
    {
        private readonly IActorRef _log;
        private readonly Recovery _recovery;
        private List<string> _entries = [];

        public Summary(string id, IActorRef log, Recovery recovery)
        {
            PersistenceId = id;
            _log = log;
            _recovery = recovery;
            Recover<SnapshotOffer>(offer =>
            {
                _entries = [.. (string[])offer.Snapshot];
                _log.Tell($"offer {string.Join(",", _entries)} at {LastSequenceNr}");
            });
            Recover<string>(e =>
            {
                _entries.Add(e);
                _log.Tell($"recover {e}");
            });
            Recover<RecoveryCompleted>(_ => _log.Tell($"recovered {LastSequenceNr}"));
            Command<SaveSnapshotSuccess>(saved => _log.Tell($"saved {saved.Metadata.SequenceNr}"));
            Command<SaveSnapshotFailure>(failed => _log.Tell($"not saved {failed.Cause.GetType().Name}"));
            Command<DeleteSnapshotSuccess>(deleted => _log.Tell($"deleted {deleted.Metadata.SequenceNr}"));
            Command<DeleteSnapshotsSuccess>(_ => _log.Tell("deleted all"));
            Command<DeleteMessagesSuccess>(deleted => _log.Tell($"forgot {deleted.ToSequenceNr}"));
            Command<string>(Do);
        }

        public override string PersistenceId { get; }

        public override Recovery Recovery => _recovery;

        protected override void OnRecoveryFailure(Exception reason, object? message = null) => _log.Tell($"not recovered: {reason.Message}");

        private void Do(string command)
        {
            switch (command)
            {
                case "save":
                    SaveSnapshot(_entries.ToArray());
                    break;
                case "delete 2":
                    DeleteSnapshot(2);
                    break;
                case "delete all":
                    DeleteSnapshots(SnapshotSelectionCriteria.Latest);
                    break;
                case "forget":
                    DeleteMessages(LastSequenceNr);
                    break;
                case "sum":
                    _log.Tell($"{string.Join(",", _entries)} at {LastSequenceNr}");
                    break;
                default:
                    Persist(command, _entries.Add);
                    break;
            }
        }
    }

    private sealed class BrokenStore : SnapshotStore
    {
        protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) => throw new IOException("disk");

        protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => Task.CompletedTask;

        protected override Task DeleteAsync(SnapshotMetadata metadata) => Task.CompletedTask;

        protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Task.CompletedTask;
    }

    private sealed class SilentStore : SnapshotStore
    {
        protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
            new TaskCompletionSource<SelectedSnapshot?>().Task;

        protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => Task.CompletedTask;

        protected override Task DeleteAsync(SnapshotMetadata metadata) => Task.CompletedTask;

        protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Task.CompletedTask;
    }
}
