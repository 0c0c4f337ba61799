using Trigger.Devices.Windows;

namespace Trigger.Jobs;

/// <summary>
/// Which device may be begun next: one whose vendor, site and group have room, whose window is open, and whose credential may be shown again. A device that must wait stands aside
/// where it waits, so finding the next one costs nothing for those that cannot go.
/// </summary>
/// <param name="realm">Names the credential that a device would be shown; null for none. Asked only when the policy limits logins.</param>
internal sealed class RunQueue(IReadOnlyList<ChosenDevice> devices, RunPolicy? policy, IReadOnlyList<BounceWindow> windows, Func<int, string?> realm)
{
    // At high rates the clock's own coarseness would cost more than the limit: up to so much may be made up for.
    private static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(20);

    private readonly Queue<(int Device, string? From)> ready = new();
    private readonly Queue<int> first = new();
    private readonly Dictionary<string, int> taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<int>> aside = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> loginAt = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(int Device, string? Realm), DateTimeOffset> later = new();
    private readonly HashSet<string> ringing = new(StringComparer.Ordinal);
    private readonly DateTimeOffset[] opensAt = new DateTimeOffset[windows.Count];
    private readonly TimeSpan? interval = policy?.LoginsPerSecond is { } rate ? TimeSpan.FromSeconds(1 / rate) : null;
    private int batched;

    /// <summary>When a device that waits for the time of day, a retry or a login may go; null when none does.</summary>
    public DateTimeOffset? Wake => later.TryPeek(out _, out var at) ? at : null;

    public void Add(int device) => ready.Enqueue((device, null));

    /// <summary>Before all that were added.</summary>
    public void AddFirst(int device) => first.Enqueue(device);

    /// <summary>The devices of the batch that is under way stand in line, each once.</summary>
    public void AddBatch(RunState run)
    {
        for (; batched < run.Devices.Count && run.Devices[batched].Batch <= run.BatchesPassed; batched++)
        {
            if (run.IsOver(batched))
                continue;

            if (run[batched].RetryAt is { } at)
                AddAt(batched, at);
            else
                Add(batched);
        }
    }

    public void AddAt(int device, DateTimeOffset at) => later.Enqueue((device, null), at);

    /// <summary>Takes the next device that may be begun. Its places are its own until <see cref="Free"/>.</summary>
    public bool TryTake(DateTimeOffset now, out int device)
    {
        Due(now);
        while (TryNext(out device, out var from))
        {
            if (WaitsFor(device, now) is not { } place)
                return Take(device, now);

            if (place.Length > 0)
                StandAside(device, place);
            if (from is not null && HasRoom(from, now))
                Release(from);
        }

        return false;
    }

    /// <summary>The device's conversation is over: others may have its places.</summary>
    public void Free(int device)
    {
        foreach (var place in PlacesOf(device))
        {
            taken[place]--;
            Release(place);
        }
    }

    private bool TryNext(out int device, out string? from)
    {
        from = null;
        if (first.TryDequeue(out device))
            return true;

        if (!ready.TryDequeue(out var next))
            return false;

        (device, from) = next;
        return true;
    }

    /// <summary>The place that has no room for the device; empty when it waits for a moment; null when it may go.</summary>
    private string? WaitsFor(int device, DateTimeOffset now)
    {
        if (devices[device].Window is { } window && OpensAt(window, now) is var opens && opens > now)
        {
            later.Enqueue((device, null), opens);
            return "";
        }

        return PlacesOf(device).FirstOrDefault(place => !HasRoom(place, now)) ?? (RealmOf(device) is { } account && !HasRoom(account, now) ? account : null);
    }

    private bool Take(int device, DateTimeOffset now)
    {
        foreach (var place in PlacesOf(device))
            taken[place] = taken.GetValueOrDefault(place) + 1;

        if (RealmOf(device) is { } account)
        {
            var last = loginAt.GetValueOrDefault(account, now);
            loginAt[account] = (last > now - Slack && interval < Slack ? last : now) + interval!.Value;
            RingFor(account);
        }

        return true;
    }

    private void StandAside(int device, string place)
    {
        if (!aside.TryGetValue(place, out var line))
            aside.Add(place, line = new Queue<int>());
        line.Enqueue(device);
        if (place[0] == 'r')
            RingFor(place);
    }

    private void RingFor(string account)
    {
        if (aside.TryGetValue(account, out var line) && line.Count > 0 && ringing.Add(account))
            later.Enqueue((-1, account), loginAt[account]);
    }

    private void Due(DateTimeOffset now)
    {
        while (later.TryPeek(out var due, out var at) && at <= now)
        {
            later.Dequeue();
            if (due.Realm is { } account)
            {
                ringing.Remove(account);
                Release(account);
            }
            else
            {
                ready.Enqueue((due.Device, null));
            }
        }
    }

    private void Release(string place)
    {
        if (aside.TryGetValue(place, out var line) && line.TryDequeue(out var device))
            ready.Enqueue((device, place));
    }

    private bool HasRoom(string place, DateTimeOffset now) => place[0] switch
    {
        'v' => taken.GetValueOrDefault(place) < policy!.PerVendor,
        's' => taken.GetValueOrDefault(place) < policy!.PerSite,
        'g' => taken.GetValueOrDefault(place) < 1,
        _ => loginAt.GetValueOrDefault(place, now) - (interval < Slack ? Slack : TimeSpan.Zero) <= now,
    };

    private IEnumerable<string> PlacesOf(int device)
    {
        if (policy is null)
            yield break;

        var chosen = devices[device];
        if (chosen.Vendor is { } vendor)
            yield return $"v{vendor}";
        if (chosen.Site is { } site)
            yield return $"s{site}";
        if (chosen.Group is { } group)
            yield return $"g{group}";
    }

    private string? RealmOf(int device) => interval is not null && realm(device) is { } account ? $"r{account}" : null;

    // Looking a window's next hour up walks through days of quarter hours; a fleet has few windows and many devices.
    private DateTimeOffset OpensAt(int window, DateTimeOffset now)
    {
        if (opensAt[window] <= now)
            opensAt[window] = windows[window].NextOk(policy!.Window!.Value, now);
        return opensAt[window];
    }
}
