using System.Text.RegularExpressions;
using Trigger.Hocon;

namespace Trigger.Devices.Platforms;

/// <summary>From a manufacturer to a vendor word, and from vendor, type, make and model to a platform. What it knows stands in <c>vendors.conf</c>.</summary>
internal sealed class VendorRules
{
    private static readonly Vendor Unknown = new("ROUTER", "", []);

    private readonly Dictionary<string, Vendor> vendors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> manufacturers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> mistakes = [];

    private VendorRules()
    {
    }

    public IReadOnlyCollection<string> Names => vendors.Keys;

    public static VendorRules Read(Config root, string key)
    {
        var rules = new VendorRules();
        try
        {
            if (root.HasPath(key))
                rules.Read(new DefinitionReader(root.GetConfig(key), key, rules.mistakes));
        }
        catch (ConfigException bad)
        {
            rules.mistakes.Add(bad.Message);
        }

        return rules;
    }

    /// <summary>Trigger's vendor word: the manufacturer's own entry, else the first word that is a vendor, else the first word.</summary>
    public string VendorOf(string manufacturer)
    {
        var name = manufacturer.Trim();
        if (manufacturers.TryGetValue(name, out var vendor))
            return vendor;
        var words = name.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return Array.Find(words, vendors.ContainsKey) ?? words.FirstOrDefault() ?? "unknown";
    }

    /// <summary>The type of a device whose row does not say: Trigger falls back to ROUTER.</summary>
    public string DefaultTypeOf(string vendor) => vendors.GetValueOrDefault(vendor, Unknown).Type;

    /// <summary>The platform, or null when the vendor is not known.</summary>
    public string? PlatformOf(string vendor, string deviceType, string? make, string? model)
    {
        if (!vendors.TryGetValue(vendor, out var known))
            return null;
        var type = deviceType.ToLowerInvariant();
        make = make?.ToLowerInvariant() ?? "";
        model = model?.ToLowerInvariant() ?? "";
        return known.Rules.Find(rule => rule.Fits(type, make, model))?.Platform ?? known.Platform;
    }

    public IEnumerable<string> Mistakes(PlatformCatalog catalog)
    {
        foreach (var (name, vendor) in vendors)
        {
            foreach (var platform in vendor.Rules.Select(rule => rule.Platform).Append(vendor.Platform))
            {
                if (!catalog.Contains(platform))
                    yield return $"vendors.{name} names the platform '{platform}', which does not exist{catalog.Hint(platform)}";
            }
        }

        foreach (var mistake in mistakes)
            yield return mistake;
    }

    private void Read(DefinitionReader reader)
    {
        foreach (var name in reader.Config.Keys)
        {
            if (reader.Part(name) is not { } definition)
                continue;
            foreach (var manufacturer in definition.Texts("manufacturers").Append(name))
                manufacturers[manufacturer] = name;
            var rules = definition.Parts("rules").Select(Rule.Read).ToList();
            vendors[name] = new Vendor(definition.Text("type", "ROUTER"), definition.Required("platform", "cisco_ios"), rules);
            definition.NothingElse();
        }
    }

    private sealed record Vendor(string Type, string Platform, List<Rule> Rules);

    private sealed record Rule(Regex? Type, Regex? Make, Regex? Model, Regex? MakeOrModel, string Platform)
    {
        public static Rule Read(DefinitionReader reader)
        {
            var rule = new Rule(Pattern("type"), Pattern("make"), Pattern("model"), Pattern("make-or-model"), reader.Required("platform", "cisco_nxos"));
            reader.NothingElse();
            return rule;

            Regex? Pattern(string key) => reader.Pattern(key, (patterns, text) => patterns.Build(text));
        }

        public bool Fits(string type, string make, string model) =>
            Type?.IsMatch(type) != false
            && Make?.IsMatch(make) != false
            && Model?.IsMatch(model) != false
            && (MakeOrModel is null || MakeOrModel.IsMatch(make) || MakeOrModel.IsMatch(model));
    }
}
