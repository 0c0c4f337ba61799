using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Event;

public sealed class DeadLetter : AllDeadLetters
{
    public DeadLetter(object message, IActorRef sender, IActorRef recipient)
        : base(message, sender, recipient)
    {
    }
}
