using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Dispatch;

namespace Trigger.Kernel.Routing;

/// <summary>Children, chosen by a key of the message.</summary>
public sealed class ConsistentHashingPool : Pool
{
    private readonly ConsistentHashMapping _hashMapping;

    public ConsistentHashingPool(Config config)
        : this(
            config.GetInt("nr-of-instances", 1),
            Resizer.FromConfig(config),
            DefaultSupervisorStrategy,
            Dispatchers.DefaultDispatcherId,
            virtualNodesFactor: config.GetInt("virtual-nodes-factor"))
    {
    }

    public ConsistentHashingPool(int nrOfInstances)
        : this(nrOfInstances, null, DefaultSupervisorStrategy, Dispatchers.DefaultDispatcherId)
    {
    }

    public ConsistentHashingPool(int nrOfInstances, ConsistentHashMapping hashMapping)
        : this(nrOfInstances, null, DefaultSupervisorStrategy, Dispatchers.DefaultDispatcherId, hashMapping: hashMapping)
    {
    }

    /// <param name="virtualNodesFactor">How many points of the ring each routee holds; 0 for the system's setting.</param>
    /// <param name="hashMapping">Null when messages know their keys.</param>
    public ConsistentHashingPool(
        int nrOfInstances,
        Resizer? resizer,
        SupervisorStrategy supervisorStrategy,
        string routerDispatcher,
        bool usePoolDispatcher = false,
        int virtualNodesFactor = 0,
        ConsistentHashMapping? hashMapping = null)
        : base(nrOfInstances, resizer, supervisorStrategy, routerDispatcher, usePoolDispatcher)
    {
        VirtualNodesFactor = virtualNodesFactor;
        _hashMapping = hashMapping ?? (static _ => null);
    }

    public int VirtualNodesFactor { get; }

    public override int GetNrOfInstances(ActorSystem system) => NrOfInstances;

    public override Router CreateRouter(ActorSystem system) => new(new ConsistentHashingRoutingLogic(system, VirtualNodesFactor, _hashMapping));

    public ConsistentHashingPool WithVirtualNodesFactor(int vnodes) => Copy(Resizer, SupervisorStrategy, RouterDispatcher, vnodes, _hashMapping);

    public ConsistentHashingPool WithHashMapping(ConsistentHashMapping mapping) => Copy(Resizer, SupervisorStrategy, RouterDispatcher, VirtualNodesFactor, mapping);

    public ConsistentHashingPool WithSupervisorStrategy(SupervisorStrategy strategy) => Copy(Resizer, strategy, RouterDispatcher, VirtualNodesFactor, _hashMapping);

    public ConsistentHashingPool WithResizer(Resizer resizer) => Copy(resizer, SupervisorStrategy, RouterDispatcher, VirtualNodesFactor, _hashMapping);

    public ConsistentHashingPool WithDispatcher(string dispatcher) => Copy(Resizer, SupervisorStrategy, dispatcher, VirtualNodesFactor, _hashMapping);

    public override RouterConfig WithFallback(RouterConfig routerConfig)
    {
        // A mapping is code, so it can only come from there.
        var mapping = routerConfig is ConsistentHashingPool other ? other._hashMapping : _hashMapping;
        return Filled(routerConfig, (resizer, strategy) => Copy(resizer, strategy, RouterDispatcher, VirtualNodesFactor, mapping));
    }

    private ConsistentHashingPool Copy(Resizer? resizer, SupervisorStrategy strategy, string dispatcher, int vnodes, ConsistentHashMapping mapping) =>
        new(NrOfInstances, resizer, strategy, dispatcher, UsePoolDispatcher, vnodes, mapping);
}
