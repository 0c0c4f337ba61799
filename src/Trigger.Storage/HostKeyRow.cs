namespace Trigger.Storage;

/// <summary>A host key that some node was shown, or that was imported.</summary>
/// <param name="Id">The same for the same key of the same host.</param>
/// <param name="Host">As known_hosts names it: <c>10.0.0.1</c>, <c>[10.0.0.1]:2022</c>.</param>
/// <param name="Key">Base64, as known_hosts has it.</param>
/// <param name="State"><see cref="Trusted"/> and the like.</param>
/// <param name="SeenBy">Which node was shown it, or who imported it.</param>
/// <param name="DecidedAt">When a person approved or rejected it; null when nobody did.</param>
public sealed record HostKeyRow(
    string Id, string Host, string Type, string Key, string Fingerprint, string State, DateTimeOffset SeenAt, string SeenBy, DateTimeOffset? DecidedAt = null, string? DecidedBy = null)
{
    public const string Trusted = "trusted";

    /// <summary>For a person's approval.</summary>
    public const string Waiting = "waiting";

    public const string Rejected = "rejected";

    /// <summary>Trusted once, until another was approved in its place.</summary>
    public const string Replaced = "replaced";
}
