using System.Globalization;
using Trigger.Cli.Input;

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

    public static LoadSettings Read(Mistakes mistakes) => new()
    {
        Filters = Configured.Settings.Text("acl.directory"),
        Root = Configured.Settings.Text("file-server.root"),
        BulkLimit = int.Parse(Configured.Settings.Text("acl.bulk-limit")!, CultureInfo.InvariantCulture),
        BulkLimits = Numbers("acl.bulk-limits", mistakes),
        Blacklist = [.. Configured.Settings.Texts("acl.blacklist")],
        QueueLimits = Numbers("acl.queue-limits", mistakes),
        Address = Configured.Settings.Text("file-server.address"),
        Vips = Pairs("file-server.vips", mistakes),
    };

    public int LimitOf(string acl) => BulkLimits.TryGetValue(acl, out var own) ? own : BulkLimit;

    private static Dictionary<string, int> Numbers(string key, Mistakes mistakes)
    {
        var found = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, value) in Pairs(key, mistakes))
        {
            if (int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                found[name] = number;
            else
                mistakes.Add($"trigger.{key}: '{value}' is no number; write \"{name} = 3\".");
        }

        return found;
    }

    private static Dictionary<string, string> Pairs(string key, Mistakes mistakes)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in Configured.Settings.Texts(key))
        {
            if (text.Split('=', StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, { Length: > 0 } value])
                found[name] = value;
            else
                mistakes.Add($"trigger.{key}: '{text}' is no pair; write \"name = value\".");
        }

        return found;
    }
}
