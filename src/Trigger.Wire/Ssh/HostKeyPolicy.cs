namespace Trigger.Wire.Ssh;

/// <summary>What to do about a host whose key is not on record. A changed or revoked key is always refused.</summary>
public enum HostKeyPolicy
{
    /// <summary>Refuse.</summary>
    Strict,

    /// <summary>Record the key in known_hosts and go on.</summary>
    AcceptNew,
}
