namespace Trigger.Kernel.Actor.Internal;

internal static class ActorRefProxies
{
    /// <summary>The kernel's own reference behind what a user holds; null for a foreign one.</summary>
    internal static InternalActorRef? AsInternal(this ICanTell? actor) => actor as InternalActorRef ?? (actor as IActorRefProxy)?.Actor as InternalActorRef;
}
