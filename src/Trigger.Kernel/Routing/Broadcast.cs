namespace Trigger.Kernel.Routing;

/// <summary>To all routees, whatever the router's logic.</summary>
public class Broadcast : RouterEnvelope
{
    public Broadcast(object message)
        : base(message)
    {
    }
}
