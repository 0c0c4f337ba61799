using System.Reflection;
using Trigger.Kernel.Dispatch;
using Trigger.Kernel.Routing;

namespace Trigger.Kernel.Actor;

/// <summary>How to make an actor, again and again: every restart makes a new instance. Immutable.</summary>
public sealed record Props
{
    // What a constructor throws is the reason, and not that it was called by name.
    private const BindingFlags AsItIs = BindingFlags.Instance | BindingFlags.Public | BindingFlags.CreateInstance | BindingFlags.DoNotWrapExceptions;

    private readonly Func<ActorBase> _factory;
    private readonly IIndirectActorProducer? _producer;

    /// <param name="args">For the constructor; the same instances each time.</param>
    /// <exception cref="ArgumentException">The type is no actor's.</exception>
    public Props(Type type, params object?[] args)
        : this(Checked(type), () => (ActorBase)Activator.CreateInstance(type, AsItIs, binder: null, args, culture: null)!) => Arguments = args;

    private Props(Type type, Func<ActorBase> factory, IIndirectActorProducer? producer = null)
    {
        Type = type;
        _factory = factory;
        _producer = producer;
    }

    /// <summary>An actor that handles nothing.</summary>
    public static Props Empty { get; } = Create(static () => new EmptyActor());

    public Type Type { get; }

    public string TypeName => Type.AssemblyQualifiedName ?? Type.Name;

    /// <summary>Empty when a factory makes the actor.</summary>
    public object?[] Arguments { get; } = [];

    /// <summary>Overrules the actor's own strategy when it is set.</summary>
    public SupervisorStrategy? SupervisorStrategy { get; private init; }

    /// <summary>Null for an ordinary actor.</summary>
    public RouterConfig? RouterConfig { get; private init; }

    /// <summary>Kept as it was given. A system has one dispatcher, and one more when the test kit is about.</summary>
    public string Dispatcher { get; private init; } = Dispatchers.DefaultDispatcherId;

    /// <summary>How many messages the actor may stash; null for the default of its kind of stash.</summary>
    public int? StashCapacity { get; private init; }

    /// <param name="factory">Called for every instance. A delegate and not an expression, so that nothing is compiled at run time.</param>
    public static Props Create<TActor>(Func<TActor> factory, SupervisorStrategy? supervisorStrategy = null)
        where TActor : ActorBase => new(typeof(TActor), factory) { SupervisorStrategy = supervisorStrategy };

    public static Props Create<TActor>(SupervisorStrategy supervisorStrategy)
        where TActor : ActorBase, new() => Create(static () => new TActor(), supervisorStrategy);

    public static Props Create<TActor>(params object?[] args)
        where TActor : ActorBase => Create(typeof(TActor), args);

    /// <exception cref="ArgumentException">The type is no actor's.</exception>
    public static Props Create(Type type, params object?[] args) => new(type, args);

    /// <param name="producer">Asked for every instance, and given it back when it is done with.</param>
    public static Props CreateBy(IIndirectActorProducer producer) => new(producer.ActorType, producer.Produce, producer);

    public Props WithSupervisorStrategy(SupervisorStrategy supervisorStrategy) => this with { SupervisorStrategy = supervisorStrategy };

    public Props WithRouter(RouterConfig routerConfig) => this with { RouterConfig = routerConfig is NoRouter ? null : routerConfig };

    /// <summary>Without effect, except for the name of the test kit's dispatcher where the test kit is about.</summary>
    public Props WithDispatcher(string dispatcher) => this with { Dispatcher = dispatcher };

    public Props WithStashCapacity(int stashCapacity) => this with { StashCapacity = stashCapacity };

    internal ActorBase NewActor() => _factory();

    internal void Release(ActorBase? actor)
    {
        if (_producer is not null && actor is not null)
            _producer.Release(actor);
    }

    private static Type Checked(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return typeof(ActorBase).IsAssignableFrom(type) ? type : throw new ArgumentException($"{type} is not an actor.", nameof(type));
    }

    private sealed class EmptyActor : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
