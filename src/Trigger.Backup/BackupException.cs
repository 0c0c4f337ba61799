namespace Trigger.Backup;

/// <summary>The archive cannot be used; the message says which part of it and what would help.</summary>
public sealed class BackupException(string message, Exception? inner = null) : Exception(message, inner);
