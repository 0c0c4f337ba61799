using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Cluster.Storing;
using Trigger.Kernel.Actor;

namespace Trigger.Cluster.Running;

/// <summary>What the daemon is told by the extension and by its own questions.</summary>
internal abstract record DaemonMessage
{
    private DaemonMessage()
    {
    }

    public sealed record Tick : DaemonMessage;

    /// <summary>Somebody's silence is long enough by now.</summary>
    public sealed record LookNow : DaemonMessage;

    public sealed record Hinted(MemberId Self, StoreHint Hint) : DaemonMessage;

    /// <param name="Sent">When it was sent, on the clock of the lease.</param>
    /// <param name="Answer">Null when none came.</param>
    public sealed record RenewalEnded(MemberId Self, TimeSpan Sent, RenewAnswer? Answer, Exception? Failure) : DaemonMessage;

    public sealed record JoinEnded(MemberId Self, TimeSpan Sent, JoinAnswer Answer) : DaemonMessage;

    public sealed record Released(IReadOnlyList<ReleasedShard> Shards) : DaemonMessage;

    public sealed record Departed : DaemonMessage;

    public sealed record Host(string Space, IActorRef User) : DaemonMessage;

    public sealed record Follow(IActorRef Follower) : DaemonMessage;

    public sealed record AddSpace(ShardSpace Space) : DaemonMessage;

    public sealed record SpaceAdded(ShardSpace Space, string? Problem) : DaemonMessage;

    public sealed record Subscribe(IActorRef Subscriber, bool AsEvents, Type[] Kinds) : DaemonMessage;

    public sealed record Unsubscribe(IActorRef Subscriber, Type? Kind) : DaemonMessage;

    public sealed record Leave : DaemonMessage;
}
