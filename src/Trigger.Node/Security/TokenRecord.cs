namespace Trigger.Node.Security;

/// <summary>A token as it stands on record: everything but the token.</summary>
/// <param name="Role">"viewer", "operator" or "admin".</param>
/// <param name="Expires">Null for never.</param>
/// <param name="Revoked">When it was taken back; null while it counts.</param>
public sealed record TokenRecord(string Id, string Name, string Role, DateTimeOffset At, string By, DateTimeOffset? Expires, DateTimeOffset? Revoked);
