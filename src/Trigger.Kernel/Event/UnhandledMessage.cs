using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Event;

/// <summary>A message that reached an actor which had no handler for it.</summary>
public sealed class UnhandledMessage
{
    public UnhandledMessage(object message, IActorRef sender, IActorRef recipient)
    {
        Message = message;
        Sender = sender;
        Recipient = recipient;
    }

    public object Message { get; }

    public IActorRef Sender { get; }

    public IActorRef Recipient { get; }

    public override string ToString() => $"UnhandledMessage from {Sender} to {Recipient}: <{Message}>";
}
