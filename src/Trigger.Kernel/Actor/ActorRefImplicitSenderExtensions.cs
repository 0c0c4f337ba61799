using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Actor;

public static class ActorRefImplicitSenderExtensions
{
    /// <summary>Sends with the running actor as sender, or without a sender outside of actors.</summary>
    public static void Tell(this IActorRef receiver, object message) => receiver.Tell(message, AmbientCell.Current?.Self);

    /// <summary>Passes a message on with the sender it came from.</summary>
    public static void Forward(this IActorRef receiver, object message) => receiver.Tell(message, AmbientCell.Current?.Sender);
}
