namespace Trigger.Devices.Inventory;

/// <summary>What a source says of one device, field by field, before anything is made of it.</summary>
/// <param name="Fields">By the source's own names, in a dictionary that ignores case. Values are trimmed, and an empty one is null.</param>
/// <param name="Source">Where it stands: <c>file:line</c>.</param>
public sealed record InventoryRow(Dictionary<string, string?> Fields, string Source)
{
    public string? this[string field] => Fields.GetValueOrDefault(field);

    /// <summary>The first of these fields that says something.</summary>
    internal string? First(IEnumerable<string> fields) => fields.Select(field => this[field]).FirstOrDefault(value => value is not null);
}
