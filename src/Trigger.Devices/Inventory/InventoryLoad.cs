namespace Trigger.Devices.Inventory;

/// <summary>What came of reading inventories.</summary>
/// <param name="Devices">Every device that could be read; complete only when there are no mistakes.</param>
/// <param name="Mistakes">All of them, each as <c>file:line: …</c>.</param>
public sealed record InventoryLoad(NetDevices Devices, IReadOnlyList<string> Mistakes);
