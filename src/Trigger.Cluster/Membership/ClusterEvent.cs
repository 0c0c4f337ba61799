namespace Trigger.Cluster.Membership;

/// <summary>What happens to the members, as this node learns it. The names are Akka.Cluster's.</summary>
public abstract record ClusterEvent
{
    private ClusterEvent()
    {
    }

    /// <summary>A member's status changed. <c>MemberWeaklyUp</c> has no place here, as nothing gossips.</summary>
    public abstract record MemberEvent(Member Member) : ClusterEvent;

    public sealed record MemberJoined(Member Member) : MemberEvent(Member);

    public sealed record MemberUp(Member Member) : MemberEvent(Member);

    public sealed record MemberLeft(Member Member) : MemberEvent(Member);

    public sealed record MemberExited(Member Member) : MemberEvent(Member);

    public sealed record MemberDowned(Member Member) : MemberEvent(Member);

    /// <param name="PreviousStatus"><see cref="MemberStatus.Exiting"/> after a proper leave; anything else means that it was lost.</param>
    public sealed record MemberRemoved(Member Member, MemberStatus PreviousStatus) : MemberEvent(Member);

    public abstract record ReachabilityEvent(Member Member) : ClusterEvent;

    /// <summary>Its lease has not been renewed for a while, as seen from here. It may still be alive and own its shards.</summary>
    public sealed record UnreachableMember(Member Member) : ReachabilityEvent(Member);

    public sealed record ReachableMember(Member Member) : ReachabilityEvent(Member);

    /// <summary>Another node decides which shard belongs where. Akka's leader is the first member by address; ours is the owner of the shard "coordinator".</summary>
    public sealed record LeaderChanged(MemberId? Leader) : ClusterEvent;

    /// <summary>This node has left, or was declared down, and takes no part any more.</summary>
    public sealed record ClusterShuttingDown : ClusterEvent;
}
