using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Dispatch;

namespace Trigger.Kernel.Routing;

/// <summary>Actors by path, any of them.</summary>
public sealed class RandomGroup : Group
{
    public RandomGroup(Config config)
        : this(config.GetStringList("routees.paths"))
    {
    }

    public RandomGroup(params string[] paths)
        : this((IEnumerable<string>)paths)
    {
    }

    public RandomGroup(IEnumerable<string> paths)
        : this(paths, Dispatchers.DefaultDispatcherId)
    {
    }

    public RandomGroup(IEnumerable<string> paths, string routerDispatcher)
        : base(paths, routerDispatcher)
    {
    }

    public override IEnumerable<string> GetPaths(ActorSystem system) => InternalPaths;

    public override Router CreateRouter(ActorSystem system) => new(new RandomLogic());

    public RandomGroup WithDispatcher(string dispatcher) => new(InternalPaths, dispatcher);
}
