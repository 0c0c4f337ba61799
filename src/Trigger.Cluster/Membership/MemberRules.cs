namespace Trigger.Cluster.Membership;

/// <summary>Which status may follow which: Akka.Cluster's table, without <see cref="MemberStatus.WeaklyUp"/>, which cannot occur here.</summary>
public static class MemberRules
{
    public static bool MayBecome(MemberStatus from, MemberStatus to) => from switch
    {
        MemberStatus.Joining => to is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.Up => to is MemberStatus.Leaving or MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.Leaving => to is MemberStatus.Exiting or MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.Exiting => to is MemberStatus.Down or MemberStatus.Removed,
        MemberStatus.Down => to is MemberStatus.Removed,
        _ => false,
    };

    /// <summary>Every status from which <paramref name="to"/> may be reached.</summary>
    public static IEnumerable<MemberStatus> Before(MemberStatus to) => Enum.GetValues<MemberStatus>().Where(from => MayBecome(from, to));

    /// <summary>Whether a member in this status may renew its lease, own shards, and send letters.</summary>
    public static bool IsAlive(MemberStatus status) => status is MemberStatus.Joining or MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Exiting;

    /// <summary>
    /// Members that may go up: joining, and with no earlier life of the same node still on record, because until that one is removed its sessions may still be open.
    /// </summary>
    public static IEnumerable<Member> Promotable(IReadOnlyList<Member> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        return members.Where(member => member.Status == MemberStatus.Joining
            && !members.Any(other => other.Id.Node == member.Id.Node && other.Id != member.Id && other.IsOlderThan(member)));
    }
}
