namespace Trigger.Devices.Inventory;

/// <summary>The devices that a selection means, or what is wrong with it, each mistake with its column.</summary>
public sealed record SelectionResult(IReadOnlyList<NetDevice> Devices, IReadOnlyList<string> Mistakes);
