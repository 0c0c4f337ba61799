using System.Globalization;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Platforms;
using Trigger.Sessions;
using Trigger.Wire.Netconf;
using Trigger.Wire.Ssh;

namespace Trigger.Node;

/// <summary>Opens NETCONF sessions over SSH, by what the inventory and the platform say.</summary>
/// <param name="ways">Jump hosts and the like; null for straight ways.</param>
public sealed class NetconfDialer(SshTransport ssh, TimeProvider time, SshWays? ways = null)
{
    /// <exception cref="NetconfException">The session did not come about.</exception>
    public async Task<NetconfSession> Open(NetDevice device, Platform platform, Credentials credentials, CancellationToken cancel)
    {
        var options = new NetconfOptions { Time = time, LargestMessage = platform.Limits.Output, HelloTimeout = platform.Limits.Login, Profile = ProfileOf(device) ?? NetconfProfile.Standard };
        var call = LineDialer.SshCall(device, platform);
        var dial = (ways?.Lead(device, call) ?? call) with { Port = PortOf(device) ?? NetconfRoute.SshPort };
        using var secrets = credentials.ForLine(device);
        return await NetconfSession.ConnectAsync(new NetconfRoute.Ssh(ssh, dial, secrets), options, cancel).ConfigureAwait(false);
    }

    /// <summary>The inventory's field <c>netconfPort</c>, or null. Its port is that of the device's command line.</summary>
    public static int? PortOf(NetDevice device) =>
        int.TryParse(device.Fields.GetValueOrDefault("netconfPort"), NumberStyles.None, CultureInfo.InvariantCulture, out var port) ? port : null;

    /// <summary>What the inventory's field <c>netconfProfile</c> names, or null.</summary>
    public static NetconfProfile? ProfileOf(NetDevice device) =>
        device.Fields.GetValueOrDefault("netconfProfile") is { Length: > 0 } name ? NetconfProfiles.Find(name) : null;
}
