using Trigger.Kernel.Event;

namespace Trigger.Kernel.Actor.Internal;

/// <summary>Where lost messages end: each is published on the event stream, and the first few are logged.</summary>
internal sealed class DeadLetterActorRef(ActorSystem system, ActorPath path, DeadLetterLog log) : InternalActorRef
{
    public override ActorPath Path => path;

    internal override ActorSystem System => system;

    protected override void TellInternal(object message, IActorRef? sender)
    {
        var letter = message as DeadLetter ?? new DeadLetter(message, sender ?? this, this);

        if (letter.Message is Identify identify)
        {
            if (!ReferenceEquals(letter.Sender, this))
                letter.Sender.Tell(new ActorIdentity(identify.MessageId, null), this);
            return;
        }

        // A timer's tick that outlived its actor was meant for nobody else.
        if (letter.Message is TimerTick)
            return;

        if (letter.Message is IDeadLetterSuppression suppressed)
        {
            system.EventStream.Publish(new SuppressedDeadLetter(suppressed, letter.Sender, letter.Recipient));
            return;
        }

        system.EventStream.Publish(letter);
        log.Note(letter);
    }
}
