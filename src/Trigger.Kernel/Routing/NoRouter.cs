using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

/// <summary>An ordinary actor.</summary>
public class NoRouter : RouterConfig
{
    protected NoRouter()
    {
    }

    public static NoRouter Instance { get; } = new();

    public override Router CreateRouter(ActorSystem system) => throw new NotSupportedException("NoRouter has no router.");

    public override ActorBase CreateRouterActor() => throw new NotSupportedException("NoRouter has no router.");

    public override RouterConfig WithFallback(RouterConfig routerConfig) => routerConfig;
}
