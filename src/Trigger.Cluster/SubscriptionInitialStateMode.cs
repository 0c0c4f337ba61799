namespace Trigger.Cluster;

/// <summary>What a new subscriber is told first.</summary>
public enum SubscriptionInitialStateMode
{
    /// <summary>The state as it is, in one <see cref="Membership.CurrentClusterState"/>.</summary>
    InitialStateAsSnapshot,

    /// <summary>The events that would have led to it.</summary>
    InitialStateAsEvents,
}
