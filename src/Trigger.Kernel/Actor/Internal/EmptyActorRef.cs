using Trigger.Kernel.Event;

namespace Trigger.Kernel.Actor.Internal;

/// <summary>A path at which nobody lives: what it is told becomes dead letters addressed to that path.</summary>
internal sealed class EmptyActorRef(ActorSystem system, ActorPath path) : InternalActorRef
{
    public override ActorPath Path => path;

    internal override ActorSystem System => system;

    protected override void TellInternal(object message, IActorRef? sender) =>
        system.DeadLetters.Tell(new DeadLetter(message, sender ?? system.DeadLetters, this), sender);
}
