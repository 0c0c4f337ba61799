using Trigger.Kernel.Actor;

namespace Trigger.Cluster;

/// <summary>The id of <see cref="Cluster"/>.</summary>
public sealed class ClusterExtension : ExtensionIdProvider<Cluster>
{
    public override Cluster CreateExtension(ExtendedActorSystem system) => new(system);
}
