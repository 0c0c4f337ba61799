using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;

namespace Trigger.Cluster.Storing;

/// <summary>A new life of a node.</summary>
/// <param name="Past">Earlier lives of this very process, which have stopped: what they owned is free at once.</param>
/// <param name="EarlierLivesAreOver">No earlier process of this name lives.</param>
public sealed record JoinRequest(
    MemberId Self,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Sites,
    string Address,
    string Version,
    ClusterParameters Parameters,
    IReadOnlyList<ShardSpace> Spaces,
    IReadOnlyList<MemberId> Past,
    bool EarlierLivesAreOver);

public abstract record JoinAnswer
{
    private JoinAnswer()
    {
    }

    /// <summary>On record, and its beat was raised.</summary>
    public sealed record Joined : JoinAnswer;

    /// <summary>This life was on record and has been ended: another number is needed.</summary>
    public sealed record IsOver : JoinAnswer;

    /// <summary>This node does not fit this cluster.</summary>
    /// <param name="Why">A sentence for people.</param>
    public sealed record Refused(string Why) : JoinAnswer;
}

public enum RenewAnswer
{
    Renewed,

    /// <summary>The member was removed: others took its shards.</summary>
    Fenced,

    /// <summary>Somebody declared it down.</summary>
    Downed,
}

public enum FenceAnswer
{
    /// <summary>It is removed; nobody owns its shards.</summary>
    Fenced,

    /// <summary>It has renewed its lease since.</summary>
    BeatChanged,

    /// <summary>There was nothing to take: the member is gone, or the one who asks is.</summary>
    Gone,
}

/// <param name="Version">Grows with every change of members' statuses or of shards, not with beats.</param>
/// <param name="Beats">Of every member that is not removed.</param>
/// <param name="Letters">Whether letters wait for the one who looks.</param>
public sealed record ClusterLook(long Version, IReadOnlyList<MemberBeat> Beats, bool Letters);

/// <summary>Everything there is, as of one moment.</summary>
public sealed record ClusterView(long Version, IReadOnlyList<Member> Members, IReadOnlyList<ShardSpace> Spaces, IReadOnlyList<ShardRow> Shards)
{
    public static ClusterView Empty { get; } = new(0, [], [], []);
}

/// <summary>The right to decide for the cluster: the ownership of the coordinator's shard, at an epoch.</summary>
public readonly record struct Authority(MemberId Coordinator, long Epoch);

/// <param name="Settled">The new owner need not hold off.</param>
public readonly record struct ReleasedShard(ShardId Shard, long Epoch, bool Settled);

/// <param name="SenderIsAlive">Otherwise nothing was laid ready.</param>
/// <param name="Gone">Receivers that are no members; their letters were not laid ready.</param>
/// <param name="Waiting">How many letters of this sender the other receivers have not taken yet.</param>
public sealed record SendAnswer(bool SenderIsAlive, IReadOnlyCollection<MemberId> Gone, IReadOnlyDictionary<MemberId, long> Waiting);

public enum StoreHint
{
    /// <summary>Members or shards may have changed.</summary>
    Look,

    Letters,
}
