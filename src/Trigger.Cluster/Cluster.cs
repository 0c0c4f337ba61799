using Trigger.Cluster.Leases;
using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Running;
using Trigger.Cluster.Sharding;
using Trigger.Cluster.Storing;
using Trigger.Kernel.Actor;

namespace Trigger.Cluster;

/// <summary>
/// This system as a node of a cluster that has a database and nothing else in common: who the members are, which shards this node owns under which epoch, and letters
/// to the other nodes. The names are Akka.Cluster's where the things are the same.
/// <para>There is no gossip: what the database says is so. Hence nobody is ever weakly up, no view converges, and no split-brain resolver is needed; the nodes
/// that reach the database are the cluster.</para>
/// </summary>
public sealed class Cluster : IExtension
{
    private readonly ClusterFace face;
    private readonly IActorRef daemon;
    private readonly IClusterStore store;

    internal Cluster(ExtendedActorSystem system)
    {
        var setup = system.Setup.Get<ClusterSetup>() is { HasValue: true } given ? given.Value
            : throw new InvalidOperationException("This system is no node of a cluster: it was created without a ClusterSetup.");
        if (setup.Settings.Mistakes().ToList() is { Count: > 0 } mistakes)
            throw new ArgumentException(string.Join(' ', mistakes));

        (System, Settings, store) = (system, setup.Settings, setup.Store);
        face = new ClusterFace(system.EventStream);
        Gate = new LeaseGate(Settings.Clock);
        Post = system.SystemActorOf(Props.Create(() => new PostActor(Settings, store)), "cluster-post");
        var rules = setup.Rules ?? new LeaseRules(Settings.Parameters);
        daemon = system.SystemActorOf(Props.Create(() => new ClusterDaemon(Settings, store, rules, Gate, face, Post)), "cluster");
    }

    public ActorSystem System { get; }

    public ClusterSettings Settings { get; }

    /// <summary>Whether a byte may be sent for a shard, asked from any thread as the last act before.</summary>
    public LeaseGate Gate { get; }

    /// <summary>Who owns which shard, as last read. For news of it see <see cref="Follow"/>.</summary>
    public ShardHomes Homes => face.Homes;

    /// <summary>Takes <see cref="PostLetter"/>.</summary>
    public IActorRef Post { get; }

    /// <summary>This node's present life. After it was lost and has rejoined, another.</summary>
    public MemberId SelfUniqueAddress => face.Self;

    /// <summary>This node as a member; while it is none, with the status <see cref="MemberStatus.Removed"/> or <see cref="MemberStatus.Joining"/>.</summary>
    public Member SelfMember => State.Members.FirstOrDefault(member => member.Id == face.Self) ?? new Member
    {
        Id = face.Self,
        Status = face.Status,
        Number = long.MaxValue,
        Roles = Settings.Roles,
        Sites = Settings.Sites,
        Address = Settings.Address,
        Version = Settings.Version,
    };

    public IReadOnlyList<string> SelfRoles => Settings.Roles;

    public CurrentClusterState State => face.State;

    /// <summary>This node has left, was declared down, or was refused. It takes no part any more.</summary>
    public bool IsTerminated => face.WhenEnded.IsCompleted;

    /// <summary>Completed when this node is up for the first time.</summary>
    /// <exception cref="ClusterRefusedException">It will never be.</exception>
    public Task WhenUp => face.WhenUp;

    /// <summary>Completed when this node has left, was declared down, or was refused.</summary>
    public Task WhenRemoved => face.WhenEnded;

    /// <summary>Joins at the first call.</summary>
    /// <exception cref="InvalidOperationException">The system has no <see cref="ClusterSetup"/>.</exception>
    /// <exception cref="ArgumentException">The settings have mistakes, all of which are named.</exception>
    public static Cluster Get(ActorSystem system) => system.WithExtension<Cluster, ClusterExtension>();

    /// <summary>
    /// Tells <paramref name="subscriber"/> the events of the given types (subtypes of <see cref="ClusterEvent"/>; none means all) from now on, and first how things are.
    /// All events are published on the system's event stream, too.
    /// </summary>
    public void Subscribe(IActorRef subscriber, SubscriptionInitialStateMode initialState, params Type[] to) =>
        daemon.Tell(new DaemonMessage.Subscribe(subscriber, initialState == SubscriptionInitialStateMode.InitialStateAsEvents, to.Length > 0 ? to : [typeof(ClusterEvent)]), ActorRefs.NoSender);

