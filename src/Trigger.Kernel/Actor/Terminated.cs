using Trigger.Kernel.Event;

namespace Trigger.Kernel.Actor;

/// <summary>The notice of death watch. Left unhandled it fails the watcher with <see cref="DeathPactException"/>.</summary>
public sealed class Terminated : AutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    public Terminated(IActorRef actorRef, bool existenceConfirmed, bool addressTerminated)
    {
        ActorRef = actorRef;
        ExistenceConfirmed = existenceConfirmed;
        AddressTerminated = addressTerminated;
    }

    public IActorRef ActorRef { get; }

    /// <summary>False when the subject was already gone, or never was, as the watch reached it.</summary>
    public bool ExistenceConfirmed { get; }

    public bool AddressTerminated { get; }

    public override string ToString() => $"<Terminated>: {ActorRef} - ExistenceConfirmed={ExistenceConfirmed}";
}
