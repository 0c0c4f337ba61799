using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Dispatch;

namespace Trigger.Kernel.Routing;

/// <summary>Children, asked one after another until one answers.</summary>
public sealed class TailChoppingPool : Pool
{
    public TailChoppingPool(Config config)
        : this(
            config.GetInt("nr-of-instances", 1),
            Resizer.FromConfig(config),
            DefaultSupervisorStrategy,
            Dispatchers.DefaultDispatcherId,
            config.GetTimeSpan("within", TimeSpan.FromSeconds(5)),
            config.GetTimeSpan("tail-chopping-router.interval", TimeSpan.FromMilliseconds(10)))
    {
    }

    public TailChoppingPool(int nrOfInstances, TimeSpan within, TimeSpan interval)
        : this(nrOfInstances, null, DefaultSupervisorStrategy, Dispatchers.DefaultDispatcherId, within, interval)
    {
    }

    /// <param name="within">How long to wait for an answer at all.</param>
    /// <param name="interval">How long to wait before the next is asked.</param>
    public TailChoppingPool(
        int nrOfInstances, Resizer? resizer, SupervisorStrategy supervisorStrategy, string routerDispatcher, TimeSpan within, TimeSpan interval, bool usePoolDispatcher = false)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher)
    {
        Within = within;
        Interval = interval;
    }

    public TimeSpan Within { get; }

    public TimeSpan Interval { get; }

    public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

    public override Router CreateRouter(ActorSystem system) => new(new TailChopping(system.Scheduler, Within, Interval));

    public TailChoppingPool WithSupervisorStrategy(SupervisorStrategy strategy) => Copy(Resizer, strategy, RouterDispatcher);

    public TailChoppingPool WithResizer(Resizer resizer) => Copy(resizer, SupervisorStrategy, RouterDispatcher);

    public TailChoppingPool WithDispatcher(string dispatcher) => Copy(Resizer, SupervisorStrategy, dispatcher);

    public override RouterConfig WithFallback(RouterConfig routerConfig) => Filled(routerConfig, (resizer, strategy) => Copy(resizer, strategy, RouterDispatcher));

    private TailChoppingPool Copy(Resizer? resizer, SupervisorStrategy strategy, string dispatcher) =>
        new(NrOfInstances, resizer, strategy, dispatcher, Within, Interval, UsePoolDispatcher);
}
