namespace Trigger.Kernel.Actor;

public static class ActorRefs
{
    /// <summary>The absent sender.</summary>
    public const IActorRef? NoSender = null;

    /// <summary>The absent actor, as answered by <see cref="IActorContext.Child"/>: swallows every message.</summary>
    public static readonly IActorRef Nobody = Actor.Nobody.Instance;
}
