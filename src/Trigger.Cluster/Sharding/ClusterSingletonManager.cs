using Trigger.Kernel.Actor;

namespace Trigger.Cluster.Sharding;

/// <summary>
/// Runs one actor on one node of the cluster: on the owner of a space of one shard, which <see cref="ShardSpace.Singleton"/> makes and the settings name. Start one manager on every
/// node. The actor is stopped before its shard is handed over, and at once when the lease is lost; what it writes must carry its epoch, as every owner's writing.
/// <para>Akka puts a singleton on the oldest node. Here the coordinator puts it on one that has the role, and leaves it there.</para>
/// </summary>
public sealed class ClusterSingletonManager : ReceiveActor
{
    private readonly Func<long, Props> singletonProps;
    private readonly object terminationMessage;
    private IActorRef? singleton;
    private long? epoch;      // The epoch at which this node is to run it; null when it is not.
    private IActorRef? asker; // Who waits for it to be given up.

    /// <param name="space">The space's name.</param>
    /// <param name="singletonProps">How to make the actor, given the epoch under which it runs.</param>
    /// <param name="terminationMessage">Told to the actor when it is to hand over, upon which it must stop itself.</param>
    public ClusterSingletonManager(string space, Func<long, Props> singletonProps, object terminationMessage)
    {
        (this.singletonProps, this.terminationMessage) = (singletonProps, terminationMessage);
        Receive<ShardsAcquired>(acquired =>
        {
            (epoch, asker) = (acquired.Shards[0].Epoch, null);
            Run();
        });
        Receive<GiveUpShards>(_ =>
        {
            (epoch, asker) = (null, Sender);
            singleton?.Tell(terminationMessage);
            Answer(space);
        });
        Receive<ShardsLost>(_ =>
        {
            (epoch, asker) = (null, null);
            if (singleton is not null)
                Context.Stop(singleton);
        });
        Receive<Terminated>(
            _ =>
            {
                singleton = null;
                Answer(space);
                Run();
            },
            gone => gone.ActorRef.Equals(singleton));
        Cluster.Get(Context.System).Host(space, Self);
    }

    public static Props Props(string space, Func<long, Props> singletonProps, object? terminationMessage = null) =>
        Kernel.Actor.Props.Create(() => new ClusterSingletonManager(space, singletonProps, terminationMessage ?? PoisonPill.Instance));

    // Never two at a time, not even on one node: a new one waits until the old one has stopped.
    private void Run()
    {
        if (singleton is null && epoch is { } since)
            singleton = Context.Watch(Context.ActorOf(singletonProps(since)));
    }

    private void Answer(string space)
    {
        if (singleton is not null || asker is null)
            return;
        asker.Tell(new ShardsGivenUp(space, [0]));
        asker = null;
    }
}
