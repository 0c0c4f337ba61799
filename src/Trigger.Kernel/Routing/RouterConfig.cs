using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

/// <summary>How a router spreads what it is told.</summary>
public abstract class RouterConfig
{
    private protected RouterConfig()
    {
    }

    internal abstract ActorBase CreateRouterActor(Props routee);
}
