using System.Globalization;

namespace Trigger.Devices.Inventory;

/// <summary>What <c>nodeName</c> says: <c>host</c>, <c>host:port</c>, <c>[v6]</c>, <c>[v6]:port</c>, or a bare IPv6 address, which stays whole.</summary>
internal readonly record struct NodeAddress(string Host, string? Port)
{
    public static NodeAddress Parse(string text)
    {
        if (text.StartsWith('[') && text.IndexOf(']') is var end and > 0)
            return new NodeAddress(text[1..end], text.Length > end + 1 && text[end + 1] == ':' ? text[(end + 2)..] : null);
        var colon = text.IndexOf(':');
        return colon >= 0 && colon == text.LastIndexOf(':') ? new NodeAddress(text[..colon], text[(colon + 1)..]) : new NodeAddress(text, null);
    }

    /// <summary>A TCP port, or null when the text is none.</summary>
    public static int? PortOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535 ? port : null;
}
