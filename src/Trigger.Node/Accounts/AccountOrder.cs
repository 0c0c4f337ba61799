using Trigger.Devices;

namespace Trigger.Node.Accounts;

/// <summary>An account that the cluster is to have for its devices.</summary>
/// <param name="On">The selection of devices that it is for; all when left out.</param>
/// <param name="Enable">The enable password, where it is another one.</param>
/// <param name="First">To be tried before all others.</param>
public sealed record AccountOrder(string? On = null, string? User = null, Secret? Password = null, Secret? Enable = null, bool First = false);
