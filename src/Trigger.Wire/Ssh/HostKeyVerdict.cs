namespace Trigger.Wire.Ssh;

/// <summary>What known_hosts says of a key that a host showed.</summary>
public abstract record HostKeyVerdict
{
    /// <summary>The key is on record.</summary>
    /// <param name="Where">File and line.</param>
    public sealed record Known(string Where) : HostKeyVerdict;

    /// <summary>Nothing is on record for the host.</summary>
    public sealed record Unknown : HostKeyVerdict;

    /// <summary>
    /// Another key is on record: of the same type, or only of other types. The latter counts too, because a recorded type is asked for first and a
    /// device that stops showing it is not the device we met.
    /// </summary>
    public sealed record Changed(string KnownFingerprint, string Where) : HostKeyVerdict;

    /// <summary>The key is marked <c>@revoked</c> for the host.</summary>
    public sealed record Revoked(string Where) : HostKeyVerdict;

    /// <summary>The store cannot say now; it may well be able to later.</summary>
    public sealed record Unavailable(string Why) : HostKeyVerdict;

    private HostKeyVerdict() { }
}
