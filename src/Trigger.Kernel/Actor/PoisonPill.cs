using Trigger.Kernel.Event;

namespace Trigger.Kernel.Actor;

/// <summary>Stops the actor when its turn in the queue comes. A persistent actor finishes the handlers of its pending events first.</summary>
public sealed class PoisonPill : AutoReceivedMessage, IPossiblyHarmful, IDeadLetterSuppression
{
    public static readonly PoisonPill Instance = new();

    private PoisonPill()
    {
    }

    public override string ToString() => "<PoisonPill>";
}
