namespace Trigger.Storage;

/// <summary>A token for the API, without what it is made of.</summary>
/// <param name="Hash">SHA-256 of the token's text.</param>
/// <param name="Expires">Null for never.</param>
/// <param name="Revoked">When it was taken back; null while it counts.</param>
public sealed record TokenRow(string Id, string Name, string Role, byte[] Hash, DateTimeOffset At, string By, DateTimeOffset? Expires, DateTimeOffset? Revoked);
