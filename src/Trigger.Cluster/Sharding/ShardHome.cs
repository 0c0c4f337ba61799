using Trigger.Cluster.Membership;

namespace Trigger.Cluster.Sharding;

/// <summary>Who owns a shard, and since which epoch.</summary>
public readonly record struct ShardHome(MemberId Owner, long Epoch);
