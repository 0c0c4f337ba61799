using Trigger.Cluster.Leases;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Cluster.Storing;

namespace Trigger.Cluster.Running;

/// <summary>What there is to do for the whole cluster, one thing at a time; pure.</summary>
internal abstract record CoordinatorDuty
{
    private CoordinatorDuty()
    {
    }

    public sealed record Fence(MemberBeat Silent) : CoordinatorDuty;

    public sealed record Promote(MemberId Member) : CoordinatorDuty;

    public sealed record Assign(IReadOnlyList<ShardAssignment> Assignments) : CoordinatorDuty;

    /// <param name="coordinates">Whether this node does. Of a node that does not, only a silent coordinator is its business.</param>
    public static CoordinatorDuty? Next(MemberId self, bool coordinates, ClusterView view, MemberObservation observation, LeaseRules rules)
    {
        var silent = observation.SilentFor(rules.ObserverWait).Where(member => member.Member != self).OrderBy(member => member.Member);
        if (!coordinates)
        {
            var coordinator = view.Shards.FirstOrDefault(row => row.Shard.Space == ShardSpace.Coordinator)?.Owner;
            return silent.Where(member => member.Member == coordinator).Select(member => new Fence(member)).FirstOrDefault();
        }

        if (silent.Select(member => (MemberBeat?)member).FirstOrDefault() is { } dead)
            return new Fence(dead);
        if (MemberRules.Promotable(view.Members).FirstOrDefault() is { } newcomer)
            return new Promote(newcomer.Id);
        return ShardAllocation.Decide(view.Members, view.Spaces, view.Shards) is { Count: > 0 } assignments ? new Assign(assignments) : null;
    }
}
