using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Routing;

/// <summary>A router whose routees are its children. It supervises them, by default as any actor would, and stops when the last is gone.</summary>
public abstract class Pool : RouterConfig, IEquatable<Pool>
{
    /// <param name="resizer">Null for a pool that keeps its size.</param>
    /// <param name="routerDispatcher">Without effect: a system here has one dispatcher.</param>
    /// <param name="usePoolDispatcher">Without effect likewise.</param>
    protected Pool(int nrOfInstances, Resizer? resizer, SupervisorStrategy? supervisorStrategy, string routerDispatcher, bool usePoolDispatcher)
        : base(routerDispatcher)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nrOfInstances);
        NrOfInstances = nrOfInstances;
        Resizer = resizer;
        SupervisorStrategy = supervisorStrategy ?? DefaultSupervisorStrategy;
        UsePoolDispatcher = usePoolDispatcher;
    }

    public static SupervisorStrategy DefaultSupervisorStrategy => Actor.SupervisorStrategy.DefaultStrategy;

    public int NrOfInstances { get; }

    public virtual Resizer? Resizer { get; }

    public virtual SupervisorStrategy SupervisorStrategy { get; }

    public virtual bool UsePoolDispatcher { get; }

    /// <summary>A pool that can grow again lives on.</summary>
    public override bool StopRouterWhenAllRouteesRemoved => Resizer is null;

    public abstract int GetNrOfInstances(ActorSystem system);

    public Props Props(Props routeeProps) => routeeProps.WithRouter(this);

    public override ActorBase CreateRouterActor() => new RouterActor(this);

    public bool Equals(Pool? other) => base.Equals(other) && NrOfInstances == other!.NrOfInstances && Equals(Resizer, other.Resizer);

    public override bool Equals(object? obj) => Equals(obj as Pool);

    public override int GetHashCode() => HashCode.Combine(base.GetHashCode(), NrOfInstances);

    internal override IEnumerable<Routee> FirstRoutees(ActorCell cell, Props routeeProps) =>
        Enumerable.Range(0, GetNrOfInstances(cell.System)).Select(_ => new ActorRefRoutee(cell.ActorOf(routeeProps)));

    /// <summary>A copy with the other's resizer and strategy where this pool has none of its own.</summary>
    private protected RouterConfig Filled(RouterConfig other, Func<Resizer?, SupervisorStrategy, RouterConfig> copy)
    {
        if (other is not Pool pool)
            return this;

        var strategy = ReferenceEquals(SupervisorStrategy, DefaultSupervisorStrategy) ? pool.SupervisorStrategy : SupervisorStrategy;
        return copy(Resizer ?? pool.Resizer, strategy);
    }
}
