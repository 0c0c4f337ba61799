using Trigger.Devices.Inventory;
using Trigger.Hocon;

namespace Trigger.Devices.Acls;

/// <summary>
/// A site's policy: which ACLs devices have without anybody saying so for each (Trigger's <c>autoacl</c>), as rules in the selection language. Every rule that fits gives its
/// ACLs, up to the first with <c>last</c>.
/// <code>
/// autoacl = [
///   { devices = "deviceType=FIREWALL", last = true }                            # none
///   { devices = "vendor=cisco or vendor=foundry", acls = ["118", "119"] }
///   { devices = "deviceType=ROUTER", acls = ["10"], unless = ["10.special"] }   # not where one of these was put by name
/// ]
/// </code>
/// </summary>
public sealed class AutoAcl
{
    private static readonly string[] Keys = ["devices", "acls", "unless", "last"];

    private readonly IReadOnlyList<Rule> rules;

    private AutoAcl(string source, IReadOnlyList<Rule> rules)
    {
        Source = source;
        this.rules = rules;
    }

    /// <summary>Gives nothing.</summary>
    public static AutoAcl None { get; } = new("no policy", []);

    /// <summary>The file, for people.</summary>
    public string Source { get; }

    /// <summary>Reads the file of this name.</summary>
    /// <param name="mistakes">Takes what is wrong, each as <c>file:line: …</c>.</param>
    /// <returns>Null when there are mistakes.</returns>
    public static AutoAcl? ReadFile(string path, NetDevices inventory, SelectionContext context, List<string> mistakes)
    {
        var before = mistakes.Count;
        try
        {
            var config = Config.ParseFile(path);
            NothingElse(config, ["autoacl"], mistakes);
            var rules = config.GetConfigList("autoacl").Select(rule => Read(rule, inventory, context, mistakes)).ToList();
            return mistakes.Count == before ? new AutoAcl(path, rules) : null;
        }
        catch (ConfigException bad)
        {
            mistakes.Add(bad.Message);
            return null;
        }
    }

    /// <summary>The device's ACLs by the policy, sorted.</summary>
    /// <param name="named">Those that were put on it by name.</param>
    public IReadOnlyList<string> For(NetDevice device, IReadOnlyCollection<string> named)
    {
        var given = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var rule in rules.Where(rule => rule.Devices.Contains(device.Name)))
        {
            if (!rule.Unless.Any(named.Contains))
                given.UnionWith(rule.Acls);
            if (rule.Last)
                break;
        }

        return [.. given];
    }

    private static Rule Read(Config rule, NetDevices inventory, SelectionContext context, List<string> mistakes)
    {
        NothingElse(rule, Keys, mistakes);
        var chosen = Selection.Choose($"({rule.GetString("devices")}) adminStatus=*", inventory, context);
        mistakes.AddRange(chosen.Mistakes.Select(mistake => $"{rule.OriginOf("devices")}: {mistake}"));
        var acls = Texts(rule, "acls");
        var last = rule.GetBoolean("last", false);
        if (acls.Count == 0 && !last)
            mistakes.Add($"{rule.Origin}: the rule gives no acls. Add acls = [ … ], or last = true where none are meant.");
        return new Rule([.. chosen.Devices.Select(device => device.Name)], acls, Texts(rule, "unless"), last);
    }

    private static IReadOnlyList<string> Texts(Config rule, string key) => rule.HasPath(key) ? rule.GetStringList(key) : [];

    private static void NothingElse(Config part, string[] known, List<string> mistakes)
    {
        foreach (var key in part.Keys.Where(key => !known.Contains(key)))
            mistakes.Add($"{part.OriginOf(ConfigPath.Quoted(key))}: there is no key '{key}' here{Nearest.Hint(key, known)}");
    }

    private sealed record Rule(HashSet<string> Devices, IReadOnlyList<string> Acls, IReadOnlyList<string> Unless, bool Last);
}
