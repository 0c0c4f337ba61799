using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Event;

/// <summary>A message that reached an actor which had no handler for it.</summary>
public sealed class UnhandledMessage : AllDeadLetters
{
    public UnhandledMessage(object message, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient)
    {
    }
}
