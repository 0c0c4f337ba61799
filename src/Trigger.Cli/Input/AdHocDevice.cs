using System.Collections.Frozen;
using System.Globalization;
using Trigger.Devices;

namespace Trigger.Cli.Input;

/// <summary>A device that no inventory lists: an address on the command line.</summary>
internal static class AdHocDevice
{
    /// <summary>Where such a device says that it comes from.</summary>
    public const string Source = "the command line";

    /// <param name="address"><c>host</c>, <c>host:port</c>, or an IPv6 address, in brackets where a port follows.</param>
    public static NetDevice At(string address, string platform = "linux", Protocol protocol = Protocol.Ssh)
    {
        var colon = address.LastIndexOf(':');
        var port = 0;
        var hasPort = colon > 0 && (address.IndexOf(':', StringComparison.Ordinal) == colon || address[colon - 1] == ']')
            && int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port);
        return At(address, hasPort ? address[..colon] : address, hasPort ? port : null, platform, protocol);
    }

    public static NetDevice At(string name, string host, int? port, string platform = "linux", Protocol protocol = Protocol.Ssh) => new()
    {
        Name = name,
        Host = host.Trim('[', ']'),
        Port = port,
        Vendor = "unknown",
        Manufacturer = "UNKNOWN",
        DeviceType = "ROUTER",
        Platform = platform,
        Protocol = protocol,
        AdminStatus = "PRODUCTION",
        Fields = FrozenDictionary<string, string?>.Empty,
        Source = Source,
    };
}
