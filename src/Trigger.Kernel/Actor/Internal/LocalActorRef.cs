using Trigger.Kernel.Hosting;

namespace Trigger.Kernel.Actor.Internal;

/// <summary>A reference whose cell is in this process. Derived from only by the reference of a router, which delivers elsewhere.</summary>
internal class LocalActorRef : InternalActorRef
{
    // One step less on the way of every message.
    private readonly Mailbox _mailbox;

    /// <param name="dispatcher">Null for the one that the props name.</param>
    internal LocalActorRef(ActorSystem system, Props props, InternalActorRef parent, ActorPath path, ActorDispatcher? dispatcher = null)
    {
        Path = path;
        Cell = new ActorCell(system, this, props, parent, dispatcher);
        _mailbox = Cell.Mailbox;
    }

    public override ActorPath Path { get; }

    internal ActorCell Cell { get; }

    internal sealed override ActorSystem System => Cell.System;

    internal override void SendSystem(SystemMessage message) => _mailbox.EnqueueSystem(message);

    internal override void Stop() => SendSystem(new SystemMessage.Terminate());

    protected override void TellInternal(object message, IActorRef? sender) => _mailbox.Enqueue(message, sender);
}
