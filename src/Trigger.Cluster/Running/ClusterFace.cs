using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Kernel.Event;

namespace Trigger.Cluster.Running;

/// <summary>What the daemon shows to other threads: values that are replaced whole.</summary>
internal sealed class ClusterFace(EventStream events)
{
    private readonly TaskCompletionSource up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile CurrentClusterState state = CurrentClusterState.Empty;
    private volatile ShardHomes homes = ShardHomes.Unknown;
    private volatile SelfState self = new(default, MemberStatus.Removed);

    public CurrentClusterState State
    {
        get => state;
        set => state = value;
    }

    public ShardHomes Homes
    {
        get => homes;
        set => homes = value;
    }

    public MemberId Self => self.Id;

    /// <summary>Removed while the node is between two lives.</summary>
    public MemberStatus Status => self.Status;

    public Task WhenUp => up.Task;

    public Task WhenEnded => ended.Task;

    public void Become(MemberId id, MemberStatus status)
    {
        self = new SelfState(id, status);
        if (status == MemberStatus.Up)
            up.TrySetResult();
    }

    public void End()
    {
        self = new SelfState(self.Id, MemberStatus.Removed);
        up.TrySetException(new ClusterRefusedException("This node left the cluster before it was up."));
        _ = up.Task.Exception; // Nobody has to have waited for it.
        ended.TrySetResult();
    }

    public void Refuse(string why)
    {
        up.TrySetException(new ClusterRefusedException(why));
        _ = up.Task.Exception;
        ended.TrySetResult();
    }

    public void Publish(object happened) => events.Publish(happened);

    private sealed record SelfState(MemberId Id, MemberStatus Status);
}
