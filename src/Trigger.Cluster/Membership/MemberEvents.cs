namespace Trigger.Cluster.Membership;

/// <summary>What must have happened between two readings of the members, in an order that Akka.Cluster's listeners expect.</summary>
public static class MemberEvents
{
    public static IEnumerable<ClusterEvent> Between(IReadOnlyList<Member> before, IReadOnlyList<Member> after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        var old = before.ToDictionary(member => member.Id);
        var now = after.Select(member => member.Id).ToHashSet();

        foreach (var gone in before.Where(member => !now.Contains(member.Id)))
            yield return new ClusterEvent.MemberRemoved(gone with { Status = MemberStatus.Removed }, gone.Status);

        foreach (var member in after.OrderBy(member => member.Number))
        {
            if (!old.TryGetValue(member.Id, out var earlier))
                yield return new ClusterEvent.MemberJoined(member with { Status = MemberStatus.Joining });
            foreach (var status in Passed(earlier?.Status ?? MemberStatus.Joining, member.Status))
                yield return Entering(member with { Status = status });
        }
    }

    // Two readings may be far apart: who reads of a leaving member that was joining has missed that it was up.
    private static IEnumerable<MemberStatus> Passed(MemberStatus from, MemberStatus to)
    {
        if (to == MemberStatus.Down && from != to)
            return [to];
        return Enumerable.Range((int)from + 1, Math.Max(0, (int)to - (int)from)).Select(status => (MemberStatus)status);
    }

    private static ClusterEvent Entering(Member member) => member.Status switch
    {
        MemberStatus.Up => new ClusterEvent.MemberUp(member),
        MemberStatus.Leaving => new ClusterEvent.MemberLeft(member),
        MemberStatus.Exiting => new ClusterEvent.MemberExited(member),
        MemberStatus.Down => new ClusterEvent.MemberDowned(member),
        _ => throw new InvalidOperationException($"A reading of the members holds {member}, which no reading can."),
    };
}
