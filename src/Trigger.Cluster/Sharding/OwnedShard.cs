namespace Trigger.Cluster.Sharding;

/// <summary>A shard that this node owns.</summary>
/// <param name="Epoch">To be written with everything that is written on the shard's behalf.</param>
/// <param name="HoldOff">How long from now its owner must keep still towards devices, because the previous owner was lost. Zero after a proper hand-over.</param>
public readonly record struct OwnedShard(int Number, long Epoch, TimeSpan HoldOff);
