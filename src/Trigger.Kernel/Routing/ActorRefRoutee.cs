using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

public class ActorRefRoutee : Routee
{
    public ActorRefRoutee(IActorRef actor) => Actor = actor;

    public IActorRef Actor { get; }

    public override void Send(object message, IActorRef? sender) => Actor.Tell(message, sender);

    public override Task<object> Ask(object message, TimeSpan? timeout) => Actor.Ask(message, timeout);

    public override bool Equals(object? obj) => obj is ActorRefRoutee other && Actor.Equals(other.Actor);

    public override int GetHashCode() => Actor.GetHashCode();

    public override string ToString() => Actor.Path.ToString();
}
