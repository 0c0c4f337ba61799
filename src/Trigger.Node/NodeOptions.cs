using Microsoft.Extensions.Logging;
using Trigger.Devices.Platforms;
using Trigger.Node.Telemetry;
using Trigger.Sessions;
using Trigger.Storage;
using Trigger.Wire.Ssh;

namespace Trigger.Node;

/// <summary>What a node is made of. Read once, when it starts.</summary>
public sealed record NodeOptions
{
    /// <summary>Where the journal lives: a directory, made when missing, readable by its owner only; or the address of a PostgreSQL server (<c>postgres://user@host/database</c>).</summary>
    public required string StateDirectory { get; init; }

    public required PlatformCatalog Platforms { get; init; }

    /// <summary>The SSH host keys that are known.</summary>
    public required KnownHosts KnownHosts { get; init; }

    public HostKeyPolicy HostKeys { get; init; } = HostKeyPolicy.Strict;

    /// <summary>Jump hosts and what an ssh_config says; null for straight ways. Owned by whoever starts the node.</summary>
    public SshWays? Ways { get; init; }

    /// <summary>Whether any device may be called by Telnet when nothing answers at its SSH port: <see cref="Node.TelnetFallback"/>.</summary>
    public bool TelnetFallback { get; init; }

    /// <summary>What stands between sessions and their lines, such as a recorder; null for nothing.</summary>
    public Func<DialLine, DialLine>? Around { get; init; }

    /// <summary>How many sessions the devices of one vendor may have open at a time.</summary>
    public int SessionsPerVendor { get; init; } = 10_000;

    /// <summary>How long connecting, handshake, login and enabling may take, each; null for the platforms' own limits.</summary>
    public TimeSpan? LoginLimit { get; init; }

    /// <summary>Where traces and figures are sent; null for nowhere.</summary>
    public TelemetryOptions? Telemetry { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILoggerFactory? Logging { get; init; }

    /// <summary>Told of things an auditor wants to know, such as the use of legacy algorithms.</summary>
    public Action<string>? Audit { get; init; }

    // The place of state may have a password in it.
    public override string ToString() => $"NodeOptions {{ StateDirectory = {Database.WithoutPassword(StateDirectory)} }}";
}
