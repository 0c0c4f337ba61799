using System.Net;
using Trigger.Wire.Ssh;

namespace Trigger.Wire.Netconf;

/// <summary>Whom a <see cref="CallHomeListener"/> waits for, and where.</summary>
public sealed record CallHomeOptions
{
    /// <summary>RFC 8071 has <see cref="NetconfRoute.CallHomePort"/>; port 0 asks the system for one.</summary>
    public required IPEndPoint EndPoint { get; init; }

    /// <summary>Carries the sessions; it lives longer than the listener.</summary>
    public required SshTransport Transport { get; init; }

    /// <summary>Which device has this host key; null for a stranger. Called on a reactor's thread; it must not wait.</summary>
    public required Func<HostKey, CallHomeDevice?> Recognize { get; init; }

    public required DialLimits Limits { get; init; }

    public SshAlgorithms Algorithms { get; init; } = SshAlgorithms.Modern;

    public NetconfOptions Netconf { get; init; } = new();

    /// <summary>How many callers may be in their handshake at a time; the others wait in the kernel's queue.</summary>
    public int MostHandshakes { get; init; } = 64;

    /// <summary>Hears of callers that got no session: the address, and why. It must not wait.</summary>
    public Action<string, NetconfFault>? Refused { get; init; }
}

/// <summary>A device that may call home.</summary>
/// <param name="Credentials">Who to be there; owned by whoever recognises, and used once for each call.</param>
public sealed record CallHomeDevice(string Name, LineCredentials Credentials);

/// <summary>A device that has called home.</summary>
public sealed record CalledHome(string Name, NetconfSession Session);
