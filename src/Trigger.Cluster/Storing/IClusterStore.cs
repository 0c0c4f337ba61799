using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;

namespace Trigger.Cluster.Storing;

/// <summary>
/// The database as the protocol needs it. Every operation is one transaction. An operation that fails may or may not have happened: all are made so that doing them
/// again does no harm. No operation compares times: the database only counts.
/// <para>Whatever makes an operation impossible at the moment is thrown as any exception; the caller believes nothing new and tries again.</para>
/// </summary>
public interface IClusterStore
{
    /// <summary>Whether <see cref="Listen"/> hears, as a rule, what others <see cref="Hint"/>.</summary>
    bool HintsArrive { get; }

    /// <summary>Puts a new life on record, or finds it there; either way raises its beat. Frees what <see cref="JoinRequest.Past"/> owned.</summary>
    Task<JoinAnswer> Join(JoinRequest request);

    /// <summary>Raises the member's beat, if it is still alive on record.</summary>
    Task<RenewAnswer> Renew(MemberId self);

    /// <summary>The one cheap question that an idle node asks again and again.</summary>
    Task<ClusterLook> Look(MemberId self);

    /// <summary>Everything, as of one moment.</summary>
    Task<ClusterView> Read();

    /// <summary>Makes a space, or finds that it is there.</summary>
    /// <returns>Null, or why it cannot be: a space of that name is there with other properties.</returns>
    Task<string?> AddSpace(ShardSpace space);

    /// <summary>Takes every shard that nobody owns and that is to go to this member, if it is alive on record; and the coordinator's, if nobody has that.</summary>
    /// <returns>What it took now.</returns>
    Task<IReadOnlyList<ShardRow>> Acquire(MemberId self);

    /// <summary>Gives shards back. Those that are not the member's at that epoch are left alone.</summary>
    Task Release(MemberId self, IReadOnlyList<ReleasedShard> shards);

    /// <summary>Writes down who is to own what, if <paramref name="by"/> still coordinates at that epoch.</summary>
    Task<bool> Assign(Authority by, IReadOnlyList<ShardAssignment> assignments);

    /// <summary>Moves a member to another status, if <see cref="MemberRules.MayBecome"/> allows it.</summary>
    /// <param name="by">When given, only if it still coordinates at that epoch.</param>
    /// <returns>Whether the member has that status now.</returns>
    Task<bool> Move(MemberId member, MemberStatus to, Authority? by = null);

    /// <summary>
    /// Takes a silent member's shards from it and removes it. Under the lock of its row, so that no renewal can pass, it is made sure that the beat is still the one that was seen,
    /// and that whoever does this is alive on record.
    /// </summary>
    Task<FenceAnswer> Fence(MemberId by, MemberBeat silent);

    /// <summary>The member's own end: it is removed, and what it still owned is free.</summary>
    Task Depart(MemberId self);

    /// <summary>Lays letters ready for their receivers; those that lie there already are not laid there twice.</summary>
    Task<SendAnswer> Send(MemberId self, IReadOnlyList<Letter> letters);

    /// <summary>Removes letters that were delivered, and reads the oldest of the others.</summary>
    Task<IReadOnlyList<Letter>> Take(MemberId self, IReadOnlyList<long> delivered, int most);

    /// <summary>Tells, on any thread, when there may be something new for a member, so that it need not wait for its next look. Only a hint: it may come too often, or never.</summary>
    IDisposable Listen(MemberId self, Action<StoreHint> hinted);

    /// <summary>Gives others such a hint, now or soon.</summary>
    /// <param name="to">Whom; null for everybody.</param>
    void Hint(MemberId? to);
}
