using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Persistence;

public sealed class Persistence : ExtensionIdProvider<PersistenceExtension>
{
    public static readonly Persistence Instance = new();

    private Persistence()
    {
    }

    public override PersistenceExtension CreateExtension(ExtendedActorSystem system) => new(system);
}
