using Trigger.Hocon;

namespace Trigger.Devices.Inventory;

/// <summary>What a selection may refer to beside the inventory.</summary>
public sealed record SelectionContext
{
    /// <summary>Groups of one's own: a name and the selection that it stands for. They may refer to each other, but not in a circle.</summary>
    public IReadOnlyDictionary<string, string> Groups { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What <c>internal=yes</c> and <c>internal=no</c> go by.</summary>
    public InternalNetworks Internal { get; init; } = InternalNetworks.Usual;

    /// <summary>Reads the lines of <c>@file</c>.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public Func<string, IReadOnlyList<string>> ReadLines { get; init; } = Lines;

    /// <summary>Groups from a file of HOCON: <c>name = "selection"</c>, one a line. What is wrong with it is noted as <c>file:line: …</c>.</summary>
    public static SelectionContext WithGroups(string file, List<string> mistakes)
    {
        try
        {
            var config = Config.ParseFile(file);
            return new SelectionContext { Groups = config.Keys.ToDictionary(name => name, name => config.GetString(ConfigPath.Quoted(name)), StringComparer.OrdinalIgnoreCase) };
        }
        catch (ConfigException bad)
        {
            mistakes.Add(bad.Message);
            return new SelectionContext();
        }
    }

    private const int Largest = 4 * 1024 * 1024;

    private static IReadOnlyList<string> Lines(string path)
    {
        try
        {
            return new FileInfo(path) is { Exists: true, Length: > Largest } ? throw new IOException($"it is larger than {Largest} bytes") : File.ReadAllLines(path);
        }
        catch (Exception unreadable) when (unreadable is UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException(unreadable.Message, unreadable);
        }
    }
}
