namespace Trigger.Kernel.Persistence.Snapshot;

/// <summary>The snapshots of a store in memory. Given to two systems in turn, the second is offered what the first saved.</summary>
public sealed class MemorySnapshots
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedDictionary<long, SelectedSnapshot>> _byActor = [];

    internal SelectedSnapshot? Newest(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        lock (_gate)
            return Of(persistenceId).Values.Reverse().FirstOrDefault(snapshot => criteria.Matches(snapshot.Metadata));
    }

    internal void Save(SnapshotMetadata metadata, object snapshot)
    {
        lock (_gate)
            Of(metadata.PersistenceId)[metadata.SequenceNr] = new SelectedSnapshot(metadata, snapshot);
    }

    internal void Delete(string persistenceId, Func<SnapshotMetadata, bool> which)
    {
        lock (_gate)
        {
            var snapshots = Of(persistenceId);
            foreach (var snapshot in snapshots.Values.Where(snapshot => which(snapshot.Metadata)).ToArray())
                snapshots.Remove(snapshot.Metadata.SequenceNr);
        }
    }

    private SortedDictionary<long, SelectedSnapshot> Of(string persistenceId)
    {
        if (!_byActor.TryGetValue(persistenceId, out var snapshots))
            _byActor.Add(persistenceId, snapshots = []);
        return snapshots;
    }
}
