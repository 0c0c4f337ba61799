namespace Trigger.Kernel.Actor;

/// <summary>What can create, stop and select actors: a system at the top level, a context below its actor.</summary>
public interface IActorRefFactory
{
    /// <param name="name">Null for a name made here, beginning with a dollar.</param>
    /// <exception cref="InvalidActorNameException">The name is not allowed or already taken.</exception>
    IActorRef ActorOf(Props props, string? name = null);

    ActorSelection ActorSelection(string actorPath);

    ActorSelection ActorSelection(ActorPath actorPath);
}
