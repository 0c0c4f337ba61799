using Trigger.Cluster.Storing;
using Trigger.Kernel.Actor.Setup;

namespace Trigger.Cluster;

/// <summary>Makes a system one node of a cluster: give it to <c>ActorSystem.Create</c>, and call <see cref="Cluster.Get"/> once to join.</summary>
public sealed class ClusterSetup(ClusterSettings settings, IClusterStore store) : Setup
{
    public ClusterSettings Settings { get; } = settings;

    public IClusterStore Store { get; } = store;

    /// <summary>Replaces the arithmetic of the lease. For the simulation, to show that it would notice.</summary>
    internal Leases.LeaseRules? Rules { get; init; }
}
