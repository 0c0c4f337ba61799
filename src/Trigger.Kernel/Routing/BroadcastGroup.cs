using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Dispatch;

namespace Trigger.Kernel.Routing;

/// <summary>Actors by path, all of them.</summary>
public sealed class BroadcastGroup : Group
{
    public BroadcastGroup(Config config)
        : this(config.GetStringList("routees.paths"))
    {
    }

    public BroadcastGroup(params string[] paths)
        : this((IEnumerable<string>)paths)
    {
    }

    public BroadcastGroup(IEnumerable<string> paths)
        : this(paths, Dispatchers.DefaultDispatcherId)
    {
    }

    public BroadcastGroup(IEnumerable<string> paths, string routerDispatcher)
        : base(paths, routerDispatcher)
    {
    }

    public override IEnumerable<string> GetPaths(ActorSystem system) => InternalPaths;

    public override Router CreateRouter(ActorSystem system) => new(new BroadcastRoutingLogic());

    public BroadcastGroup WithDispatcher(string dispatcher) => new(InternalPaths, dispatcher);
}
