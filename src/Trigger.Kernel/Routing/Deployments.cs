using Trigger.Kernel.Actor;
using Trigger.Kernel.Configuration;

namespace Trigger.Kernel.Routing;

/// <summary>
/// The routers that the configuration describes by path. An element of a path may be <c>*</c>, for any name, and the last one <c>**</c>, for anything below;
/// what is written out wins over either.
/// </summary>
internal sealed class Deployments
{
    private static readonly Dictionary<string, Func<Config, RouterConfig>> Known = new()
    {
        ["round-robin-pool"] = config => new RoundRobinPool(config),
        ["round-robin-group"] = config => new RoundRobinGroup(config),
        ["random-pool"] = config => new RandomPool(config),
        ["random-group"] = config => new RandomGroup(config),
        ["smallest-mailbox-pool"] = config => new SmallestMailboxPool(config),
        ["broadcast-pool"] = config => new BroadcastPool(config),
        ["broadcast-group"] = config => new BroadcastGroup(config),
        ["scatter-gather-pool"] = config => new ScatterGatherFirstCompletedPool(config),
        ["scatter-gather-group"] = config => new ScatterGatherFirstCompletedGroup(config),
        ["consistent-hashing-pool"] = config => new ConsistentHashingPool(config),
        ["consistent-hashing-group"] = config => new ConsistentHashingGroup(config),
        ["tail-chopping-pool"] = config => new TailChoppingPool(config),
        ["tail-chopping-group"] = config => new TailChoppingGroup(config),
    };

    private readonly List<(string[] Pattern, RouterConfig Router)> _routers = [];

    internal Deployments(Config config)
    {
        var section = config.GetConfig("akka.actor.deployment");
        var routers = from path in section.Hocon.Keys
                      where path.StartsWith('/')
                      let deployment = section.GetSection(path)
                      let name = deployment.GetString("router", "from-code")
                      where name != "from-code"
                      select (path.Split('/', StringSplitOptions.RemoveEmptyEntries), Make(path, name, deployment));

        // Names before stars, so that the first that fits is the one that fits best.
        _routers.AddRange(routers.OrderBy(router => router.Item1.Contains("**")).ThenBy(router => router.Item1.Count(element => element == "*")));
    }

    /// <returns>Null when the configuration has none for an actor at that path.</returns>
    internal RouterConfig? RouterAt(ActorPath path)
    {
        var elements = path.Elements;
        if (_routers.Count == 0 || elements.Count < 2 || elements[0] != "user")
            return null;

        return _routers.FirstOrDefault(router => Fits(router.Pattern, [.. elements.Skip(1)])).Router;
    }

    private static RouterConfig Make(string path, string name, Config deployment) => Known.TryGetValue(name, out var make)
        ? make(deployment)
        : throw new ConfigurationException(
            $"{deployment.Hocon.OriginOf("router")}: [{path}] has the unknown router [{name}]. Known are: {string.Join(", ", Known.Keys.Order())}.");

    private static bool Fits(string[] pattern, string[] elements)
    {
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == "**")
                return elements.Length > i;

            if (i >= elements.Length || (pattern[i] != "*" && pattern[i] != elements[i]))
                return false;
        }

        return pattern.Length == elements.Length;
    }
}
