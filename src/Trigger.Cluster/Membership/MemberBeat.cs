namespace Trigger.Cluster.Membership;

/// <summary>A member and the counter that it raises whenever it renews its lease.</summary>
public readonly record struct MemberBeat(MemberId Member, long Beat);
