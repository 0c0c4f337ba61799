using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Actor;

/// <summary>The absent actor, under the name of its class in Akka.NET.</summary>
public static class Nobody
{
    public static readonly IActorRef Instance = new NobodyRef();
}
