namespace Trigger.Devices.Credentials;

/// <summary>A store, or a file to import, cannot be read or written; the message names it and says what would be right, and never what is in it.</summary>
public sealed class CredentialStoreException(string message, Exception? cause = null) : Exception(message, cause);
