using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Routing;

/// <summary>
/// Makes an actor a router. What a router is told goes straight into a routee's mailbox, on the sender's thread; only management messages, and those that
/// every actor receives by itself, such as <see cref="PoisonPill"/>, reach the router's own.
/// </summary>
public abstract class RouterConfig : IEquatable<RouterConfig>
{
    protected RouterConfig()
        : this("")
    {
    }

    protected RouterConfig(string routerDispatcher) => RouterDispatcher = routerDispatcher;

    /// <summary>Kept as it was given; a system here has one dispatcher.</summary>
    public virtual string RouterDispatcher { get; }

    public virtual bool StopRouterWhenAllRouteesRemoved => true;

    public abstract Router CreateRouter(ActorSystem system);

    public abstract ActorBase CreateRouterActor();

    /// <summary>Whether the router itself is meant.</summary>
    public virtual bool IsManagementMessage(object message) => message is AutoReceivedMessage or RouterManagementMessage;

    /// <summary>This, with what it leaves open taken from the other.</summary>
    public virtual RouterConfig WithFallback(RouterConfig routerConfig) => this;

    /// <exception cref="Configuration.ConfigurationException">It cannot make a router at that path.</exception>
    public virtual void VerifyConfig(ActorPath path)
    {
    }

    public bool Equals(RouterConfig? other) => other is not null && other.GetType() == GetType() && RouterDispatcher == other.RouterDispatcher;

    public override bool Equals(object? obj) => Equals(obj as RouterConfig);

    public override int GetHashCode() => HashCode.Combine(GetType(), RouterDispatcher);

    internal virtual IEnumerable<Routee> FirstRoutees(ActorCell cell, Props routeeProps) => [];
}
