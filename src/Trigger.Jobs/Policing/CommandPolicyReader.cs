using System.Text.RegularExpressions;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Hocon;

namespace Trigger.Jobs.Policing;

/// <summary>Reads a policy's file, and gathers what is wrong with it. A name that nobody has is a mistake: a rule that means nothing would protect nothing.</summary>
internal sealed class CommandPolicyReader(Config config, NetDevices inventory, SelectionContext context, PlatformCatalog catalog, List<string> mistakes)
{
    private const int MostRules = 1000;
    private const int LongestPattern = 1000;
    private static readonly string[] Keys = ["users", "rules", "default"];
    private static readonly string[] RuleKeys = ["allow", "deny", "roles", "platforms", "vendors", "devices"];
    private static readonly string[] Roles = ["viewer", "operator", "admin"];

    public CommandPolicy? Read()
    {
        var before = mistakes.Count;
        NothingElse(config, Keys);
        var written = config.HasPath("rules") ? config.GetConfigList("rules") : [];
        if (written.Count > MostRules)
            mistakes.Add($"{config.OriginOf("rules")}: a policy has at most {MostRules} rules, and these are {written.Count}.");
        var rules = written.Take(MostRules).Select(Rule).ToArray();
        var users = Users();
        var otherwise = Default();
        return mistakes.Count > before ? null : new CommandPolicy([.. rules.OfType<CommandRule>()], users, otherwise);
    }

    private CommandRuling Default()
    {
        var word = config.GetString("default", "");
        if (word is not ("allow" or "deny"))
            mistakes.Add(word.Length == 0 ? $"{config.Origin}: policy has no default. Say what becomes of lines that no rule is about: default = deny, or allow." : $"{config.OriginOf("default")}: default is '{word}'; it must be allow or deny.");
        return new CommandRuling(word == "allow", config.HasPath("default") ? config.OriginOf("default") : config.Origin);
    }

    private Dictionary<string, PolicyRole> Users()
    {
        var users = new Dictionary<string, PolicyRole>(StringComparer.Ordinal);
        if (!config.HasPath("users"))
            return users;

        var listed = config.GetConfig("users");
        foreach (var user in listed.Keys)
        {
            var key = ConfigPath.Quoted(user);
            if (RoleOf(listed.GetString(key), listed.OriginOf(key)) is { } role)
                users[user] = role;
        }

        return users;
    }

    private PolicyRole? RoleOf(string word, ConfigOrigin place)
    {
        var at = Array.IndexOf(Roles, word);
        if (at >= 0)
            return (PolicyRole)at;
        mistakes.Add($"{place}: there is no role '{word}'; roles are viewer, operator and admin.");
        return null;
    }

    private CommandRule? Rule(Config rule)
    {
        NothingElse(rule, RuleKeys);
        if (rule.HasPath("allow") == rule.HasPath("deny"))
        {
            mistakes.Add($"{rule.Origin}: a rule says either allow or deny.");
            return null;
        }

        var word = rule.HasPath("allow") ? "allow" : "deny";
        var patterns = Texts(rule, word).Select(text => Pattern(text, rule.OriginOf(word))).ToArray();
        if (patterns.Length == 0)
            mistakes.Add($"{rule.OriginOf(word)}: {word} is empty; \".*\" means every line.");
        return new CommandRule(word == "allow", [.. patterns.OfType<Regex>()], rule.Origin)
        {
            Roles = rule.HasPath("roles") ? Texts(rule, "roles").Select(text => RoleOf(text, rule.OriginOf("roles"))).OfType<PolicyRole>().ToHashSet() : null,
            Platforms = Known(rule, "platforms", catalog.Contains, name => $"there is no platform '{name}'{catalog.Hint(name)}"),
            Vendors = Known(rule, "vendors", IsVendor, name => $"no device and no platform is of the vendor '{name}'"),
            Devices = Devices(rule),
        };
    }

    private Regex? Pattern(string text, ConfigOrigin place)
    {
        try
        {
            if (text.Length is > 0 and <= LongestPattern)
                return new Regex($@"\A(?:{text})\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
            mistakes.Add($"{place}: a pattern has from 1 to {LongestPattern} characters.");
        }
        catch (ArgumentException bad)
        {
            mistakes.Add($"{place}: '{text}' is no pattern: {bad.Message}");
        }
        catch (NotSupportedException)
        {
            mistakes.Add($"{place}: '{text}' cannot be matched in linear time; leave out back references, look-arounds and large counts.");
        }

        return null;
    }

    private HashSet<string>? Known(Config rule, string key, Func<string, bool> isKnown, Func<string, string> unknown)
    {
        if (!rule.HasPath(key))
            return null;

        var names = Texts(rule, key);
        mistakes.AddRange(names.Where(name => !isKnown(name)).Select(name => $"{rule.OriginOf(key)}: {unknown(name)}."));
        return names.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    // Platforms are read when they are first asked for, so the inventory is asked before all of them are.
    private bool IsVendor(string name) =>
        inventory.All.Any(device => name.Equals(device.Vendor, StringComparison.OrdinalIgnoreCase)) || catalog.Ids.Any(id => name.Equals(catalog.Get(id).Vendor, StringComparison.OrdinalIgnoreCase));

    private HashSet<string>? Devices(Config rule)
    {
        if (!rule.HasPath("devices"))
            return null;

        // A rule is about devices out of production as well.
        var chosen = Selection.Choose($"({rule.GetString("devices")}) adminStatus=*", inventory, context);
        mistakes.AddRange(chosen.Mistakes.Select(mistake => $"{rule.OriginOf("devices")}: {mistake}"));
        return [.. chosen.Devices.Select(device => device.Name)];
    }

    private static IReadOnlyList<string> Texts(Config from, string key) => from.IsList(key) ? from.GetStringList(key) : [from.GetString(key)];

    private void NothingElse(Config part, string[] known)
    {
        foreach (var key in part.Keys.Where(key => !known.Contains(key)))
            mistakes.Add($"{part.OriginOf(ConfigPath.Quoted(key))}: there is no key '{key}' here; keys are {string.Join(", ", known)}.");
    }
}
