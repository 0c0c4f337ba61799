using Trigger.Cluster.Membership;

namespace Trigger.Cluster.Sharding;

/// <summary>A decision of the coordinator: this shard is to go to this node.</summary>
public readonly record struct ShardAssignment(ShardId Shard, MemberId Wanted);
