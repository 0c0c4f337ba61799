namespace Trigger.Kernel.Persistence.Snapshot;

/// <summary>A snapshot store that forgets with the process.</summary>
public class MemorySnapshotStore : SnapshotStore
{
    private readonly MemorySnapshots _snapshots;

    public MemorySnapshotStore()
        : this(new MemorySnapshots())
    {
    }

    public MemorySnapshotStore(MemorySnapshots snapshots) => _snapshots = snapshots;

    protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Task.FromResult(_snapshots.Newest(persistenceId, criteria));

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        _snapshots.Save(metadata, snapshot);
        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        _snapshots.Delete(metadata.PersistenceId, saved =>
            saved.SequenceNr == metadata.SequenceNr && (metadata.Timestamp == DateTime.MinValue || saved.Timestamp == metadata.Timestamp));
        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        _snapshots.Delete(persistenceId, criteria.Matches);
        return Task.CompletedTask;
    }
}
