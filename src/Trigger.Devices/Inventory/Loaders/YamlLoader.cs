using YamlDotNet.RepresentationModel;

namespace Trigger.Devices.Inventory.Loaders;

/// <summary>YAML inventories: Ansible's groups, and Nornir's SimpleInventory with its <c>groups.yaml</c> and <c>defaults.yaml</c>, told apart by what the hosts look like.</summary>
public sealed class YamlLoader : IInventoryLoader
{
    public string Name => "YAML (Ansible, Nornir)";

    public LoaderAnswer Load(InventorySource source)
    {
        if (source.IsDirectory)
        {
            var hosts = new[] { "hosts.yaml", "hosts.yml" }.Select(name => Path.Combine(source.Path!, name)).FirstOrDefault(File.Exists);
            return hosts is null ? new LoaderAnswer.Refused("there is no hosts.yaml in it") : Load(InventorySource.OfPath(hosts));
        }

        var named = source.Extension is ".yml" or ".yaml";
        if (!named && !source.Beginning.StartsWith("---"u8))
            return new LoaderAnswer.Refused("its name does not end in .yml or .yaml, nor does it begin with ---");

        var mistakes = new List<string>();
        var root = YamlText.Read(source, mistakes);
        if (mistakes.Count > 0)
            return new LoaderAnswer.Rows([], mistakes);

        switch (root)
        {
            case null or YamlScalarNode { Value: null or "" }:
                return new LoaderAnswer.Rows([], []);
            case YamlMappingNode mapping when NornirInventory.Fits(mapping):
                return new LoaderAnswer.Rows(NornirInventory.Rows(mapping, source, mistakes), mistakes);
            case YamlMappingNode mapping:
                var inventory = new AnsibleInventory();
                foreach (var (name, group) in mapping.Children)
                    Group(YamlText.Text(name) ?? "?", group, depth: 0, source, inventory, mistakes);
                AnsibleVariableFiles.Read(source, inventory, mistakes);
                return new LoaderAnswer.Rows(inventory.Rows(), mistakes);
            default:
                return new LoaderAnswer.Rows([], [$"{source.Name}:{root.Start.Line}: an inventory is a mapping of groups (Ansible) or of hosts (Nornir)."]);
        }
    }

    private static void Group(string name, YamlNode group, int depth, InventorySource source, AnsibleInventory inventory, List<string> mistakes)
    {
        inventory.AddGroup(name);
        if (group is not YamlMappingNode parts)
        {
            if (YamlText.Text(group) is not null)
                mistakes.Add($"{source.Name}:{group.Start.Line}: the group '{name}' has hosts, children and vars, not a plain value.");
            return;
        }

        foreach (var (key, value) in parts.Children)
        {
            switch (YamlText.Text(key), value)
            {
                case ("hosts", YamlMappingNode hosts):
                    foreach (var (host, variables) in hosts.Children)
                        Hosts(name, host, variables, source, inventory, mistakes);
                    break;
                case ("vars", YamlMappingNode variables):
                    foreach (var (variable, text) in YamlText.Scalars(variables))
                        inventory.SetGroupVariable(name, variable, text);
                    break;
                case ("children", YamlMappingNode children):
                    foreach (var (child, inner) in children.Children)
                    {
                        inventory.AddChild(name, YamlText.Text(child) ?? "?");
                        Group(YamlText.Text(child) ?? "?", inner, depth + 1, source, inventory, mistakes);
                    }

                    break;
                case ("hosts" or "vars" or "children", YamlScalarNode { Value: null or "" }):
                    break;
                default:
                    mistakes.Add($"{source.Name}:{key.Start.Line}: '{key}' is not known in the group '{name}'. A group has hosts, children and vars, each with names below it.");
                    break;
            }
        }
    }

    private static void Hosts(string group, YamlNode key, YamlNode variables, InventorySource source, AnsibleInventory inventory, List<string> mistakes)
    {
        var where = $"{source.Name}:{key.Start.Line}";
        if (YamlText.Text(key) is not { } pattern || AnsibleWords.Hosts(pattern) is not { } hosts)
        {
            mistakes.Add($"{where}: '{key}' is not the name of a host.");
            return;
        }

        foreach (var host in hosts)
        {
            inventory.AddHost(group, host, where);
            if (variables is not YamlMappingNode own)
                continue;
            foreach (var (name, value) in YamlText.Scalars(own))
                inventory.SetHostVariable(host, name, value);
        }
    }
}
