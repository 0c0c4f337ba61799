namespace Trigger.Kernel.Persistence;

/// <summary>A snapshot as its store gives it out.</summary>
public sealed record SelectedSnapshot(SnapshotMetadata Metadata, object Snapshot);
