namespace Trigger.Kernel.Persistence.Snapshot;

/// <summary>Stands where no snapshot store was set up: it has nothing to offer and refuses to save.</summary>
public sealed class NoSnapshotStore : SnapshotStore
{
    protected override Task<SelectedSnapshot?> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Task.FromResult<SelectedSnapshot?>(null);

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => Refuse(metadata.PersistenceId);

    protected override Task DeleteAsync(SnapshotMetadata metadata) => Refuse(metadata.PersistenceId);

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) => Refuse(persistenceId);

    private static Task Refuse(string persistenceId) =>
        Task.FromException(new NoSnapshotStoreException($"[{persistenceId}] has no snapshot store: give the system a SnapshotSetup."));

    public sealed class NoSnapshotStoreException : Exception
    {
        public NoSnapshotStoreException(string message)
            : base(message)
        {
        }
    }
}
