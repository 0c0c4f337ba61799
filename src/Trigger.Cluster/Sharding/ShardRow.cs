using Trigger.Cluster.Membership;

namespace Trigger.Cluster.Sharding;

/// <summary>A shard as the database has it.</summary>
/// <param name="Owner">Null when nobody owns it.</param>
/// <param name="Epoch">Grows with every change of the owner; what is written under an older one is refused.</param>
/// <param name="Wanted">Who is to own it.</param>
/// <param name="Unsettled">It was taken and not handed over, and nobody has waited out the hold-off since.</param>
public sealed record ShardRow(ShardId Shard, MemberId? Owner, long Epoch, MemberId? Wanted, bool Unsettled);
