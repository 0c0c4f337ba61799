namespace Trigger.Devices.Inventory;

/// <summary>The devices by their values of one field. A substring is looked for in the different values, of which there are few, and not in the devices.</summary>
internal sealed class FieldIndex
{
    private readonly Dictionary<string, List<NetDevice>> byValue = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<NetDevice> without = [];

    public FieldIndex(IEnumerable<NetDevice> devices, string field)
    {
        foreach (var device in devices)
        {
            if (InventoryFields.ValueOf(device, field) is not { } value)
                without.Add(device);
            else if (byValue.TryGetValue(value, out var same))
                same.Add(device);
            else
                byValue.Add(value, [device]);
        }
    }

    public IReadOnlyList<NetDevice> Equal(string value) => byValue.TryGetValue(value, out var devices) ? devices : [];

    /// <summary>In no particular order; null asks for those without a value.</summary>
    public IReadOnlyList<NetDevice> Containing(string? text) => text is null
        ? without
        : [.. byValue.Where(pair => pair.Key.Contains(text, StringComparison.OrdinalIgnoreCase)).SelectMany(pair => pair.Value)];
}
