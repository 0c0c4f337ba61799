namespace Trigger.Wire;

/// <summary>Why a line could not be opened, or broke. Told in the protocol's own terms; no case carries a secret.</summary>
public abstract record WireFault
{
    /// <summary>Something at the address answered that nobody listens on the port (ECONNREFUSED).</summary>
    public sealed record Refused(string Address) : WireFault;

    /// <summary>The network said it cannot get there (EHOSTUNREACH, ENETUNREACH, and the like).</summary>
    public sealed record Unreachable(string Address, string Reason) : WireFault;

    /// <summary>The name has no address, or the resolver could not say.</summary>
    public sealed record NameNotFound(string Host, string Reason) : WireFault;

    /// <summary>Nothing decisive happened in time.</summary>
    /// <param name="During">The phase: "connecting", "the SSH handshake", "authenticating", "opening the shell".</param>
    /// <param name="Received">The last bytes of the far end, as text; empty when it said nothing.</param>
    public sealed record Overdue(string During, TimeSpan Waited, string Received) : WireFault;

    /// <summary>The far end speaks, but not SSH (RFC 4253 §4.2 asks for a line that begins with "SSH-").</summary>
    public sealed record NotSsh(string Received) : WireFault;

    /// <summary>No algorithm in common.</summary>
    /// <param name="Kind">"key exchange", "host key", "cipher", "MAC", "compression".</param>
    /// <param name="Offered">What the server offered.</param>
    /// <param name="Allowed">What we allow for this device.</param>
    public sealed record AlgorithmMismatch(string Kind, IReadOnlyList<string> Offered, IReadOnlyList<string> Allowed) : WireFault;

    /// <summary>The handshake failed for another reason.</summary>
    public sealed record HandshakeFailed(string Reason) : WireFault;

    /// <summary>No key is recorded for the host, and the policy is strict.</summary>
    public sealed record HostKeyUnknown(string Host, string KeyType, string Fingerprint) : WireFault;

    /// <summary>A different key is recorded for the host.</summary>
    /// <param name="Known">The fingerprint on record.</param>
    /// <param name="Offered">The fingerprint that the server showed.</param>
    /// <param name="Where">File and line of the record, or "pinned".</param>
    public sealed record HostKeyChanged(string Host, string KeyType, string Known, string Offered, string Where) : WireFault;

    /// <summary>The key that the host showed is marked <c>@revoked</c>.</summary>
    public sealed record HostKeyRevoked(string Host, string Fingerprint, string Where) : WireFault;

    /// <summary>The server ended the connection with a reason (SSH_MSG_DISCONNECT, RFC 4253 §11.1).</summary>
    /// <param name="Code">The registered reason code, for example 2 for a protocol error.</param>
    /// <param name="Reason">The server's words.</param>
    public sealed record Disconnected(string During, int Code, string Reason) : WireFault;

    /// <summary>Our questions whether the server is still there stayed unanswered.</summary>
    /// <param name="Missed">How many of them.</param>
    public sealed record Silent(TimeSpan Interval, int Missed) : WireFault;

    /// <summary>The way there failed at a hop: a jump host or a proxy command.</summary>
    /// <param name="Hop">The hop, as <c>jump host user@host:port</c> or <c>proxy command '…'</c>.</param>
    /// <param name="Cause">What happened at the hop.</param>
    public sealed record AtHop(string Hop, WireFault Cause) : WireFault;

    /// <summary>The server refused every way of logging in that we have.</summary>
    /// <param name="Tried">Method names (RFC 4252), in the order tried.</param>
    /// <param name="Remaining">What the server said can continue.</param>
    public sealed record AuthenticationRefused(string UserName, IReadOnlyList<string> Tried, IReadOnlyList<string> Remaining) : WireFault
    {
        /// <summary>Methods that the server accepted and that were not enough for it (RFC 4252 §5.1, partial success).</summary>
        public IReadOnlyList<string> Accepted { get; init; } = [];
    }

    /// <summary>Logged in, but the server would not give a session channel, a terminal or a shell.</summary>
    public sealed record ChannelRefused(string What, string Reason) : WireFault;

    /// <summary>The line broke.</summary>
    /// <param name="During">The phase, as in <see cref="Overdue"/>, or "the session".</param>
    public sealed record LineLost(string During, string Reason) : WireFault;

    /// <summary>Something on our side is missing or unusable (libssh, a private key): one sentence with the remedy.</summary>
    public sealed record Misconfigured(string Reason) : WireFault;

    private WireFault() { }
}
