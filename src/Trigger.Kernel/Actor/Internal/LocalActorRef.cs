namespace Trigger.Kernel.Actor.Internal;

internal sealed class LocalActorRef : InternalActorRef
{
    internal LocalActorRef(ActorSystem system, Props props, InternalActorRef parent, ActorPath path)
    {
        Path = path;
        Cell = new ActorCell(system, this, props, parent);
    }

    public override ActorPath Path { get; }

    internal ActorCell Cell { get; }

    internal override ActorSystem System => Cell.System;

    internal override void SendSystem(SystemMessage message) => Cell.Mailbox.EnqueueSystem(message);

    internal override void Stop() => SendSystem(new SystemMessage.Terminate());

    protected override void TellInternal(object message, IActorRef? sender) => Cell.Mailbox.Enqueue(message, sender);
}
