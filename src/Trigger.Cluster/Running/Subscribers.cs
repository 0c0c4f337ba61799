using Trigger.Cluster.Membership;
using Trigger.Kernel.Actor;

namespace Trigger.Cluster.Running;

/// <summary>Who wants to hear of which events.</summary>
internal sealed class Subscribers
{
    private readonly Dictionary<IActorRef, Type[]> types = [];

    public void Add(IActorRef subscriber, Type[] kinds) => types[subscriber] = types.TryGetValue(subscriber, out var known) ? [.. known.Union(kinds)] : kinds;

    public void Remove(IActorRef subscriber, Type? kind = null)
    {
        if (kind is not null && types.TryGetValue(subscriber, out var known) && known.Where(type => type != kind).ToArray() is { Length: > 0 } left)
            types[subscriber] = left;
        else
            types.Remove(subscriber);
    }

    public void Publish(ClusterEvent happened, IActorRef sender)
    {
        foreach (var (subscriber, kinds) in types)
        {
            if (Array.Exists(kinds, kind => kind.IsInstanceOfType(happened)))
                subscriber.Tell(happened, sender);
        }
    }

    /// <summary>What a late subscriber would have heard.</summary>
    public static IEnumerable<ClusterEvent> Replay(CurrentClusterState state) =>
        MemberEvents.Between([], state.Members)
            .Concat(state.Unreachable.Select(member => new ClusterEvent.UnreachableMember(member)))
            .Append(new ClusterEvent.LeaderChanged(state.Leader));
}
