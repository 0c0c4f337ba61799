using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

/// <summary>What an actor with listeners is told about them.</summary>
public abstract class ListenerMessage
{
    private protected ListenerMessage()
    {
    }
}

public sealed class Listen(IActorRef listener) : ListenerMessage
{
    public IActorRef Listener { get; } = listener;
}

public sealed class Deafen(IActorRef listener) : ListenerMessage
{
    public IActorRef Listener { get; } = listener;
}

/// <summary>Does something with every listener.</summary>
public sealed class WithListeners(Action<IActorRef> listenerFunction) : ListenerMessage
{
    public Action<IActorRef> ListenerFunction { get; } = listenerFunction;
}
