namespace Trigger.Node.Clustering;

/// <summary>Who may talk to a device now, and since which change of hands.</summary>
public readonly record struct DeviceHome(NodeRef Node, long Epoch);
