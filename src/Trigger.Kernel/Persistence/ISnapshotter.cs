namespace Trigger.Kernel.Persistence;

/// <summary>What saves snapshots of itself.</summary>
public interface ISnapshotter
{
    string SnapshotterId { get; }

    /// <summary>The number the next snapshot gets.</summary>
    long SnapshotSequenceNr { get; }

    void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr);

    void SaveSnapshot(object snapshot);

    void DeleteSnapshot(long sequenceNr);

    void DeleteSnapshots(SnapshotSelectionCriteria criteria);
}
