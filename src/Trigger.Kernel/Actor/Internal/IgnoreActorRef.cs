namespace Trigger.Kernel.Actor.Internal;

/// <summary>Takes everything and does nothing; for answers nobody wants, and no dead letters either.</summary>
internal sealed class IgnoreActorRef(ActorSystem system) : InternalActorRef
{
    public override ActorPath Path { get; } = ActorPath.RootOf(new Address("akka", "all-systems")) / "ignore";

    internal override ActorSystem System => system;

    internal override void SendSystem(SystemMessage message)
    {
        // Whoever watches it waits for ever: it never ends.
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
    }
}
