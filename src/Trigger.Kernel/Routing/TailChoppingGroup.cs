using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Dispatch;

namespace Trigger.Kernel.Routing;

/// <summary>Actors by path, asked one after another until one answers.</summary>
public sealed class TailChoppingGroup : Group
{
    public TailChoppingGroup(Config config)
        : this(
            config.GetStringList("routees.paths"),
            config.GetTimeSpan("within", TimeSpan.FromSeconds(5)),
            config.GetTimeSpan("tail-chopping-router.interval", TimeSpan.FromMilliseconds(10)))
    {
    }

    public TailChoppingGroup(IEnumerable<string> routeePaths, TimeSpan within, TimeSpan interval)
        : this(routeePaths, within, interval, Dispatchers.DefaultDispatcherId)
    {
    }

    /// <param name="within">How long to wait for an answer at all.</param>
    /// <param name="interval">How long to wait before the next is asked.</param>
    public TailChoppingGroup(IEnumerable<string> routeePaths, TimeSpan within, TimeSpan interval, string routerDispatcher)
        : base(routeePaths, routerDispatcher)
    {
        Within = within;
        Interval = interval;
    }

    public TimeSpan Within { get; }

    public TimeSpan Interval { get; }

    public override IEnumerable<string> GetPaths(ActorSystem system) => InternalPaths;

    public override Router CreateRouter(ActorSystem system) => new(new TailChopping(system.Scheduler, Within, Interval));

    public TailChoppingGroup WithDispatcher(string dispatcher) => new(InternalPaths, Within, Interval, dispatcher);
}
