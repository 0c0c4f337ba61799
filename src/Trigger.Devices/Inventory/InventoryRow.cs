namespace Trigger.Devices.Inventory;

/// <summary>What a source says of one device, field by field, before anything is made of it. Names ignore case; values are trimmed, and an empty one is null.</summary>
internal sealed record InventoryRow(Dictionary<string, string?> Fields, string Source)
{
    public string? this[string field] => Fields.GetValueOrDefault(field);
}
