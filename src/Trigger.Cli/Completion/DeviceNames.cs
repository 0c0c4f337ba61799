using System.Globalization;
using Trigger.Cli.Input;
using Trigger.Devices.Inventory.Loaders;
using Trigger.Node;

namespace Trigger.Cli.Completion;

/// <summary>
/// The names of all devices, fast: a shell asks at every TAB. They are kept in the user's cache directory, under a line that says from which state of which files; an inventory that has
/// changed is read anew.
/// </summary>
/// <param name="folder">Where names are kept.</param>
internal sealed class DeviceNames(string folder)
{
    public static DeviceNames OfUser() => new(Path.Combine(Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache : Path.Combine(Places.Home, ".cache"), "trigger"));

    /// <param name="sources">Files, directories and URLs.</param>
    /// <param name="read">Reads them; asked only where the names that are kept are old.</param>
    public IReadOnlyList<string> Of(IReadOnlyList<string> sources, Func<IReadOnlyList<string>> read)
    {
        if (sources.Count == 0)
            return [];

        var file = Path.Combine(folder, "device-names");
        var state = string.Join('|', sources.Select(State));
        try
        {
            var kept = File.Exists(file) ? File.ReadAllLines(file) : [];
            if (kept.Length > 0 && kept[0] == state)
                return kept[1..];

            var names = read();
            Directory.CreateDirectory(folder);

            // Two shells may ask at once: each writes a file of its own and moves it into place whole.
            var partial = $"{file}.{Environment.ProcessId}";
            File.WriteAllLines(partial, names.Prepend(state));
            File.Move(partial, file, overwrite: true);
            return names;
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            return read(); // Slower, and as right.
        }
    }

    // What is behind a URL is asked for once an hour.
    private static string State(string source)
    {
        if (InventoryReader.IsUrl(source))
            return $"{source} {TimeProvider.System.GetUtcNow().ToString("yyyyMMddHH", CultureInfo.InvariantCulture)}";

        source = InventorySource.PathOf(source);
        var files = Directory.Exists(source) ? new DirectoryInfo(source).EnumerateFileSystemInfos("*", SearchOption.AllDirectories).OrderBy(file => file.FullName, StringComparer.Ordinal) : Enumerable.Empty<FileSystemInfo>();
        return $"{source} {string.Join(' ', files.Prepend(new FileInfo(source)).Select(file => $"{file.LastWriteTimeUtc.Ticks}+{(file is FileInfo { Exists: true } plain ? plain.Length : 0)}"))}";
    }
}
