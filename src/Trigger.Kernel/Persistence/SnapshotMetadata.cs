namespace Trigger.Kernel.Persistence;

/// <summary>Which snapshot of whom.</summary>
/// <param name="SequenceNr">The last event whose effect is in it.</param>
/// <param name="Timestamp">When it was saved, in UTC.</param>
public sealed record SnapshotMetadata(string PersistenceId, long SequenceNr, DateTime Timestamp)
{
    /// <summary>By actor, then by sequence number, then by time.</summary>
    public static IComparer<SnapshotMetadata> Comparer { get; } = Comparer<SnapshotMetadata>.Create((left, right) =>
    {
        var order = string.CompareOrdinal(left.PersistenceId, right.PersistenceId);
        if (order == 0)
            order = left.SequenceNr.CompareTo(right.SequenceNr);
        return order != 0 ? order : left.Timestamp.CompareTo(right.Timestamp);
    });
}
