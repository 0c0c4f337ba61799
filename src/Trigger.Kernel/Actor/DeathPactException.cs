namespace Trigger.Kernel.Actor;

/// <summary>An actor that was watched has stopped and the watcher had no handler for the notice.</summary>
public sealed class DeathPactException : AkkaException
{
    public DeathPactException(IActorRef deadActor)
        : base($"Monitored actor [{deadActor}] terminated") => DeadActor = deadActor;

    public IActorRef DeadActor { get; }
}
