using System.Collections.Concurrent;
using Trigger.Devices.Inventory.Loaders;
using Trigger.Devices.Platforms;

namespace Trigger.Devices.Inventory;

/// <summary>All devices of an inventory, as they were when it was read. Immutable; look-ups by name are indexed.</summary>
public sealed class NetDevices
{
    private readonly Dictionary<string, NetDevice> byName = new(StringComparer.OrdinalIgnoreCase);

    // Name without port, and every part of it that ends before a dot; null when it leads to more than one device.
    private readonly Dictionary<string, NetDevice?> byPart = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<NetDevice, int> position = new(ReferenceEqualityComparer.Instance);

    // Built when first asked for; most runs ask for none.
    private readonly ConcurrentDictionary<string, Lazy<FieldIndex>> indexes = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> groups = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> fields = new(StringComparer.OrdinalIgnoreCase);

    public NetDevices(IEnumerable<NetDevice> devices)
    {
        All = [.. devices];
        Production = [.. All.Where(device => device.IsInProduction)];
        foreach (var device in All)
        {
            byName.TryAdd(device.Name, device);
            position.TryAdd(device, position.Count);
            foreach (var group in device.Groups)
                groups.Add(group);
            foreach (var field in device.Fields.Keys)
                fields.Add(field);
            IndexParts(device);
        }
    }

    /// <summary>Every device, in the order of the sources.</summary>
    public IReadOnlyList<NetDevice> All { get; }

    /// <summary>Those whose adminStatus is PRODUCTION: the ones that are worked on unless somebody says otherwise.</summary>
    public IReadOnlyList<NetDevice> Production { get; }

    /// <summary>Every field that any device has, beside those that all have.</summary>
    public IReadOnlyCollection<string> FieldNames => fields;

    /// <summary>Every group that any device is in. Ignores case.</summary>
    public IReadOnlySet<string> Groups => groups;

    /// <summary>Reads inventories: files or directories of any format that is built in.</summary>
    public static InventoryLoad Load(IEnumerable<string> paths, PlatformCatalog catalog) =>
        Load(paths.Select(InventorySource.OfPath), catalog, new Inventories(Inventories.BuiltIn));

    /// <summary>Reads inventories with the loaders given.</summary>
    public static InventoryLoad Load(IEnumerable<InventorySource> sources, PlatformCatalog catalog, Inventories loaders)
    {
        var mistakes = new List<string>();
        var builder = new DeviceBuilder(catalog, mistakes);
        var devices = new Dictionary<string, NetDevice>(StringComparer.Ordinal);
        foreach (var source in sources)
        {
            foreach (var row in loaders.Read(source, mistakes))
            {
                if (builder.Build(row) is not { } device)
                    continue;
                if (!devices.TryAdd(device.Name, device))
                    mistakes.Add($"{device.Source}: '{device.Name}' stands here a second time; it is already at {devices[device.Name].Source}.");
            }
        }

        return new InventoryLoad(new NetDevices(devices.Values), mistakes);
    }

    /// <summary>One device by its name, by its name without the port, or by as much of its name as ends before a dot and leads to one device only.</summary>
    public NetDevice? Find(string name) => byName.GetValueOrDefault(name) ?? byPart.GetValueOrDefault(name);

    public int Count => All.Count;

    public bool Contains(string name) => byName.ContainsKey(name);

    /// <summary>The device of exactly this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message names near ones.</exception>
    public NetDevice this[string name] =>
        byName.GetValueOrDefault(name) ?? throw new KeyNotFoundException($"There is no device '{name}'{Nearest.Hint(name, byName.Keys)}");

    /// <summary>Devices whose field contains the text. Ignores case; looks at each different value once.</summary>
    /// <exception cref="KeyNotFoundException">No device has such a field.</exception>
    public IReadOnlyList<NetDevice> Search(string text, string field = "nodeName") => Match((field, text));

    /// <summary>Devices whose fields contain the values, all of them; a null value asks for devices without one. Ignores case.</summary>
    /// <exception cref="KeyNotFoundException">No device has such a field.</exception>
    public IReadOnlyList<NetDevice> Match(IReadOnlyDictionary<string, string?> wanted) => Match([.. wanted.Select(pair => (pair.Key, pair.Value))]);

    /// <inheritdoc cref="Match(IReadOnlyDictionary{string, string?})"/>
    public IReadOnlyList<NetDevice> Match(params (string Field, string? Value)[] wanted)
    {
        if (wanted.Length == 0)
            return All;

        // The narrowest first, so that the others are asked of few devices.
        var found = wanted.Select(pair => IndexOf(pair.Field).Containing(pair.Value)).OrderBy(devices => devices.Count).ToList();
        var rest = found.Skip(1).Select(devices => devices.ToHashSet(ReferenceEqualityComparer.Instance)).ToList();
        return [.. found[0].Where(device => rest.TrueForAll(others => others.Contains(device))).OrderBy(device => position[device])];
    }

    /// <summary>Devices of a type, such as <c>ROUTER</c>. Ignores case.</summary>
    public IReadOnlyList<NetDevice> OfType(string deviceType) => IndexOf("deviceType").Equal(deviceType);

    public IReadOnlyList<NetDevice> Routers => OfType("ROUTER");

    public IReadOnlyList<NetDevice> Switches => OfType("SWITCH");

    public IReadOnlyList<NetDevice> Firewalls => OfType("FIREWALL");

    /// <summary>Devices whose field has exactly this value. Ignores case.</summary>
    /// <exception cref="KeyNotFoundException">No device has such a field.</exception>
    public IReadOnlyList<NetDevice> With(string field, string value) => IndexOf(field).Equal(value);

    /// <summary>
    /// What somebody may mean by a part of a name, sorted: the one device that <see cref="Find"/> knows, else all whose names contain it. The caller lets a person choose.
    /// </summary>
    public IReadOnlyList<NetDevice> DeviceMatch(string name) =>
        Find(name) is { } found ? [found] : [.. All.Where(device => device.Name.Contains(name, StringComparison.OrdinalIgnoreCase)).Order(NetDevice.ByName)];

    /// <summary>A device's value of a field, the built-in ones included, or null.</summary>
    public static string? ValueOf(NetDevice device, string field) => InventoryFields.ValueOf(device, field);

    private FieldIndex IndexOf(string field) => fields.Contains(field) || InventoryFields.BuiltIn.Contains(field, StringComparer.OrdinalIgnoreCase)
        ? indexes.GetOrAdd(field, name => new Lazy<FieldIndex>(() => new FieldIndex(All, name))).Value
        : throw new KeyNotFoundException($"No device has a field '{field}'{Nearest.Hint(field, InventoryFields.BuiltIn.Concat(fields).Distinct(StringComparer.OrdinalIgnoreCase))}");

    private void IndexParts(NetDevice device)
    {
        var host = NodeAddress.Parse(device.Name).Host;
        if (host != device.Name)
            IndexPart(host, device);
        for (var dot = host.LastIndexOf('.'); dot > 0; dot = host.LastIndexOf('.', dot - 1))
            IndexPart(host[..dot], device);
    }

    private void IndexPart(string part, NetDevice device)
    {
        if (!byPart.TryAdd(part, device) && !ReferenceEquals(byPart[part], device))
            byPart[part] = null;
    }
}
