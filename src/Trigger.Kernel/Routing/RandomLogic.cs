using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Routing;

/// <summary>Any.</summary>
public sealed class RandomLogic : RoutingLogic
{
    // Told by an actor, its system's dice are used, which a simulation seeds.
    public override Routee Select(object message, Routee[] routees) =>
        routees.Length == 0 ? Routee.NoRoutee : routees[(AmbientCell.Current?.System.Random ?? Random.Shared).Next(routees.Length)];
}
