namespace Trigger.Node.HostKeys;

/// <summary>An SSH host key that the cluster knows.</summary>
/// <param name="Id">The same for the same key of the same host.</param>
/// <param name="Host">As known_hosts names it: <c>10.0.0.1</c>, <c>[10.0.0.1]:2022</c>.</param>
/// <param name="State">trusted, waiting, rejected or replaced.</param>
/// <param name="SeenBy">Which node was shown it first, or who imported it.</param>
/// <param name="DecidedBy">Who approved or rejected it; null when nobody did.</param>
/// <param name="Key">Base64, as known_hosts has it.</param>
public sealed record HostKeyRecord(
    string Id, string Host, string Type, string Fingerprint, string State, DateTimeOffset SeenAt, string SeenBy, DateTimeOffset? DecidedAt, string? DecidedBy, string Key);
