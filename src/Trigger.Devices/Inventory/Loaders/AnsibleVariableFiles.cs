using YamlDotNet.RepresentationModel;

namespace Trigger.Devices.Inventory.Loaders;

/// <summary>The directories <c>group_vars</c> and <c>host_vars</c> beside an Ansible inventory.</summary>
internal static class AnsibleVariableFiles
{
    public static void Read(InventorySource source, AnsibleInventory inventory, List<string> mistakes)
    {
        if (source.Path is null || Path.GetDirectoryName(Path.GetFullPath(source.Path)) is not { } folder)
            return;

        foreach (var (name, file) in FilesOf(Path.Combine(folder, "group_vars")))
        {
            if (inventory.HasGroup(name))
                Each(file, mistakes, (variable, value) => inventory.SetGroupVariable(name, variable, value));
        }

        foreach (var (name, file) in FilesOf(Path.Combine(folder, "host_vars")))
        {
            if (inventory.HasHost(name))
                Each(file, mistakes, (variable, value) => inventory.SetHostVariable(name, variable, value));
        }
    }

    // A group's variables are in a file of its name, with or without an extension, or in the files of a directory of its name.
    private static IEnumerable<(string Name, string File)> FilesOf(string folder)
    {
        if (!Directory.Exists(folder))
            yield break;

        foreach (var entry in Directory.EnumerateFileSystemEntries(folder).Order(StringComparer.Ordinal))
        {
            if (!Directory.Exists(entry))
            {
                yield return (Path.GetExtension(entry) is ".yml" or ".yaml" or ".json" ? Path.GetFileNameWithoutExtension(entry) : Path.GetFileName(entry), entry);
                continue;
            }

            foreach (var file in Directory.EnumerateFiles(entry).Order(StringComparer.Ordinal))
                yield return (Path.GetFileName(entry), file);
        }
    }

    private static void Each(string file, List<string> mistakes, Action<string, string?> set)
    {
        switch (YamlText.Read(InventorySource.OfPath(file), mistakes))
        {
            case YamlMappingNode variables:
                foreach (var (name, value) in YamlText.Scalars(variables))
                    set(name, value);
                break;
            case { } other:
                mistakes.Add($"{file}:{other.Start.Line}: variables are name: value, one below the other.");
                break;
        }
    }
}
