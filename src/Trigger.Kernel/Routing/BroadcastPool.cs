using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Dispatch;

namespace Trigger.Kernel.Routing;

/// <summary>Children, all of them.</summary>
public sealed class BroadcastPool : Pool
{
    public BroadcastPool(Config config)
        : this(config.GetInt("nr-of-instances", 1), Resizer.FromConfig(config), DefaultSupervisorStrategy, Dispatchers.DefaultDispatcherId)
    {
    }

    public BroadcastPool(int nrOfInstances)
        : this(nrOfInstances, null, DefaultSupervisorStrategy, Dispatchers.DefaultDispatcherId)
    {
    }

    public BroadcastPool(int nrOfInstances, Resizer? resizer, SupervisorStrategy supervisorStrategy, string routerDispatcher, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher)
    {
    }

    public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

    public override Router CreateRouter(ActorSystem system) => new(new BroadcastRoutingLogic());

    public BroadcastPool WithSupervisorStrategy(SupervisorStrategy strategy) => Copy(Resizer, strategy, RouterDispatcher);

    public BroadcastPool WithResizer(Resizer resizer) => Copy(resizer, SupervisorStrategy, RouterDispatcher);

    public BroadcastPool WithDispatcher(string dispatcher) => Copy(Resizer, SupervisorStrategy, dispatcher);

    public override RouterConfig WithFallback(RouterConfig routerConfig) => Filled(routerConfig, (resizer, strategy) => Copy(resizer, strategy, RouterDispatcher));

    private BroadcastPool Copy(Resizer? resizer, SupervisorStrategy strategy, string dispatcher) =>
        new(NrOfInstances, resizer, strategy, dispatcher, UsePoolDispatcher);
}
