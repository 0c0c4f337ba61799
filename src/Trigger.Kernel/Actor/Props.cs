using Trigger.Kernel.Routing;

namespace Trigger.Kernel.Actor;

/// <summary>How to make an actor, again and again: every restart makes a new instance. Immutable.</summary>
public sealed record Props
{
    private readonly Func<ActorBase> _factory;

    private Props(Type type, Func<ActorBase> factory)
    {
        Type = type;
        _factory = factory;
    }

    public Type Type { get; }

    /// <summary>Overrules the actor's own strategy when it is set.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; private init; }

    public RouterConfig? RouterConfig { get; private init; }

    /// <summary>How many messages the actor may stash; null for the default of its kind of stash.</summary>
    public int? StashCapacity { get; private init; }

    /// <param name="factory">Called for every instance. A delegate and not an expression, so that nothing is compiled at run time.</param>
    public static Props Create<TActor>(Func<TActor> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase => new(typeof(TActor), factory) { SupervisorStrategy = supervisorStrategy };

    public static Props Create<TActor>(params object?[] args)
        where TActor : ActorBase => Create(typeof(TActor), args);

    public static Props Create(Type type, params object?[] args)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!typeof(ActorBase).IsAssignableFrom(type))
            throw new ArgumentException($"{type} is not an actor.", nameof(type));

        return new Props(type, () => (ActorBase)Activator.CreateInstance(type, args)!);
    }

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => this with { SupervisorStrategy = supervisorStrategy };

    public Props WithRouter(RouterConfig routerConfig) => this with { RouterConfig = routerConfig };

    public Props WithStashCapacity(int stashCapacity) => this with { StashCapacity = stashCapacity };

    internal ActorBase NewActor() => RouterConfig is { } router ? router.CreateRouterActor(this with { RouterConfig = null }) : _factory();
}
