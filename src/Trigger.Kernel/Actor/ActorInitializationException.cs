namespace Trigger.Kernel.Actor;

/// <summary>The constructor or PreStart failed. Stops the actor under the default decider.</summary>
public class ActorInitializationException : AkkaException
{
    public ActorInitializationException(IActorRef? actor, string message, Exception? cause = null)
        : base(message, cause) => Actor = actor;

    public IActorRef? Actor { get; }
}
