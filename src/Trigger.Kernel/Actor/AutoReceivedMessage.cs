namespace Trigger.Kernel.Actor;

/// <summary>
/// Messages that the cell looks at before the actor does. A class and not an interface, because this check is made on every message and
/// comparing with a base class is the cheaper of the two.
/// </summary>
public abstract class AutoReceivedMessage
{
    private protected AutoReceivedMessage()
    {
    }
}
