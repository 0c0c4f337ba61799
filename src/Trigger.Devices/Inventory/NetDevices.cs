using System.Text;
using Trigger.Devices.Platforms;

namespace Trigger.Devices.Inventory;

/// <summary>All devices of an inventory, as they were when it was read. Immutable; look-ups by name are indexed.</summary>
public sealed class NetDevices
{
    private const int LargestFile = 256 * 1024 * 1024;

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

    /// <summary>Reads inventories: CSV with or without a header, JSON arrays, or one JSON object per line.</summary>
    public static InventoryLoad Load(IEnumerable<string> paths, PlatformCatalog catalog)
    {
        var mistakes = new List<string>();
        var builder = new DeviceBuilder(catalog, mistakes);
        var devices = new Dictionary<string, NetDevice>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            foreach (var row in Rows(path, mistakes))
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

    private static IEnumerable<InventoryRow> Rows(string path, List<string> mistakes)
    {
        byte[] content;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
                throw new IOException($"it is larger than {LargestFile} bytes");
            content = File.ReadAllBytes(path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            mistakes.Add($"{path}: cannot be read: {unreadable.Message}");
            return [];
        }

        return LooksLikeJson(content) ? JsonRows.Read(content, path, mistakes) : new CsvRows(Encoding.UTF8.GetString(content), path, mistakes).Read();
    }

    private static bool LooksLikeJson(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("\uFEFF"u8))
            content = content[3..];
        content = content.TrimStart(" \t\r\n"u8);
        if (content.Length == 0 || content[0] is not ((byte)'[' or (byte)'{'))
            return false;
        // "[2001:db8::1]:22,cisco" begins with a bracket too.
        var rest = content[1..].TrimStart(" \t\r\n"u8);
        return content[0] == '{' || rest.Length == 0 || rest[0] is (byte)'{' or (byte)']' or (byte)'"' or (byte)'/';
    }

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
