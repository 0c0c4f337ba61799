using System.IO.Enumeration;
using Trigger.Devices;
using Trigger.Devices.Windows;
using Trigger.Node.Acls;

namespace Trigger.Cli.Loading;

/// <summary>
/// What is to be loaded where. Each rule takes something away and says so; nothing else is touched. Pure: the clock and what waits are handed in.
/// </summary>
internal sealed class LoadPlan
{
    private readonly List<LoadItem> items = [];
    private readonly List<string> said = [];
    private readonly List<string> leftToPeople = [];
    private readonly List<(string Device, string Why)> refused = [];

    /// <summary>By device and ACL.</summary>
    public IReadOnlyList<LoadItem> Items => items;

    /// <summary>What was left out, and why, as sentences.</summary>
    public IReadOnlyList<string> Said => said;

    /// <summary>What waits for a person, as sentences: to be said even where nobody wants to hear of what goes well.</summary>
    public IReadOnlyList<string> LeftToPeople => leftToPeople;

    /// <summary>What should have been loaded and cannot be.</summary>
    public IReadOnlyList<(string Device, string Why)> Refused => refused;

    public IEnumerable<(NetDevice Device, IReadOnlyList<LoadItem> Items)> ByDevice =>
        items.GroupBy(item => item.Device).OrderBy(same => same.Key, NetDevice.ByName).Select(same => (same.Key, (IReadOnlyList<LoadItem>)[.. same.OrderBy(item => item.Acl, StringComparer.Ordinal)]));

    public void Add(NetDevice device, string acl)
    {
        if (!items.Exists(item => item.Device == device && item.Acl == acl))
            items.Add(new LoadItem(device, acl, 0));
    }

    /// <summary>Notes that these are queued, and the inventory does not have them.</summary>
    public void Strangers(IEnumerable<string> devices) => said.AddRange(devices.Select(device => $"Skipping {device}: it waits in the queue, and the inventory does not have it"));

    /// <summary>Says of each item which entries of the queue it answers for: all that wait now, before the file is read.</summary>
    public void Answers(IReadOnlyList<QueuedAcl> waiting)
    {
        var highest = waiting.GroupBy(entry => (entry.Device, entry.Acl)).ToDictionary(same => same.Key, same => same.Max(entry => entry.Id));
        for (var i = 0; i < items.Count; i++)
            items[i] = items[i] with { UpTo = highest.GetValueOrDefault((items[i].Device.Name, items[i].Acl)) };
    }

    /// <summary>Takes away what is left to people.</summary>
    public void Blacklist(IReadOnlyCollection<string> acls)
    {
        foreach (var acl in items.Select(item => item.Acl).Where(acls.Contains).Distinct().Order(StringComparer.Ordinal).ToList())
        {
            leftToPeople.Add($"{acl} is in AUTOLOAD_BLACKLIST; not added to work queue.");
            items.RemoveAll(item => item.Acl == acl);
        }
    }

    /// <summary>
    /// Of ACLs that are on many devices only so many are loaded at once on devices of one kind and site, which the name tells: <c>ams1-r7</c> is a kind "ams", as Trigger has it, in the site "r7".
    /// </summary>
    /// <param name="isBulk">Whether the ACL is one of many.</param>
    public void Throttle(Func<string, bool> isBulk, Func<string, int> limit)
    {
        var hits = new Dictionary<(string, string, string), int>();
        foreach (var item in items.OrderBy(item => item.Device, NetDevice.ByName).Where(item => isBulk(item.Acl)).ToList())
        {
            if (NameParts.Of(item.Device.Name) is not var (letters, site))
                continue;

            var key = (item.Acl, letters, site);
            hits[key] = hits.GetValueOrDefault(key) + 1;
            if (hits[key] <= limit(item.Acl))
                continue;

            said.Add($"Removing {item.Acl} on {item.Device.Name} from job queue: threshold of {limit(item.Acl)} exceeded for '{letters}' devices in '{site}'");
            items.Remove(item);
        }
    }

    /// <summary>Takes away devices by glob or by how their name begins, and ACLs by their whole name.</summary>
    public void Exclude(IReadOnlyCollection<string> words) => items.RemoveAll(item => words.Any(word =>
        item.Acl == word || FileSystemName.MatchesSimpleExpression(word, item.Device.Name) || item.Device.Name.StartsWith(word, StringComparison.OrdinalIgnoreCase)));

    /// <summary>Takes away devices that may not be changed now, unless that is to be overridden.</summary>
    public void Bounce(BounceWindows windows, DateTimeOffset now, bool overridden)
    {
        var skipped = false;
        foreach (var (device, acls) in ByDevice.ToList())
        {
            var next = windows.Of(device).NextOk(BounceStatus.Green, now);
            if (next <= now)
                continue;

            var names = string.Join(", ", acls.Select(item => item.Acl));
            said.Add(overridden ? $"Loading {names} OUT OF BOUNCE on {device.Name}" : $"Skipping {names} on {device.Name} (window starts at {next.UtcDateTime:yyyy-MM-dd HH:mm}Z)");
            skipped |= !overridden;
            if (!overridden)
                items.RemoveAll(item => item.Device == device);
        }

        if (skipped)
            said.Add("Use --bouncy to forcefully load on these devices anyway.");
    }

    /// <summary>Takes away what another run is loading, and, where nobody watches, what was loaded last with an end that nobody knows.</summary>
    public void LeaveTo(IReadOnlyList<AclLoad> others, IReadOnlyList<AclLoad> doubtful)
    {
        foreach (var load in others.Where(Leave))
            said.Add($"Skipping {load.Acl} on {load.Device}: run {load.Run} is loading it, or was interrupted (trigger acl load --resume {load.Run})");
        foreach (var load in doubtful.Where(Leave))
            leftToPeople.Add($"Skipping {load.Acl} on {load.Device}: it is in doubt what became of it in run {load.Run} (trigger job results {load.Run}); load it by hand");
    }

    private bool Leave(AclLoad load) => items.RemoveAll(item => item.Device.Name == load.Device && item.Acl == load.Acl) > 0;

    /// <summary>Takes away what cannot be loaded.</summary>
    public void Refuse(Func<LoadItem, string?> why)
    {
        foreach (var item in items.ToList())
        {
            if (why(item) is not { } reason)
                continue;

            refused.Add((item.Device.Name, $"{item.Acl}: {reason}"));
            items.Remove(item);
        }
    }
}
