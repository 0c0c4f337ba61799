namespace Trigger.Wire.Ssh;

/// <summary>An SSH call to make, up to a shell in a terminal, a command or a subsystem.</summary>
public sealed record SshDial
{
    /// <summary>A name or an address; IPv6 without brackets.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required DialLimits Limits { get; init; }

    /// <summary>The algorithms we allow. <see cref="SshAlgorithms.Modern"/> unless the platform asks for more.</summary>
    public required SshAlgorithms Algorithms { get; init; }

    /// <summary>
    /// The user to ask for, when already known: the server then shows its banner, and may admit the user without credentials, before
    /// <see cref="ILineObserver.Authenticating"/>. It overrules the credentials' name, since a server may drop a line whose user changes (RFC 4252 §5).
    /// Null asks only once the credentials have come.
    /// </summary>
    public string? UserName { get; init; }

    /// <summary>A fingerprint (<c>SHA256:…</c>) that the host key must have, whatever known_hosts says; null to consult the store.</summary>
    public string? PinnedHostKey { get; init; }

    /// <summary>
    /// Judges the host key instead of known_hosts and of the policy, for hosts that are known by their key alone (RFC 8071 §3.1: the address that called proves nothing). Called on a
    /// reactor's thread; it must not wait.
    /// </summary>
    public Func<HostKey, bool>? Recognize { get; init; }

    /// <summary>What to ask for in the end.</summary>
    public SshService Service { get; init; } = new SshService.Shell();

    /// <summary>Whether to ask for a terminal before the shell or the command. A subsystem never has one.</summary>
    public bool Terminal { get; init; } = true;

    public string TerminalType { get; init; } = "vt100";

    public int Columns { get; init; } = 511;

    public int Rows { get; init; } = 1000;
}
