using Trigger.Kernel.Actor;

namespace Trigger.Lab.TestKit;

/// <summary>What a test actor received, and from whom.</summary>
public sealed record MessageEnvelope(object? Message, IActorRef Sender)
{
    /// <summary>Stands for no message at all.</summary>
    public static MessageEnvelope None { get; } = new(null, ActorRefs.Nobody);

    public override string ToString() => this == None ? "<nothing>" : $"<{Message}> from {Sender}";
}
