namespace Trigger.Notify;

/// <summary>A notice that was not delivered: to whom, and why.</summary>
public sealed class NotifyException(string message, Exception? inner = null) : Exception(message, inner);
