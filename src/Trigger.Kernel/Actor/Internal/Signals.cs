namespace Trigger.Kernel.Actor.Internal;

internal static class Signals
{
    /// <summary>Tells an actor something ahead of its queue, even while that queue is held.</summary>
    internal static void Signal(this IActorRef receiver, object message, IActorRef? sender)
    {
        if (receiver is LocalActorRef local)
            local.SendSystem(new SystemMessage.Signal(message, sender));
        else
            receiver.Tell(message, sender);
    }
}
