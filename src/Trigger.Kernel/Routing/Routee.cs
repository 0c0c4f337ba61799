using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

/// <summary>One of those a router chooses from. What the base class is sent is lost.</summary>
public class Routee
{
    /// <summary>The answer of a logic that found none.</summary>
    public static readonly Routee NoRoutee = new();

    public static Routee FromActorRef(IActorRef actorRef) => new ActorRefRoutee(actorRef);

    public virtual void Send(object message, IActorRef? sender)
    {
    }

    public virtual Task<object> Ask(object message, TimeSpan? timeout) =>
        Task.FromException<object>(new NotSupportedException($"{GetType().Name} cannot be asked."));
}
