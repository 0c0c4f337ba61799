using Trigger.Cluster.Membership;

namespace Trigger.Cluster.Sharding;

/// <summary>A shard has another owner, or the same one at a later epoch, or none, as this node read it.</summary>
/// <param name="From">The owner before; null when it had none or this node did not know.</param>
/// <param name="To">Null while nobody owns it.</param>
/// <param name="Epoch">The epoch since which that is so.</param>
public sealed record ShardMoved(ShardId Shard, MemberId? From, MemberId? To, long Epoch);
