using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Event;

namespace Trigger.Kernel.Routing;

/// <summary>
/// The reference of a router. The router it holds is replaced as a whole, by whoever makes it and afterwards only in its actor's turn, so that senders may
/// read it from anywhere.
/// </summary>
internal sealed class RoutedActorRef : LocalActorRef
{
    // As in Akka.NET: a sender may have chosen the routee just before it was taken out, and its message should still be ahead of the pill.
    private static readonly TimeSpan BeforeThePill = TimeSpan.FromMilliseconds(100);

    private readonly Props _routeeProps;
    private readonly Resizer? _resizer;
    private volatile Router _router;
    private long _messages;
    private int _resizing;

    private RoutedActorRef(ActorSystem system, RouterConfig config, Props routeeProps, InternalActorRef parent, ActorPath path)
        : base(system, Props.Create(config.CreateRouterActor), parent, path)
    {
        Config = config;
        _routeeProps = routeeProps;
        _resizer = (config as Pool)?.Resizer;
        _router = config.CreateRouter(system);
    }

    internal RouterConfig Config { get; }

    internal Router Router => _router;

    /// <exception cref="Configuration.ConfigurationException">The router is to come from the configuration, and is not there.</exception>
    internal static RoutedActorRef Create(ActorCell parent, Props props, string? name)
    {
        var system = parent.System;
        var routeeProps = props.WithRouter(NoRouter.Instance);
        var made = (RoutedActorRef)parent.Children.Add(
            name,
            unique =>
            {
                var path = parent.Self.Path.Child(unique, system.NextUid());
                var config = system.Deployments.RouterAt(path) is { } configured ? configured.WithFallback(props.RouterConfig!) : props.RouterConfig!;
                config.VerifyConfig(path);
                return new RoutedActorRef(system, config, routeeProps, parent.LocalSelf, path);
            },
            parent.Self.Path);
        made.Start();
        return made;
    }

    internal Routee[] NewRoutees(int count) => [.. Enumerable.Range(0, count).Select(_ => new ActorRefRoutee(Cell.ActorOf(_routeeProps)))];

    internal void Add(IEnumerable<Routee> routees) => _router = _router.WithRoutees([.. _router.Routees, .. routees]);

    internal void Remove(IEnumerable<Routee> routees) => _router = _router.WithRoutees([.. _router.Routees.Except(routees)]);

    /// <summary>Ends those routees that are this router's children.</summary>
    internal void StopOwn(IEnumerable<Routee> routees)
    {
        foreach (var routee in routees.OfType<ActorRefRoutee>())
        {
            if (routee.Actor is LocalActorRef child && ReferenceEquals(child.Cell.InternalParent, this))
                System.TimerQueue.Add(BeforeThePill, interval: null, child, PoisonPill.Instance, this);
        }
    }

    internal void Resized() => Volatile.Write(ref _resizing, 0);

    /// <summary>Routes nothing any more.</summary>
    internal void Close() => _router = _router.WithRoutees();

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (Config.IsManagementMessage(message))
        {
            base.TellInternal(message, sender);
            return;
        }

        if (_resizer is not null && _resizer.IsTimeForResize(Interlocked.Increment(ref _messages)) && Interlocked.Exchange(ref _resizing, 1) == 0)
            base.TellInternal(new Resize(), this);

        if (!_router.TryRoute(message, sender))
            System.DeadLetters.Tell(new DeadLetter(WrappedMessage.Unwrap(message), sender ?? System.DeadLetters, this), sender);
    }

    private void Start()
    {
        SendSystem(new SystemMessage.Create());
        Add(Config.FirstRoutees(Cell, _routeeProps));
        if (_resizer is not null && _resizer.IsTimeForResize(0) && _resizer.Resize(_router.Routees) is > 0 and var more)
            Add(NewRoutees(more));

        // Its actor may be at work already, and only in its turn may it be made to watch.
        base.TellInternal(new WatchRoutees(), this);
    }

    internal sealed class WatchRoutees : RouterManagementMessage;
}
