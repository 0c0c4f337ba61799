namespace Trigger.Wire;

/// <summary>What is known of the far end once it has spoken.</summary>
/// <param name="Address">The address dialled, as <c>ip:port</c>.</param>
/// <param name="ServerVersion">SSH: the identification string (RFC 4253 §4.2), for example <c>SSH-2.0-Cisco-1.25</c>. Telnet: null.</param>
/// <param name="Banner">SSH: the pre-authentication banner (RFC 4252 §5.4), or null.</param>
/// <param name="HostKeyFingerprint">SSH: <c>SHA256:…</c> of the accepted host key. Telnet: null.</param>
public sealed record LineGreeting(string Address, string? ServerVersion = null, string? Banner = null, string? HostKeyFingerprint = null)
{
    /// <summary>The line is Telnet although SSH was asked for: nothing answered at the SSH port, and somebody has allowed it.</summary>
    public bool InsteadOfSsh { get; init; }
}
