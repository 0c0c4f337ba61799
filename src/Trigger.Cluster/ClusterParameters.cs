namespace Trigger.Cluster;

/// <summary>What all nodes must agree on, or their leases would not exclude each other. Kept in the database; the first node to join writes it there.</summary>
public sealed record ClusterParameters
{
    /// <summary>How often a node renews its lease. Default 2 s.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For how long others leave a silent node its shards. Default 10 s.</summary>
    public TimeSpan Ttl { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long before its lease's end a node stops on its own. Default 2 s.</summary>
    public TimeSpan Margin { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How long the new owner of a shard that was taken, not handed over, keeps still, so that bytes of the old owner that are still under way arrive before its own.
    /// Default 2 s, which outlasts bytes that live up to 5.5 s in a socket's buffer: Margin + 0.05 Ttl + 1 s + HoldOff must be more than TCP_USER_TIMEOUT.
    /// </summary>
    public TimeSpan HoldOff { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a member must have been silent on an observer's clock before it is taken for dead: 5 % of the lease for clocks of different rates, and one second.</summary>
    public TimeSpan ObserverWait => (Ttl * 1.05) + TimeSpan.FromSeconds(1);

    /// <summary>The longest pause between two looks after which an observer still counts on: what its wait exceeds an owner's trust by, less half a second.</summary>
    internal TimeSpan LookPatience => ObserverWait - (Ttl - Margin) - TimeSpan.FromSeconds(0.5);

    public IEnumerable<string> Mistakes()
    {
        if (Beat < TimeSpan.FromMilliseconds(100))
            yield return $"cluster.beat is {Beat}; renewing more than ten times a second only loads the database.";
        if (Margin < TimeSpan.Zero || HoldOff < TimeSpan.Zero)
            yield return $"cluster.margin is {Margin} and cluster.hold-off {HoldOff}; neither can be negative.";
        if (Ttl < Margin + (Beat * 2))
            yield return $"cluster.ttl is {Ttl}; it must leave room for two beats of {Beat} and the margin of {Margin}, or one slow answer costs a node its shards.";
        if (Ttl > TimeSpan.FromMinutes(10))
            yield return $"cluster.ttl is {Ttl}; nobody wants to wait that long for a dead node's work.";
    }
}
