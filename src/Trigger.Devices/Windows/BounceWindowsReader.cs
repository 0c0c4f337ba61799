using System.Diagnostics.CodeAnalysis;
using Trigger.Devices.Inventory;
using Trigger.Hocon;

namespace Trigger.Devices.Windows;

/// <summary>Reads the windows' file, and gathers what is wrong with it.</summary>
internal sealed class BounceWindowsReader(Config config, NetDevices inventory, List<string> mistakes)
{
    private static readonly string[] Keys = ["zone", "default", "weekend", "zones", "named", "rules", "otherwise"];
    private static readonly string[] WindowKeys = ["zone", "default", "weekend", "green", "yellow", "red"];

    private readonly Dictionary<string, Config> named = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Name, string? Zone), BounceWindow?> built = [];
    private readonly Dictionary<string, string> zones = new(StringComparer.OrdinalIgnoreCase);

    public bool Read(out Dictionary<string, BounceWindow> byDevice, [NotNullWhen(true)] out BounceWindow? otherwise)
    {
        byDevice = new Dictionary<string, BounceWindow>(StringComparer.Ordinal);
        otherwise = null;
        NothingElse(config, Keys);
        foreach (var name in Objects("named"))
        {
            named[name] = config.GetConfig("named").GetConfig(ConfigPath.Quoted(name));
            NothingElse(named[name], WindowKeys);
            _ = Window(name, site: null, named[name].Origin);
        }

        foreach (var site in Objects("zones"))
            Zoned(site);
        var usual = config.GetString("otherwise", "");
        if (usual.Length == 0)
            mistakes.Add($"{config.Origin}: windows has no otherwise. Name the window of the devices that no rule is about.");
        else
            otherwise = Window(usual, site: null, config.OriginOf("otherwise"));
        if (mistakes.Count > 0 || otherwise is null)
            return false;

        Assign(byDevice, usual);
        return mistakes.Count == 0;
    }

    private void Assign(Dictionary<string, BounceWindow> byDevice, string usual)
    {
        foreach (var rule in config.HasPath("rules") ? config.GetConfigList("rules") : [])
        {
            NothingElse(rule, ["devices", "window"]);
            var chosen = Selection.Choose($"({rule.GetString("devices")}) adminStatus=*", inventory);
            mistakes.AddRange(chosen.Mistakes.Select(mistake => $"{rule.OriginOf("devices")}: {mistake}"));
            foreach (var device in chosen.Devices)
            {
                if (!byDevice.ContainsKey(device.Name) && Window(rule.GetString("window"), device.Site, rule.OriginOf("window")) is { } window)
                    byDevice.Add(device.Name, window);
            }
        }

        foreach (var device in inventory.All.Where(device => device.Site is { } site && zones.ContainsKey(site)))
        {
            if (!byDevice.ContainsKey(device.Name) && Window(usual, device.Site, config.OriginOf("otherwise")) is { } window)
                byDevice.Add(device.Name, window);
        }
    }

    // A window's own zone counts before the site's, and that before the file's.
    private BounceWindow? Window(string name, string? site, ConfigOrigin asked)
    {
        if (!named.TryGetValue(name, out var definition))
        {
            mistakes.Add($"{asked}: there is no window '{name}'{Nearest.Hint(name, named.Keys)}");
            return null;
        }

        var zone = definition.GetString("zone", site is not null && zones.TryGetValue(site, out var there) ? there : config.GetString("zone", "America/New_York"));
        if (built.TryGetValue((name, zone), out var window))
            return window;

        try
        {
            window = new BounceWindow(
                definition.GetString("green", ""), definition.GetString("yellow", ""), definition.GetString("red", ""), Colour(definition), TimeZoneInfo.FindSystemTimeZoneById(zone),
                definition.GetBoolean("weekend", config.GetBoolean("weekend", true)));
        }
        catch (InvalidBounceWindowException bad)
        {
            mistakes.Add($"{definition.Origin}: the window '{name}': {bad.Message}");
        }
        catch (Exception unknown) when (unknown is TimeZoneNotFoundException or InvalidTimeZoneException)
        {
            mistakes.Add($"{definition.OriginOf("zone")}: there is no time zone '{zone}'. Write it as Europe/Amsterdam.");
        }

        return built[(name, zone)] = window;
    }

    private BounceStatus Colour(Config definition)
    {
        var from = definition.HasPath("default") ? definition : config;
        var written = from.GetString("default", "red");
        if (Enum.TryParse<BounceStatus>(written, ignoreCase: true, out var status) && Enum.IsDefined(status) && !char.IsAsciiDigit(written[0]))
            return status;
        mistakes.Add($"{from.OriginOf("default")}: '{written}' is no colour; it is green, yellow or red.");
        return BounceStatus.Red;
    }

    private void Zoned(string site)
    {
        var all = config.GetConfig("zones");
        var zone = all.GetString(ConfigPath.Quoted(site));
        if (TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
            zones[site] = zone;
        else
            mistakes.Add($"{all.OriginOf(ConfigPath.Quoted(site))}: there is no time zone '{zone}'. Write it as Europe/Amsterdam.");
    }

    private IEnumerable<string> Objects(string key) => config.HasPath(key) ? config.GetConfig(key).Keys : [];

    private void NothingElse(Config part, string[] known)
    {
        foreach (var key in part.Keys.Where(key => !known.Contains(key)))
            mistakes.Add($"{part.OriginOf(ConfigPath.Quoted(key))}: there is no key '{key}' here{Nearest.Hint(key, known)}");
    }
}
