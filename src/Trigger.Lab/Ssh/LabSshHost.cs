using System.Net;
using Trigger.Wire.Ssh;

namespace Trigger.Lab.Ssh;

/// <summary>One pretend device: an address it listens on and how it behaves there.</summary>
public sealed record LabSshHost
{
    /// <summary>Any address of 127.0.0.0/8 works without set-up; port 0 asks the system for one.</summary>
    public required IPEndPoint EndPoint { get; init; }

    public required LabSshLogin Login { get; init; }

    /// <summary>Makes the device's side of a session that was let in.</summary>
    public required Func<LabSshShell, ILabShell> Shell { get; init; }

    /// <summary>Makes the device's side of a subsystem by its name; a null answer, or none at all, refuses it.</summary>
    public Func<LabSshShell, string, ILabShell?>? Subsystem { get; init; }

    /// <summary>Makes the device's side of one command; a null answer, or none at all, refuses it.</summary>
    public Func<LabSshShell, string, ILabShell?>? Exec { get; init; }

    /// <summary>A private key in PEM; null for the key that the server made for itself, ed25519 or, if the algorithms want it, RSA.</summary>
    public string? HostKey { get; init; }

    /// <summary>The software version in the identification, after <c>SSH-2.0-</c>.</summary>
    public string Version { get; init; } = "Cisco-1.25";

    /// <summary>Shown before authentication (RFC 4252 §5.4); null for none.</summary>
    public string? Banner { get; init; }

    /// <summary>What the device offers. Use one instance for many hosts: set-up is shared by it.</summary>
    public SshAlgorithms Algorithms { get; init; } = SshAlgorithms.Modern;

    public LabSshFault Fault { get; init; }

    /// <summary>Who may connect at all; null for everybody. Called on a server thread.</summary>
    public Func<IPAddress, bool>? Admits { get; init; }

    /// <summary>How many connections there may be at a time, of all hosts of a thread.</summary>
    public int MostConnections { get; init; } = int.MaxValue;

    /// <summary>How many credentials may be refused on one connection.</summary>
    public int MostLogins { get; init; } = int.MaxValue;

    /// <summary>Firmware of 2008: SHA-1, CBC and ssh-rsa, nothing else.</summary>
    public static SshAlgorithms LegacyOnly { get; } = new()
    {
        KeyExchange = ["diffie-hellman-group14-sha1", "diffie-hellman-group1-sha1"],
        HostKeys = ["ssh-rsa"],
        Ciphers = ["aes128-cbc", "3des-cbc"],
        Macs = ["hmac-sha1"],
    };
}
