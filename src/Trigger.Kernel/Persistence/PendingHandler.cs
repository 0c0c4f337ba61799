using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Persistence;

/// <summary>What is to be done once an event is stored; for a deferred one, once all before it are.</summary>
internal sealed class PendingHandler(object @event, Func<object, Task> handler, PendingHandler.Kind kind, IActorRef? sender)
{
    internal enum Kind
    {
        /// <summary>Commands wait for it.</summary>
        Stashing,

        Concurrent,

        /// <summary>Nothing is written for it.</summary>
        Deferred,
    }

    internal object Event { get; } = @event;

    internal Kind What { get; } = kind;

    internal IActorRef? Sender { get; } = sender;

    internal Task Run(object stored) => handler(stored);
}
