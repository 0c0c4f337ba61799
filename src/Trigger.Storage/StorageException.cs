namespace Trigger.Storage;

/// <summary>The state directory cannot be used; the message names it and says what would be right.</summary>
public sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);
