using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

/// <summary>A routee by path: whoever lives there when a message comes.</summary>
public class ActorSelectionRoutee : Routee
{
    public ActorSelectionRoutee(ActorSelection actor) => Selection = actor;

    public ActorSelection Selection { get; }

    public override void Send(object message, IActorRef? sender) => Selection.Tell(message, sender);

    public override Task<object> Ask(object message, TimeSpan? timeout) => Selection.Ask(message, timeout);

    public override bool Equals(object? obj) => obj is ActorSelectionRoutee other && Selection.Equals(other.Selection);

    public override int GetHashCode() => Selection.GetHashCode();

    public override string ToString() => Selection.PathString;
}
