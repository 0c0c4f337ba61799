namespace Trigger.Cluster.Sharding;

/// <summary>Why shards were lost from one moment to the next.</summary>
public enum LossReason
{
    /// <summary>The lease ran out before the database answered.</summary>
    LeaseExpired,

    /// <summary>Others had reason to take this node for dead, and took its shards.</summary>
    Fenced,

    /// <summary>Somebody declared this node down.</summary>
    Downed,

    /// <summary>The user of the shard did not hand it over in time.</summary>
    HandOverOverdue,

    /// <summary>The cluster's own actor ended.</summary>
    Stopped,
}

/// <summary>Told to the user of a space: these shards are this node's from now on.</summary>
public sealed record ShardsAcquired(string Space, IReadOnlyList<OwnedShard> Shards);

/// <summary>
/// Told to the user of a space: finish or park what is under way on these shards, and then answer <see cref="ShardsGivenUp"/> to the sender. Until then they are
/// still this node's, within <see cref="ClusterSettings.HandOverLimit"/>.
/// </summary>
public sealed record GiveUpShards(string Space, IReadOnlyList<int> Shards);

/// <summary>The answer to <see cref="GiveUpShards"/>, in one piece or in several. Nothing may be done for these shards after it.</summary>
public sealed record ShardsGivenUp(string Space, IReadOnlyList<int> Shards);

/// <summary>Told to the user of a space: these shards are not this node's any more. Everything must stop at once: connections are to be reset, not closed.</summary>
public sealed record ShardsLost(string Space, IReadOnlyList<int> Shards, LossReason Reason);

/// <summary>Told to the user of a space: who owns its shards has changed, on this node or others.</summary>
public sealed record ShardHomesChanged(string Space, IReadOnlyList<ShardMoved> Moves);
