using Microsoft.Extensions.Configuration;

namespace Trigger.Hocon.Extensions.Configuration;

/// <summary>Reads a HOCON file, and again when one of its files changes.</summary>
internal sealed class HoconConfigurationProvider : ConfigurationProvider, IDisposable
{
    private readonly HoconConfigurationSource source;
    private readonly ITimer reload;
    private readonly Lock gate = new();
    private readonly Dictionary<string, FileSystemWatcher> watchers = new(StringComparer.Ordinal); // By folder.
    private HashSet<string> files = new(StringComparer.Ordinal);

    public HoconConfigurationProvider(HoconConfigurationSource source)
    {
        this.source = source;
        reload = TimeProvider.System.CreateTimer(_ => Reload(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override void Load()
    {
        lock (gate)
            Data = Read();
    }

    public void Dispose()
    {
        reload.Dispose();
        lock (gate)
        {
            foreach (var watcher in watchers.Values)
                watcher.Dispose();
            watchers.Clear();
        }
    }

    private Dictionary<string, string?> Read()
    {
        var looked = new HashSet<string>(StringComparer.Ordinal) { Path.GetFullPath(source.Path) };
        try
        {
            if (source.Optional && !File.Exists(source.Path))
                return [];
            var options = new ConfigReadOptions { Environment = Environment.GetEnvironmentVariable, Looked = file => looked.Add(file) };
            return HoconKeys.Of(Config.ParseFile(source.Path, options));
        }
        finally
        {
            // Also after a mistake: the next change is probably its correction, perhaps in a file just included.
            Watch(looked);
        }
    }

    private void Watch(HashSet<string> looked)
    {
        files = looked;
        if (!source.ReloadOnChange)
            return;
        foreach (var folder in looked.Select(Path.GetDirectoryName).OfType<string>().Distinct().Where(folder => !watchers.ContainsKey(folder) && Directory.Exists(folder)))
        {
            // A folder rather than its files: editors replace a file, and an optional one may appear later.
            var watcher = new FileSystemWatcher(folder) { NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size };
            watcher.Changed += (_, change) => Changed(change.FullPath);
            watcher.Created += (_, change) => Changed(change.FullPath);
            watcher.Deleted += (_, change) => Changed(change.FullPath);
            watcher.Renamed += (_, change) => Changed(change.FullPath);
            watcher.EnableRaisingEvents = true;
            watchers.Add(folder, watcher);
        }
    }

    private void Changed(string path)
    {
        lock (gate)
        {
            if (files.Contains(path))
                reload.Change(source.ReloadDelay, Timeout.InfiniteTimeSpan);
        }
    }

    private void Reload()
    {
        lock (gate)
        {
            try
            {
                Data = Read();
            }
            catch (ConfigException mistake)
            {
                // What was in force stays in force until a reading succeeds.
                source.ReloadFailed?.Invoke(mistake);
                return;
            }
        }

        OnReload();
    }
}
