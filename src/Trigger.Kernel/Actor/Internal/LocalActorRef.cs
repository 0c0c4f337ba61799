namespace Trigger.Kernel.Actor.Internal;

/// <summary>A reference whose cell is in this process. Derived from only by the reference of a router, which delivers elsewhere.</summary>
internal class LocalActorRef : InternalActorRef
{
    internal LocalActorRef(ActorSystem system, Props props, InternalActorRef parent, ActorPath path)
    {
        Path = path;
        Cell = new ActorCell(system, this, props, parent);
    }

    public override ActorPath Path { get; }

    internal ActorCell Cell { get; }

    internal sealed override ActorSystem System => Cell.System;

    internal override void SendSystem(SystemMessage message) => Cell.Mailbox.EnqueueSystem(message);

    internal override void Stop() => SendSystem(new SystemMessage.Terminate());

    protected override void TellInternal(object message, IActorRef? sender) => Cell.Mailbox.Enqueue(message, sender);
}
