using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Acls;
using Trigger.Devices.Inventory;
using Trigger.Devices.Windows;
using Trigger.Node.Acls;

namespace Trigger.Cli.Loading;

/// <summary>Makes the plan of what was asked for: arguments, a file, the queue; then what the rules take away.</summary>
internal sealed class LoadGathering(LoadRequest request, LoadSettings settings, NetDevices known, AclAssociations associations, Func<NetDevice, bool> isMeant)
{
    /// <summary>The most lines and ACLs that a file may name.</summary>
    private const int Most = 100_000;

    private readonly LoadPlan plan = new();

    /// <param name="queue">What waits is read before any filter is.</param>
    public LoadPlan Plan(AclQueue queue, BounceWindows windows, DateTimeOffset now, Mistakes mistakes)
    {
        var waiting = queue.Waiting();
        if (request.File is { } file)
            FromFile(file, mistakes);
        if (request.Queue)
            FromQueue(waiting);
        if (request.File is null && !request.Queue)
            FromArguments(mistakes);
        if (mistakes.Any)
            return plan;

        if (request.Auto)
            plan.Blacklist([.. settings.Blacklist, .. TooOften(waiting)]);
        if (!request.Bouncy)
        {
            var bulk = associations.Bulk(Device.AclOptions.BulkThreshold).ToHashSet(StringComparer.Ordinal);
            plan.Throttle(acl => request.Bulk || bulk.Contains(acl), settings.LimitOf);
        }

        plan.Exclude(request.Exclude);
        plan.Bounce(windows, now, request.Bouncy);
        plan.LeaveTo(queue.UnderWay(), request.Auto ? queue.Doubtful() : []);
        if (!request.NoDb)
            plan.Answers(waiting);
        return plan;
    }

    private void FromArguments(Mistakes mistakes)
    {
        var unknown = new List<string>();
        foreach (var acl in request.Acls)
        {
            var devices = associations.ByAcl.GetValueOrDefault(acl, []).Where(isMeant).ToList();
            if (devices.Count == 0)
                unknown.Add(acl);
            devices.ForEach(device => plan.Add(device, acl));
        }

        if (unknown.Count > 0)
            mistakes.Add($"No devices found for {string.Join(", ", unknown)}");
    }

    private void FromFile(string path, Mistakes mistakes)
    {
        try
        {
            var number = 0;
            foreach (var line in File.ReadLines(path).Take(Most))
            {
                number++;
                if (line.Length == 0 || char.IsWhiteSpace(line[0]) || line[0] == '#')
                    continue;

                var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
                if (known.Find(words[0]) is not { } device)
                {
                    mistakes.Add($"{path}:{number}: there is no device '{words[0]}' in the inventory.");
                    continue;
                }

                var has = associations.Of(device).All;
                var wanted = words.Length > 1 ? words[1..].Where(acl => request.Acls.Count == 0 || request.Acls.Contains(acl)) : request.Acls.Count > 0 ? request.Acls : has;
                foreach (var acl in wanted.Distinct())
                {
                    if (has.Contains(acl))
                        plan.Add(device, acl);
                    else
                        mistakes.Add($"{path}:{number}: Could not find {acl} in ACL list for {device.Name}");
                }
            }
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"-f {path}: {unreadable.Message}");
        }
    }

    private void FromQueue(IReadOnlyList<QueuedAcl> waiting)
    {
        var strangers = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var entry in waiting.Where(entry => entry.Escalation == request.Escalation && (request.Acls.Count == 0 || request.Acls.Contains(entry.Acl))))
        {
            // Exactly this name: a device that is gone must not become another whose name begins so.
            if (known.Find(entry.Device) is { } device && device.Name == entry.Device)
                plan.Add(device, entry.Acl);
            else
                strangers.Add(entry.Device);
        }

        plan.Strangers(strangers);
    }

    private IEnumerable<string> TooOften(IReadOnlyList<QueuedAcl> waiting) =>
        waiting.GroupBy(entry => entry.Acl, StringComparer.Ordinal).Where(same => settings.QueueLimits.TryGetValue(same.Key, out var limit) && same.Count() >= limit).Select(same => same.Key);
}
