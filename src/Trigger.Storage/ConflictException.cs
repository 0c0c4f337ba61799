namespace Trigger.Storage;

/// <summary>Somebody else has written there already; nothing of this writing was kept.</summary>
public sealed class ConflictException(string message, Exception? inner = null) : StorageException(message, inner);
