using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

/// <summary>Chooses the routee of a message. Called on the senders' threads, by many at once.</summary>
public abstract class RoutingLogic : INoSerializationVerificationNeeded
{
    /// <returns><see cref="Routee.NoRoutee"/> when there is none; <see cref="SeveralRoutees"/> for more than one.</returns>
    public abstract Routee Select(object message, Routee[] routees);
}
