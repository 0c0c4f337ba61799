using Trigger.Kernel.Actor;

namespace Trigger.Cluster.Running;

/// <summary>What actors of this node ask of the cluster.</summary>
internal sealed class ClusterRequests(HeldShards held, ClusterNews news, ClusterFace face, IActorContext context)
{
    private readonly IActorRef daemon = context.Self;

    public void Host(DaemonMessage.Host host)
    {
        context.Watch(host.User);
        held.Host(host.Space, host.User);
    }

    public void Follow(DaemonMessage.Follow follow)
    {
        context.Watch(follow.Follower);
        news.Follow(follow.Follower);
    }

    public void Subscribe(DaemonMessage.Subscribe wish)
    {
        context.Watch(wish.Subscriber);
        news.Subscribers.Add(wish.Subscriber, wish.Kinds);
        if (!wish.AsEvents)
        {
            wish.Subscriber.Tell(face.State, daemon);
            return;
        }

        foreach (var happened in Subscribers.Replay(face.State).Where(happened => Array.Exists(wish.Kinds, kind => kind.IsInstanceOfType(happened))))
            wish.Subscriber.Tell(happened, daemon);
    }

    public void Unsubscribe(DaemonMessage.Unsubscribe gone) => news.Subscribers.Remove(gone.Subscriber, gone.Kind);

    public void Forget(Terminated gone)
    {
        held.Forget(gone.ActorRef);
        news.Forget(gone.ActorRef);
    }
}
