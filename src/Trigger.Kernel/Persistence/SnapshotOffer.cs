namespace Trigger.Kernel.Persistence;

/// <summary>The first message of a recovery that has a snapshot; the events after it follow.</summary>
public sealed record SnapshotOffer(SnapshotMetadata Metadata, object Snapshot);
