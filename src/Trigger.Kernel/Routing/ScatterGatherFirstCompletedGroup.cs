using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Dispatch;

namespace Trigger.Kernel.Routing;

/// <summary>Actors by path, all of them asked; the first answer is passed on.</summary>
public sealed class ScatterGatherFirstCompletedGroup : Group
{
    public ScatterGatherFirstCompletedGroup(Config config)
        : this(config.GetStringList("routees.paths"), config.GetTimeSpan("within", TimeSpan.FromSeconds(5)))
    {
    }

    public ScatterGatherFirstCompletedGroup(TimeSpan within, params string[] paths)
        : this(paths, within)
    {
    }

    public ScatterGatherFirstCompletedGroup(IEnumerable<string> paths, TimeSpan within)
        : this(paths, within, Dispatchers.DefaultDispatcherId)
    {
    }

    /// <param name="within">How long an answer may take; after it the asker gets a <see cref="Status.Failure"/> with an <see cref="AskTimeoutException"/>.</param>
    public ScatterGatherFirstCompletedGroup(IEnumerable<string> paths, TimeSpan within, string routerDispatcher)
        : base(paths, routerDispatcher) => Within = within;

    public TimeSpan Within { get; }

    public override IEnumerable<string> GetPaths(ActorSystem system) => InternalPaths;

    public override Router CreateRouter(ActorSystem system) => new(new ScatterGatherFirstCompletedRoutingLogic(Within));

    public ScatterGatherFirstCompletedGroup WithDispatcher(string dispatcher) => new(InternalPaths, Within, dispatcher);
}
