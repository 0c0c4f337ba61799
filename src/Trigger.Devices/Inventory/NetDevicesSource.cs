using Trigger.Devices.Inventory.Loaders;

namespace Trigger.Devices.Inventory;

/// <summary>
/// An inventory that follows its files: read anew when one changes, once it has been left alone for a moment. Whoever took <see cref="Current"/> keeps that snapshot; a new
/// inventory with mistakes is reported and never replaces a good one. Safe for several threads.
/// </summary>
public sealed class NetDevicesSource : IDisposable
{
    private readonly Func<InventoryLoad> load;
    private readonly Action<InventoryReload> report;
    private readonly TimeSpan debounce;
    private readonly ITimer timer;
    private readonly List<FileSystemWatcher> watchers = [];
    private readonly Lock reading = new();
    private NetDevices current;
    private bool disposed;

    /// <param name="load">Reads the inventory; called on a thread of its own, one call at a time.</param>
    /// <param name="first">What counts to begin with.</param>
    /// <param name="paths">Files and directories to watch. What does not exist yet is noticed when it appears, if its directory exists.</param>
    /// <param name="report">Hears of every reload, good or not, from the thread that read.</param>
    /// <param name="time">For the debounce.</param>
    /// <param name="debounce">How long the files must have been left alone: editors and copies write in several goes.</param>
    public NetDevicesSource(Func<InventoryLoad> load, NetDevices first, IEnumerable<string> paths, Action<InventoryReload> report, TimeProvider time, TimeSpan debounce)
    {
        this.load = load;
        this.report = report;
        this.debounce = debounce;
        current = first;
        timer = time.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        foreach (var path in paths)
            Watch(Path.GetFullPath(InventorySource.PathOf(path)));
    }

    /// <summary>The inventory that counts now.</summary>
    public NetDevices Current => Volatile.Read(ref current);

    /// <summary>Says that something has changed; the reload follows when nobody has said so again for the debounce time.</summary>
    public void Changed()
    {
        if (!disposed)
            timer.Change(debounce, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Reads now.</summary>
    public InventoryReload Reload()
    {
        InventoryReload outcome;
        lock (reading)
        {
            var loaded = load();
            var taken = loaded.Mistakes.Count == 0;
            if (taken)
                Volatile.Write(ref current, loaded.Devices);
            outcome = new InventoryReload(taken, Current, loaded.Mistakes);
        }

        report(outcome);
        return outcome;
    }

    public void Dispose()
    {
        disposed = true;
        foreach (var watcher in watchers)
            watcher.Dispose();
        timer.Dispose();
    }

    // A file is watched by way of its directory: editors replace files, and a watch on the file itself would stay with the old one.
    private void Watch(string path)
    {
        var isDirectory = Directory.Exists(path);
        var directory = isDirectory ? path : Path.GetDirectoryName(path);
        if (directory is null || !Directory.Exists(directory))
            return;
        var watcher = isDirectory ? new FileSystemWatcher(directory) : new FileSystemWatcher(directory, Path.GetFileName(path));
        watcher.NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size | NotifyFilters.CreationTime;
        watcher.Changed += (_, _) => Changed();
        watcher.Created += (_, _) => Changed();
        watcher.Deleted += (_, _) => Changed();
        watcher.Renamed += (_, _) => Changed();

        // So many changes at once that some were lost: something has changed for certain.
        watcher.Error += (_, _) => Changed();
        watcher.EnableRaisingEvents = true;
        watchers.Add(watcher);
    }
}
