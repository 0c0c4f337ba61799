using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Cluster.Storing;
using Trigger.Kernel.Actor;

namespace Trigger.Cluster.Running;

/// <summary>What this node last read, and who is told when it changes.</summary>
internal sealed class ClusterNews(ClusterFace face, IActorRef daemon)
{
    private readonly HashSet<IActorRef> followers = [];
    private HashSet<MemberId> unreachable = [];

    public ClusterView View { get; private set; } = ClusterView.Empty;

    /// <summary>Spaces known to have nothing to hold off from.</summary>
    public IReadOnlySet<string> CalmSpaces { get; private set; } = new HashSet<string>();

    public Subscribers Subscribers { get; } = new();

    public Member? Find(MemberId id) => View.Members.FirstOrDefault(member => member.Id == id);

    public void Follow(IActorRef follower)
    {
        followers.Add(follower);
        foreach (var space in face.Homes.Since(ShardHomes.Unknown).GroupBy(move => move.Shard.Space))
            follower.Tell(new ShardHomesChanged(space.Key, [.. space]), daemon);
    }

    public void Forget(IActorRef gone)
    {
        followers.Remove(gone);
        Subscribers.Remove(gone);
    }

    /// <summary>Publishes first and tells afterwards, so that whoever is told finds it published.</summary>
    public void Read(ClusterView view)
    {
        var (before, homes) = (View, face.Homes);
        View = view;
        CalmSpaces = view.Spaces.Where(space => !space.HoldsOff).Select(space => space.Name).ToHashSet();
        face.Homes = ShardHomes.Of(view.Version, view.Shards);
        var events = MemberEvents.Between(before.Members, view.Members).ToList();
        var (leaderBefore, leader) = (face.State.Leader, face.Homes.Of(ShardSpace.Coordinator, 0)?.Owner);
        unreachable.IntersectWith(view.Members.Select(member => member.Id));
        PublishState(leader);

        foreach (var happened in events)
            Tell(happened);
        if (leader != leaderBefore)
            Tell(new ClusterEvent.LeaderChanged(leader));
        foreach (var space in face.Homes.Since(homes).GroupBy(move => move.Shard.Space))
        {
            foreach (var follower in followers)
                follower.Tell(new ShardHomesChanged(space.Key, [.. space]), daemon);
        }
    }

    /// <summary>Takes note of whose lease was not renewed for a while.</summary>
    public void Reach(IEnumerable<MemberId> silent)
    {
        var now = silent.Where(id => Find(id) is not null).ToHashSet();
        if (now.SetEquals(unreachable))
            return;

        var before = unreachable;
        unreachable = now;
        PublishState(face.State.Leader);
        foreach (var member in View.Members.Where(member => now.Contains(member.Id) != before.Contains(member.Id)))
            Tell(now.Contains(member.Id) ? new ClusterEvent.UnreachableMember(member) : new ClusterEvent.ReachableMember(member));
    }

    public void Tell(ClusterEvent happened)
    {
        Subscribers.Publish(happened, daemon);
        face.Publish(happened);
    }

    private void PublishState(MemberId? leader) => face.State = new CurrentClusterState
    {
        Members = [.. View.Members.OrderBy(member => member.Number)],
        Unreachable = [.. View.Members.Where(member => unreachable.Contains(member.Id))],
        Leader = leader,
    };
}
