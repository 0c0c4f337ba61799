using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

/// <summary>Instructions for a router around a message; the routee gets the message alone.</summary>
public class RouterEnvelope : IWrappedMessage
{
    public RouterEnvelope(object message) => Message = message;

    public object Message { get; }
}
