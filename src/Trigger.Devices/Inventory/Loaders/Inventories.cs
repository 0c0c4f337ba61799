namespace Trigger.Devices.Inventory.Loaders;

/// <summary>Finds the loader for a source by trying each in turn.</summary>
public sealed class Inventories
{
    private readonly IReadOnlyList<IInventoryLoader> _loaders;

    /// <param name="loaders">In the order in which they are tried; a custom one goes to the front of <see cref="BuiltIn"/>.</param>
    public Inventories(IReadOnlyList<IInventoryLoader> loaders) => _loaders = loaders;

    /// <summary>JSON, XML, YAML, RANCID, Ansible INI, CSV.</summary>
    public static IReadOnlyList<IInventoryLoader> BuiltIn { get; } =
        [new JsonLoader(), new XmlLoader(), new YamlLoader(), new RancidLoader(), new AnsibleIniLoader(), new CsvLoader()];

    /// <summary>The devices of a source, in its order. What is wrong is noted; a source that nobody can read is one mistake that says why each loader refused it.</summary>
    internal IEnumerable<InventoryRow> Read(InventorySource source, List<string> mistakes)
    {
        var refusals = new List<string>();
        try
        {
            foreach (var loader in _loaders)
            {
                switch (loader.Load(source))
                {
                    case LoaderAnswer.Rows answer:
                        mistakes.AddRange(answer.Mistakes);
                        return answer.Devices;
                    case LoaderAnswer.Refused refused:
                        refusals.Add($"{loader.Name}: {refused.Why}");
                        break;
                }
            }
        }
        catch (IOException unreadable)
        {
            mistakes.Add($"{source.Name}: cannot be read: {unreadable.Message.TrimEnd('.')}.");
            return [];
        }

        if (source.IsDirectory && FilesOf(source.Path!) is { Count: > 0 } files)
            return files.SelectMany(file => Read(InventorySource.OfPath(file), mistakes));

        mistakes.Add($"{source.Name}: no loader can read it. {string.Join("; ", refusals)}.");
        return [];
    }

    // Hidden files are an editor's or a repository's.
    private static List<string> FilesOf(string folder) =>
        [.. Directory.EnumerateFiles(folder).Where(file => Path.GetFileName(file)[0] != '.' && !file.EndsWith('~')).Order(StringComparer.Ordinal)];
}
