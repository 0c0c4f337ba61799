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

    /// <summary>The name under which known_hosts has the host key, without a port; null for <see cref="Host"/> and <see cref="Port"/>.</summary>
    public string? HostKeyAlias { get; init; }

    /// <summary>Host keys to consult instead of the transport's; null for those.</summary>
    public KnownHosts? KnownHosts { get; init; }

    /// <summary>What to do about an unknown host instead of the transport's policy; null for that.</summary>
    public HostKeyPolicy? HostKeys { get; init; }

    /// <summary>A fingerprint (<c>SHA256:…</c>) that the host key must have, whatever known_hosts says; null to consult the store.</summary>
    public string? PinnedHostKey { get; init; }

    /// <summary>
    /// Judges the host key instead of known_hosts and of the policy, for hosts that are known by their key alone (RFC 8071 §3.1: the address that called proves nothing). Called on a
    /// reactor's thread; it must not wait.
    /// </summary>
    public Func<HostKey, bool>? Recognize { get; init; }

    /// <summary>What to ask for in the end.</summary>
    public SshService Service { get; init; } = new SshService.Shell();

    /// <summary>The local address to connect from; null for the system's choice. Addresses of the other family are not tried then.</summary>
    public System.Net.IPAddress? BindAddress { get; init; }

    /// <summary>The host to go through; it may have one before it. Null goes straight. <see cref="BindAddress"/> then means nothing.</summary>
    public SshJump? Jump { get; init; }

    /// <summary>
    /// A command for <c>/bin/sh</c> whose input and output are the connection, as OpenSSH's ProxyCommand, with its tokens already replaced. It is started once for the line and ended with it. Null
    /// connects by TCP; a <see cref="Jump"/> goes before it.
    /// </summary>
    public string? ProxyCommand { get; init; }

    /// <summary>Whether and how often a silent server is asked if it is still there; null leaves that to TCP, which takes two minutes.</summary>
    public SshKeepAlive? KeepAlive { get; init; }

    /// <summary>The ways to log in, in the order in which they are tried; one that is not listed is not tried. Each is tried only while the server lists it.</summary>
    public IReadOnlyList<SshMethod> Methods { get; init; } = [SshMethod.Keys, SshMethod.Agent, SshMethod.Password, SshMethod.KeyboardInteractive];

    /// <summary>Shown questions that the credentials cannot answer; null refuses them. Called on a reactor's thread; it must not wait, and answers when it can.</summary>
    public Action<SshQuestion>? Ask { get; init; }

    /// <summary>Variables to set before the service is asked for; a server that refuses them (most do, but for <c>LANG</c> and <c>LC_*</c>) is not blamed.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the error stream goes to <see cref="ILineObserver.ReceivedError"/>; else it is merged, except into a subsystem, which must not have it in its midst.</summary>
    public bool SeparateStderr { get; init; }

    /// <summary>Whether to ask for a terminal before the shell or the command. A subsystem never has one.</summary>
    public bool Terminal { get; init; } = true;

    internal bool HasTerminal => Terminal && Service is not SshService.Subsystem;

    public string TerminalType { get; init; } = "vt100";

    public int Columns { get; init; } = 511;

    public int Rows { get; init; } = 1000;
}
