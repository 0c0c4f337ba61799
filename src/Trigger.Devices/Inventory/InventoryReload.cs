namespace Trigger.Devices.Inventory;

/// <summary>What came of reading an inventory again.</summary>
/// <param name="Taken">Whether the new one counts from now on; an inventory with mistakes never does.</param>
/// <param name="Devices">The inventory that counts.</param>
/// <param name="Mistakes">Why the new one was left, each as <c>file:line: …</c>.</param>
public sealed record InventoryReload(bool Taken, NetDevices Devices, IReadOnlyList<string> Mistakes);
