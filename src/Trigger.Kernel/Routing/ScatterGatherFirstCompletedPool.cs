using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Dispatch;

namespace Trigger.Kernel.Routing;

/// <summary>Children, all of them asked; the first answer is passed on.</summary>
public sealed class ScatterGatherFirstCompletedPool : Pool
{
    public ScatterGatherFirstCompletedPool(Config config)
        : this(config.GetInt("nr-of-instances", 1), Resizer.FromConfig(config), config.GetTimeSpan("within", TimeSpan.FromSeconds(5)), DefaultSupervisorStrategy, Dispatchers.DefaultDispatcherId)
    {
    }

    public ScatterGatherFirstCompletedPool(int nrOfInstances)
        : this(nrOfInstances, TimeSpan.FromSeconds(5))
    {
    }

    public ScatterGatherFirstCompletedPool(int nrOfInstances, TimeSpan within)
        : this(nrOfInstances, null, within, DefaultSupervisorStrategy, Dispatchers.DefaultDispatcherId)
    {
    }

    /// <param name="within">How long an answer may take; after it the asker gets a <see cref="Status.Failure"/> with an <see cref="AskTimeoutException"/>.</param>
    public ScatterGatherFirstCompletedPool(
        int nrOfInstances, Resizer? resizer, TimeSpan within, SupervisorStrategy supervisorStrategy, string routerDispatcher, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher) => Within = within;

    public TimeSpan Within { get; }

    public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

    public override Router CreateRouter(ActorSystem system) => new(new ScatterGatherFirstCompletedRoutingLogic(Within));

    public ScatterGatherFirstCompletedPool WithSupervisorStrategy(SupervisorStrategy strategy) => Copy(Resizer, strategy, RouterDispatcher);

    public ScatterGatherFirstCompletedPool WithResizer(Resizer resizer) => Copy(resizer, SupervisorStrategy, RouterDispatcher);

    public ScatterGatherFirstCompletedPool WithDispatcher(string dispatcher) => Copy(Resizer, SupervisorStrategy, dispatcher);

    public override RouterConfig WithFallback(RouterConfig routerConfig) => Filled(routerConfig, (resizer, strategy) => Copy(resizer, strategy, RouterDispatcher));

    private ScatterGatherFirstCompletedPool Copy(Resizer? resizer, SupervisorStrategy strategy, string dispatcher) =>
        new(NrOfInstances, resizer, Within, strategy, dispatcher, UsePoolDispatcher);
}
