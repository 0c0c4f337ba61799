namespace Trigger.Node;

/// <summary>The node cannot start; the message says why and what would be right.</summary>
public sealed class NodeException(string message, Exception inner) : Exception(message, inner);
