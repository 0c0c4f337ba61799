using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

/// <summary>A logic and its routees. Immutable, and of use inside an actor of one's own as well.</summary>
public class Router
{
    private readonly Routee[] _routees;

    public Router(RoutingLogic logic, params Routee[] routees)
    {
        RoutingLogic = logic ?? throw new ArgumentNullException(nameof(logic));
        _routees = routees ?? [];
    }

    public Router(RoutingLogic logic, IActorRef routee, params IActorRef[] routees)
        : this(logic, [new ActorRefRoutee(routee), .. routees.Select(Routee.FromActorRef)])
    {
    }

    public IEnumerable<Routee> Routees => _routees;

    public RoutingLogic RoutingLogic { get; }

    internal int Count => _routees.Length;

    public virtual void Route(object message, IActorRef? sender) => TryRoute(message, sender);

    public virtual Router WithRoutees(params Routee[] routees) => new(RoutingLogic, routees);

    public virtual Router AddRoutee(Routee routee) => new(RoutingLogic, [.. _routees, routee]);

    public Router AddRoutee(IActorRef routee) => AddRoutee(new ActorRefRoutee(routee));

    public Router AddRoutee(ActorSelection routee) => AddRoutee(new ActorSelectionRoutee(routee));

    public virtual Router RemoveRoutee(Routee routee) => new(RoutingLogic, [.. _routees.Where(present => !present.Equals(routee))]);

    public Router RemoveRoutee(IActorRef routee) => RemoveRoutee(new ActorRefRoutee(routee));

    public Router RemoveRoutee(ActorSelection routee) => RemoveRoutee(new ActorSelectionRoutee(routee));

    protected virtual void Send(Routee routee, object message, IActorRef? sender) => routee.Send(UnWrap(message), sender);

    protected static object UnWrap(object message) => message is RouterEnvelope envelope ? envelope.Message : message;

    /// <returns>False when there is no routee for the message.</returns>
    internal bool TryRoute(object message, IActorRef? sender)
    {
        var routee = message is not Broadcast ? RoutingLogic.Select(message, _routees)
            : _routees.Length == 0 ? Routee.NoRoutee
            : new SeveralRoutees(_routees);
        if (ReferenceEquals(routee, Routee.NoRoutee))
            return false;

        Send(routee, message, sender);
        return true;
    }
}
