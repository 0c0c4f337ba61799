using Trigger.Devices.Inventory.Loaders;
using Trigger.Devices.Platforms;

namespace Trigger.Devices.Inventory;

/// <summary>All devices of an inventory, as they were when it was read. Immutable; look-ups by name are indexed.</summary>
public sealed class NetDevices
{
    private readonly Dictionary<string, NetDevice> byName = new(StringComparer.OrdinalIgnoreCase);

    // Name without port, and every part of it that ends before a dot; null when it leads to more than one device.
    private readonly Dictionary<string, NetDevice?> byPart = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> fields = new(StringComparer.OrdinalIgnoreCase);

    public NetDevices(IEnumerable<NetDevice> devices)
    {
        All = [.. devices];
        Production = [.. All.Where(device => device.AdminStatus.Equals("PRODUCTION", StringComparison.OrdinalIgnoreCase))];
        foreach (var device in All)
        {
            byName.TryAdd(device.Name, device);
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

    /// <summary>Devices whose field contains the text. Ignores case.</summary>
    public IReadOnlyList<NetDevice> Search(string text, string field = "nodeName") =>
        [.. All.Where(device => ValueOf(device, field)?.Contains(text, StringComparison.OrdinalIgnoreCase) == true)];

    /// <summary>Devices whose fields contain the values, all of them; a null value asks for devices without one. Ignores case.</summary>
    public IReadOnlyList<NetDevice> Match(IReadOnlyDictionary<string, string?> wanted) =>
        [.. All.Where(device => wanted.All(field => field.Value is null
            ? ValueOf(device, field.Key) is null
            : ValueOf(device, field.Key)?.Contains(field.Value, StringComparison.OrdinalIgnoreCase) == true))];

    /// <summary>A device's value of a field, the built-in ones included, or null.</summary>
    public static string? ValueOf(NetDevice device, string field) => InventoryFields.ValueOf(device, field);

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
