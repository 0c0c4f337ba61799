using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

/// <summary>A router of one's own, which begins with the routees that its CreateRouter gives it.</summary>
public abstract class CustomRouterConfig : RouterConfig
{
    protected CustomRouterConfig()
    {
    }

    protected CustomRouterConfig(string routerDispatcher)
        : base(routerDispatcher)
    {
    }

    public override ActorBase CreateRouterActor() => new RouterActor();
}
