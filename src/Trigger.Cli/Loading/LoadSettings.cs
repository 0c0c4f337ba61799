using System.Globalization;
using Trigger.Cli.Input;
using Trigger.Devices.Settings;

namespace Trigger.Cli.Loading;

/// <summary>What the settings say of loading ACLs.</summary>
internal sealed record LoadSettings
{
    /// <summary>Where filters are kept, each by its ACL's name.</summary>
    public required string? Filters { get; init; }

    /// <summary>Where they are staged.</summary>
    public required string? Root { get; init; }

    public required int BulkLimit { get; init; }

    public required IReadOnlyDictionary<string, int> BulkLimits { get; init; }

    public required IReadOnlyCollection<string> Blacklist { get; init; }

    public required IReadOnlyDictionary<string, int> QueueLimits { get; init; }

    /// <summary>The file server's address as devices reach it; null for the one that faces the device.</summary>
    public required string? Address { get; init; }

    /// <summary>What own addresses are called from outside.</summary>
    public required IReadOnlyDictionary<string, string> Vips { get; init; }

    public static LoadSettings Read(TriggerSettings settings, Mistakes mistakes) => new()
    {
        Filters = settings.Text("acl.directory"),
        Root = settings.Text("file-server.root"),
        BulkLimit = int.Parse(settings.Text("acl.bulk-limit")!, CultureInfo.InvariantCulture),
        BulkLimits = Numbers(settings, "acl.bulk-limits", mistakes),
        Blacklist = [.. settings.Texts("acl.blacklist")],
        QueueLimits = Numbers(settings, "acl.queue-limits", mistakes),
        Address = settings.Text("file-server.address"),
        Vips = Pairs(settings, "file-server.vips", mistakes),
    };

    public int LimitOf(string acl) => BulkLimits.TryGetValue(acl, out var own) ? own : BulkLimit;

    private static Dictionary<string, int> Numbers(TriggerSettings settings, string key, Mistakes mistakes)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, value) in Pairs(settings, key, mistakes))
        {
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                found[name] = number;
            else
                mistakes.Add($"trigger.{key}: '{value}' is no number; write \"{name} = 3\".");
        }

        return found;
    }

    private static Dictionary<string, string> Pairs(TriggerSettings settings, string key, Mistakes mistakes)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in settings.Texts(key))
        {
            if (text.Split('=', StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, { Length: > 0 } value])
                found[name] = value;
            else
                mistakes.Add($"trigger.{key}: '{text}' is no pair; write \"name = value\".");
        }

        return found;
    }
}