    public void Subscribe(IActorRef subscriber, params Type[] to) => Subscribe(subscriber, SubscriptionInitialStateMode.InitialStateAsSnapshot, to);

    /// <param name="to">The type not to hear of any more; null for all.</param>
    public void Unsubscribe(IActorRef subscriber, Type? to = null) => daemon.Tell(new DaemonMessage.Unsubscribe(subscriber, to), ActorRefs.NoSender);

    /// <summary>Runs code, on some pool thread, once this node is up; at once when it is. Never when it does not come up.</summary>
    public void RegisterOnMemberUp(Action callback) => WhenUp.ContinueWith(_ => callback(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);

    /// <summary>Runs code, on some pool thread, once this node has left, was declared down, or was refused. Not when it was lost and rejoins.</summary>
    public void RegisterOnMemberRemoved(Action callback) => WhenRemoved.ContinueWith(_ => callback(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);

    /// <summary>
    /// Begins to use the shards of a space that this node comes to own. <paramref name="user"/> is told <see cref="ShardsAcquired"/> (of those it owns already, too),
    /// <see cref="GiveUpShards"/>, which it must answer with <see cref="ShardsGivenUp"/>, and <see cref="ShardsLost"/>. One user per space; the latest counts.
    /// </summary>
    public void Host(string space, IActorRef user) => daemon.Tell(new DaemonMessage.Host(space, user), ActorRefs.NoSender);

    /// <summary>Tells <paramref name="follower"/> in <see cref="ShardHomesChanged"/> of every shard that changes hands, of all spaces; and first of all owners there are.</summary>
    public void Follow(IActorRef follower) => daemon.Tell(new DaemonMessage.Follow(follower), ActorRefs.NoSender);

    /// <summary>Makes a space of shards, unless it is there. Its shards are given to nodes within seconds.</summary>
    /// <returns>Fails with <see cref="ClusterRefusedException"/> when it is there with other properties, and with the store's exception when the database does not answer.</returns>
    public async Task AddSpace(ShardSpace space)
    {
        if (space.Mistakes().FirstOrDefault() is { } mistake)
            throw new ArgumentException(mistake, nameof(space));
        if (await daemon.Ask<object>(new DaemonMessage.AddSpace(space), TimeSpan.FromSeconds(30)).ConfigureAwait(false) is DaemonMessage.SpaceAdded { Problem: { } problem })
            throw new ClusterRefusedException(problem);
    }

    /// <summary>From now on, letters to this node are told to <paramref name="receiver"/> as <see cref="LetterArrived"/>. Before the first call they wait.</summary>
    public void ReceiveLetters(IActorRef receiver) => Post.Tell(new DeliverTo(receiver), ActorRefs.NoSender);

    /// <summary>Hands back everything this node owns and leaves. Its users get <see cref="ClusterSettings.DrainLimit"/> to finish.</summary>
    public void Leave() => daemon.Tell(new DaemonMessage.Leave(), ActorRefs.NoSender);

    /// <summary>As <see cref="Leave()"/>, and completes when this node has left.</summary>
    public Task LeaveAsync()
    {
        Leave();
        return WhenRemoved;
    }

    /// <summary>Asks another node, or this one, to leave.</summary>
    /// <returns>False when no member of that name can leave.</returns>
    public Task<bool> LeaveAsync(string node) => node == Settings.Node ? LeaveSelf() : Move(node, MemberStatus.Leaving);

    /// <summary>
    /// Declares a node down: it may not renew its lease, and its shards move when that lease has certainly run out. A node that is alive stops at its next beat, and does
    /// not come back by itself.
    /// </summary>
    /// <returns>False when no member of that name can be declared down.</returns>
    public Task<bool> DownAsync(string node) => Move(node, MemberStatus.Down);

    private async Task<bool> LeaveSelf()
    {
        await LeaveAsync().ConfigureAwait(false);
        return true;
    }

    private async Task<bool> Move(string node, MemberStatus to)
    {
        var view = await store.Read().ConfigureAwait(false);
        var moved = false;
        foreach (var member in view.Members.Where(member => member.Id.Node == node && MemberRules.MayBecome(member.Status, to)))
            moved |= await store.Move(member.Id, to).ConfigureAwait(false);
        store.Hint(null);
        return moved;
    }
}
