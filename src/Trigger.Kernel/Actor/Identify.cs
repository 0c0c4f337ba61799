namespace Trigger.Kernel.Actor;

/// <summary>Every actor answers it with <see cref="ActorIdentity"/>.</summary>
public sealed class Identify : AutoReceivedMessage
{
    public Identify(object? messageId) => MessageId = messageId;

    public object? MessageId { get; }
}
