namespace Trigger.Devices.Acls;

/// <summary>The ACLs of one device, sorted.</summary>
/// <param name="Explicit">Put there by name.</param>
/// <param name="Implicit">Given by the site's policy.</param>
public sealed record DeviceAcls(IReadOnlyList<string> Explicit, IReadOnlyList<string> Implicit)
{
    public static DeviceAcls None { get; } = new([], []);

    /// <summary>Both, sorted.</summary>
    public IReadOnlyList<string> All { get; } = [.. Explicit.Union(Implicit, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
}
