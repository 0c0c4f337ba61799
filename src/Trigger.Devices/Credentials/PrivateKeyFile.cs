namespace Trigger.Devices.Credentials;

/// <summary>A private key to log in with.</summary>
public sealed record PrivateKeyFile(string Path, Secret? Passphrase);
