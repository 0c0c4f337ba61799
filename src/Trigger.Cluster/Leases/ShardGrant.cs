namespace Trigger.Cluster.Leases;

/// <param name="Epoch">0 for a shard that is not owned.</param>
/// <param name="NotBefore">When the hold-off ends, in ticks of the node's clock.</param>
internal readonly record struct ShardGrant(long Epoch, long NotBefore);
