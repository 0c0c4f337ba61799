namespace Trigger.Storage;

/// <summary>The database cannot be used, or refused what was asked; the message names it, without secrets, and says what would be right.</summary>
public class StorageException(string message, Exception? inner = null) : Exception(message, inner);
