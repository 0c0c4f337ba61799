namespace Trigger.Cluster;

/// <summary>This node cannot be a member of this cluster. The message says why, and is meant for people.</summary>
public sealed class ClusterRefusedException(string message) : Exception(message);
