using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Event;

/// <summary>A dead letter that is expected and never logged.</summary>
public sealed class SuppressedDeadLetter : AllDeadLetters
{
    public SuppressedDeadLetter(IDeadLetterSuppression message, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient)
    {
    }
}
