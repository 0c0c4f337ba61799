using YamlDotNet.RepresentationModel;

namespace Trigger.Devices.Inventory.Loaders;

/// <summary>Nornir's SimpleInventory. What a host does not say its groups say, in the order it names them, each with the groups it names itself, and last the defaults.</summary>
internal static class NornirInventory
{
    private static readonly string[] Own = ["hostname", "port", "username", "password", "platform", "groups", "data", "connection_options"];

    public static bool Fits(YamlMappingNode root) =>
        root.Children.Count > 0
        && root.Children.All(host => YamlText.Text(host.Value) is null && (host.Value is not YamlMappingNode own || own.Children.Keys.All(key => Own.Contains(YamlText.Text(key)))))
        && root.Children.Any(host => host.Value is YamlMappingNode { Children.Count: > 0 });

    public static List<InventoryRow> Rows(YamlMappingNode hosts, InventorySource source, List<string> mistakes)
    {
        var groups = Beside(source, "groups", mistakes);
        var defaults = Beside(source, "defaults", mistakes);
        var rows = new List<InventoryRow>();
        foreach (var (key, value) in hosts.Children)
        {
            var where = $"{source.Name}:{key.Start.Line}";
            var layers = new List<YamlMappingNode>();
            var named = new List<string>();
            if (value is YamlMappingNode own)
                Collect(own, groups, layers, named, where, mistakes);
            if (defaults is not null)
                layers.Add(defaults);
            rows.Add(new InventoryRow(Fields(YamlText.Text(key), layers, named), where));
        }

        return rows;
    }

    private static Dictionary<string, string?> Fields(string? name, List<YamlMappingNode> layers, List<string> groups)
    {
        var fields = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["nodeName"] = name };
        foreach (var layer in layers)
        {
            foreach (var (key, value) in YamlText.Scalars(layer))
            {
                if (key is not "groups" && value is not null)
                    fields.TryAdd(key switch { "hostname" => "address", "password" => "loginPW", _ => key }, value);
            }

            if (YamlText.Child(layer, "data") is YamlMappingNode data)
            {
                foreach (var (key, value) in YamlText.Scalars(data))
                    fields.TryAdd(key, value);
            }
        }

        if (groups.Count > 0)
            fields["groups"] = string.Join(',', groups);
        return fields;
    }

    private static void Collect(YamlMappingNode layer, YamlMappingNode? groups, List<YamlMappingNode> layers, List<string> named, string where, List<string> mistakes)
    {
        layers.Add(layer);
        if (YamlText.Child(layer, "groups") is not YamlSequenceNode list)
            return;

        foreach (var name in list.Children.Select(YamlText.Text).OfType<string>())
        {
            if (named.Contains(name))
                continue;

            named.Add(name);
            if (groups is not null && YamlText.Child(groups, name) is YamlMappingNode group)
                Collect(group, groups, layers, named, where, mistakes);
            else if (groups is null || YamlText.Child(groups, name) is null)
                mistakes.Add($"{where}: there is no group '{name}' in groups.yaml beside this file.");
        }
    }

    private static YamlMappingNode? Beside(InventorySource source, string name, List<string> mistakes)
    {
        if (source.Path is null || Path.GetDirectoryName(Path.GetFullPath(source.Path)) is not { } folder)
            return null;

        var file = new[] { ".yaml", ".yml" }.Select(extension => Path.Combine(folder, name + extension)).FirstOrDefault(File.Exists);
        return file is null ? null : YamlText.Read(InventorySource.OfPath(file), mistakes) as YamlMappingNode;
    }
}
