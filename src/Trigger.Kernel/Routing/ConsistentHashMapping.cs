namespace Trigger.Kernel.Routing;

/// <summary>The key of a message, null when the mapping does not know it.</summary>
public delegate object? ConsistentHashMapping(object msg);
