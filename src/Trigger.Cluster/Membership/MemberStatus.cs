namespace Trigger.Cluster.Membership;

/// <summary>Where a member is on its way through the cluster. Names and numbers are Akka.Cluster's.</summary>
public enum MemberStatus
{
    /// <summary>On record, not yet given any work.</summary>
    Joining = 0,

    Up = 1,

    /// <summary>Handing back what it owns.</summary>
    Leaving = 2,

    /// <summary>Everything is handed back; it is sending its last letters.</summary>
    Exiting = 3,

    /// <summary>Somebody declared it down. It may not renew its lease any more; its shards move once that lease has certainly run out.</summary>
    Down = 4,

    Removed = 5,

    /// <summary>
    /// Never seen here: Akka lets a member be weakly up while gossip does not converge, and there is no gossip. A member is on record in the one database or it is not.
    /// </summary>
    WeaklyUp = 6,
}
