using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>The object groups of a text, followed on demand. Undefined names and circles are reported where they are named, once.</summary>
internal sealed class GroupTable(ReadLimits limits, DiagnosticList said)
{
    private readonly Dictionary<string, ObjectGroup> networks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ObjectGroup> services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Family Family, UInt128 Address)> hosts = new(StringComparer.Ordinal);
    private readonly HashSet<string> complained = [];

    /// <summary>An address that has a name of its own (ASA <c>name 10.1.1.1 web</c>).</summary>
    public void Host(string name, Family family, UInt128 address) => hosts[name] = (family, address);

    /// <summary>The address that is written, or named.</summary>
    public bool TryAddress(ReadOnlySpan<char> word, out Family family, out UInt128 address)
    {
        if (AddressText.TryAddress(word, out family, out address))
            return true;
        if (hosts.Count == 0 || !hosts.TryGetValue(word.ToString(), out var named))
            return false;
        (family, address) = named;
        return true;
    }

    public ObjectGroup Network(string name, Model.Position at) => Open(networks, name, at);

    public ObjectGroup Service(string name, Model.Position at) => Open(services, name, at);

    public bool HasNetwork(string name) => networks.ContainsKey(name);

    public bool HasService(string name) => services.ContainsKey(name);

    /// <summary>All members, with what could not be understood among them.</summary>
    public (List<AddressMatch> Addresses, List<string> Unknown) Addresses(string name, Model.Position at)
    {
        var found = new List<AddressMatch>();
        var unknown = new List<string>();
        Follow(networks, "network", name, at, [], group =>
        {
            found.AddRange(group.Addresses);
            unknown.AddRange(group.Unknown);
            return found.Count;
        }, unknown);
        return (found, Whole(name, unknown));
    }

    public (List<ServiceEntry> Services, List<string> Unknown) Services(string name, Model.Position at)
    {
        var found = new List<ServiceEntry>();
        var unknown = new List<string>();
        Follow(services, "service", name, at, [], group =>
        {
            found.AddRange(group.Services);
            unknown.AddRange(group.Unknown);
            return found.Count;
        }, unknown);
        return (found, Whole(name, unknown));
    }

    // The member is told where it stands; to a line it is the group that is not understood.
    private static List<string> Whole(string name, List<string> unknown) => unknown.Count == 0 ? unknown : [$"group {name}"];

    private void Follow(Dictionary<string, ObjectGroup> table, string kind, string name, Model.Position at, List<string> path, Func<ObjectGroup, int> take, List<string> unknown)
    {
        var problem = path.Contains(name) ? $"{kind} group '{name}' contains itself: {string.Join(" > ", path)} > {name}"
            : path.Count >= limits.Depth ? $"{kind} groups are nested more than {limits.Depth} deep at '{name}'"
            : !table.ContainsKey(name) ? $"{kind} group '{name}' is not defined in this text: lines that use it are unknown"
            : null;
        if (problem is null && take(table[name]) > limits.GroupMembers)
            problem = $"{kind} group '{name}' has more than {limits.GroupMembers} members";
        if (problem is not null)
        {
            unknown.Add($"group {name}");
            if (complained.Add(problem))
                said.Warn(at, problem);
            return;
        }

        path.Add(name);
        foreach (var (inner, where) in table[name].Groups)
            Follow(table, kind, inner, where, path, take, unknown);
        path.RemoveAt(path.Count - 1);
    }

    private static ObjectGroup Open(Dictionary<string, ObjectGroup> table, string name, Model.Position at)
    {
        if (!table.TryGetValue(name, out var group))
            table.Add(name, group = new ObjectGroup(name, at));
        return group;
    }
}
