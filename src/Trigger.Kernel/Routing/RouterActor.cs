using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Routing;

/// <summary>The actor behind a router: it sees management messages only.</summary>
internal sealed class RouterActor(Pool? pool = null) : UntypedActor
{
    private RoutedActorRef Router => (RoutedActorRef)Self;

    protected override SupervisorStrategy SupervisorStrategy() => pool?.SupervisorStrategy ?? base.SupervisorStrategy();

    protected override void PreRestart(Exception reason, object? message)
    {
        // The routees are not to blame for their router.
    }

    protected override void PostStop() => Router.Close();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RoutedActorRef.WatchRoutees:
                WatchAll(Router.Router.Routees);
                break;
            case GetRoutees:
                Sender.Tell(new Routees(Router.Router.Routees));
                break;
            case AddRoutee add:
                Router.Add([add.Routee]);
                WatchAll([add.Routee]);
                break;
            case RemoveRoutee remove:
                Remove([remove.Routee]);
                break;
            case Terminated gone:
                Router.Remove([new ActorRefRoutee(gone.ActorRef)]);
                StopIfAlone();
                break;
            case AdjustPoolSize adjust when pool is not null:
                Adjust(adjust.Change);
                break;
            case Resize when pool?.Resizer is { } resizer:
                try
                {
                    Adjust(resizer.Resize(Router.Router.Routees));
                }
                finally
                {
                    Router.Resized();
                }

                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Adjust(int change)
    {
        if (change > 0)
        {
            var added = Router.NewRoutees(change);
            Router.Add(added);
            WatchAll(added);
        }
        else if (change < 0)
        {
            Remove([.. Router.Router.Routees.TakeLast(-change)]);
        }
    }

    private void Remove(Routee[] routees)
    {
        foreach (var routee in routees.OfType<ActorRefRoutee>())
            Context.Unwatch(routee.Actor);
        Router.Remove(routees);
        Router.StopOwn(routees);
        StopIfAlone();
    }

    private void StopIfAlone()
    {
        if (Router.Router.Count == 0 && Router.Config.StopRouterWhenAllRouteesRemoved)
            Context.Stop(Self);
    }

    private static void WatchAll(IEnumerable<Routee> routees)
    {
        foreach (var routee in routees.OfType<ActorRefRoutee>())
            Context.Watch(routee.Actor);
    }
}
