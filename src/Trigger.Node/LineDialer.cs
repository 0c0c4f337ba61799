using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Wire;
using Trigger.Wire.Ssh;
using Trigger.Wire.Telnet;

namespace Trigger.Node;

/// <summary>Opens lines on the real wire, by what the inventory and the platform say.</summary>
/// <param name="ways">Jump hosts and the like; null for straight ways.</param>
/// <param name="fallback">Whom to call by Telnet when there is no SSH; null for those devices and platforms that say so themselves.</param>
public sealed class LineDialer(TelnetDialer telnet, SshTransport ssh, SshWays? ways = null, TelnetFallback? fallback = null)
{
    private readonly TelnetFallback fallback = fallback ?? new TelnetFallback(everywhere: false, ways);

    public ILine Dial(NetDevice device, Platform platform, ILineObserver listener) => device.Protocol switch
    {
        Protocol.Telnet => telnet.Dial(TelnetCall(device, platform), listener),
        _ => fallback.Dial(
            device, platform, listener,
            observer => ssh.Dial(Led(device, SshCall(device, platform)), observer),
            (port, observer) => telnet.Dial(TelnetCall(device, platform) with { Port = port }, observer)),
    };

    private SshDial Led(NetDevice device, SshDial dial) => ways?.Lead(device, dial) ?? dial;

    /// <summary>How to call a device over Telnet.</summary>
    public static TelnetDial TelnetCall(NetDevice device, Platform platform) => new() { Host = device.Host, Port = device.Port ?? 23, Limits = LimitsOf(platform) };

    /// <summary>How to call a device over SSH.</summary>
    public static SshDial SshCall(NetDevice device, Platform platform) => new()
    {
        Host = device.Host,
        Port = device.Port ?? 22,
        Limits = LimitsOf(platform),
        Algorithms = platform.LegacySsh || AsksForLegacy(device) ? SshAlgorithms.Legacy : SshAlgorithms.Modern,
        PinnedHostKey = device.PinnedHostKey,
        Terminal = platform.Terminal,
    };

    private static bool AsksForLegacy(NetDevice device) =>
        device.Fields.TryGetValue("sshAlgorithms", out var wanted) && string.Equals(wanted, "legacy", StringComparison.OrdinalIgnoreCase);

    private static DialLimits LimitsOf(Platform platform) => new()
    {
        Connect = platform.Limits.Dial,
        Handshake = platform.Limits.Handshake,
        Authenticate = platform.Limits.Login,
        OpenShell = platform.Limits.Login,
    };
}
