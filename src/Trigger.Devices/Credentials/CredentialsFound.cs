namespace Trigger.Devices.Credentials;

/// <summary>What the sources gave: possibly without a user name, which then has to be asked for; null when there are mistakes.</summary>
public sealed record CredentialsFound(Credentials? Credentials, IReadOnlyList<string> Mistakes);
