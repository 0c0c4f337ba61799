namespace Trigger.Devices.Inventory.Loaders;

/// <summary>
/// What an Ansible inventory says, whichever way it was written: groups of groups of hosts, with variables on all of them. A host's own variables
/// come before its groups', and a group's before those of the groups above it (docs.ansible.com, "How variables are merged").
/// </summary>
internal sealed class AnsibleInventory
{
    private const string All = "all";
    private const string Ungrouped = "ungrouped";

    private readonly Dictionary<string, Group> _groups = new(StringComparer.Ordinal) { [All] = new Group() };
    private readonly Dictionary<string, Host> _hosts = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public bool IsEmpty => _hosts.Count == 0 && _groups.Count == 1;

    public void AddHost(string group, string host, string where)
    {
        if (!_hosts.ContainsKey(host))
        {
            _hosts.Add(host, new Host(where));
            _order.Add(host);
        }

        GroupOf(group).Hosts.Add(host);
    }

    public void AddGroup(string group) => GroupOf(group);

    public void AddChild(string group, string child)
    {
        GroupOf(child);
        GroupOf(group).Children.Add(child);
    }

    public void SetHostVariable(string host, string name, string? value)
    {
        if (_hosts.TryGetValue(host, out var known))
            known.Variables[name] = value;
    }

    public void SetGroupVariable(string group, string name, string? value) => GroupOf(group).Variables[name] = value;

    public bool HasGroup(string group) => _groups.ContainsKey(group);

    public bool HasHost(string host) => _hosts.ContainsKey(host);

    /// <summary>One row a host, with the variables that are about devices under our names, and the others under their own.</summary>
    public List<InventoryRow> Rows()
    {
        var depths = Depths();
        var groupsOf = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var (name, _) in _groups.Where(group => group.Key != All))
        {
            foreach (var host in HostsUnder(name))
            {
                if (!groupsOf.TryGetValue(host, out var groups))
                    groupsOf.Add(host, groups = []);
                groups.Add(name);
            }
        }

        return [.. _order.Select(host => Row(host, [.. (groupsOf.GetValueOrDefault(host) ?? []).OrderBy(depths.GetValueOrDefault).ThenBy(name => name, StringComparer.Ordinal)]))];
    }

    private InventoryRow Row(string host, List<string> groups)
    {
        var variables = new Dictionary<string, string?>(_groups[All].Variables, StringComparer.Ordinal);
        foreach (var (name, value) in groups.SelectMany(group => _groups[group].Variables).Concat(_hosts[host].Variables))
            variables[name] = value;

        var fields = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["nodeName"] = host };
        foreach (var (name, value) in variables)
        {
            if (AnsibleVariables.FieldOf(name) is { } field && AnsibleVariables.ValueOf(field, value) is { } meant)
                fields[field] = meant;
        }

        if (groups.Where(group => group != Ungrouped).ToList() is { Count: > 0 } named)
            fields["groups"] = string.Join(',', named);

        // A host that says nothing of its system is to Ansible one with a shell and Python.
        if (!fields.ContainsKey("platform") && !fields.ContainsKey("manufacturer") && !fields.ContainsKey("vendor"))
            fields["platform"] = "linux";
        return new InventoryRow(fields, _hosts[host].Source);
    }

    private Dictionary<string, int> Depths()
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in _groups.Keys)
            Deepen(name, 1, depths, []);
        return depths;
    }

    private void Deepen(string name, int depth, Dictionary<string, int> depths, HashSet<string> above)
    {
        if (!above.Add(name))
            return;

        if (depths.GetValueOrDefault(name) < depth)
        {
            depths[name] = depth;
            foreach (var child in _groups[name].Children)
                Deepen(child, depth + 1, depths, above);
        }

        above.Remove(name);
    }

    private HashSet<string> HostsUnder(string name)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var hosts = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Stack<string>([name]);
        while (waiting.TryPop(out var at))
        {
            if (!seen.Add(at))
                continue;

            hosts.UnionWith(_groups[at].Hosts);
            foreach (var child in _groups[at].Children)
                waiting.Push(child);
        }

        return hosts;
    }

    private Group GroupOf(string name)
    {
        if (!_groups.TryGetValue(name, out var group))
            _groups.Add(name, group = new Group());
        return group;
    }

    private sealed class Group
    {
        public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Hosts { get; } = new(StringComparer.Ordinal);

        public HashSet<string> Children { get; } = new(StringComparer.Ordinal);
    }

    private sealed record Host(string Source)
    {
        public Dictionary<string, string?> Variables { get; } = new(StringComparer.Ordinal);
    }
}
