using System.Net;
using System.Net.Sockets;

namespace Trigger.Devices.Inventory;

/// <summary>Which addresses are one's own (Trigger's <c>INTERNAL_NETWORKS</c> and <c>address_is_internal</c>).</summary>
public sealed class InternalNetworks
{
    private readonly IReadOnlyList<IPNetwork> networks;

    public InternalNetworks(IEnumerable<IPNetwork> networks) => this.networks = [.. networks];

    /// <summary>The private ranges of RFC 1918, and the unique local addresses of RFC 4193.</summary>
    public static InternalNetworks Usual { get; } =
        new([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("fc00::/7")]);

    /// <param name="texts">Networks with their length, such as <c>10.0.0.0/8</c>, or single addresses.</param>
    /// <param name="mistakes">Takes what is no network.</param>
    public static InternalNetworks Read(IEnumerable<string> texts, List<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(mistakes);
        var read = new List<IPNetwork>();
        foreach (var text in texts)
        {
            if (IPNetwork.TryParse(text, out var network))
                read.Add(network);
            else if (IPAddress.TryParse(text, out var address))
                read.Add(new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128));
            else
                mistakes.Add($"trigger.internal-networks: '{text}' is no network; write it as 10.0.0.0/8.");
        }

        return new InternalNetworks(read);
    }

    public bool Contains(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    /// <summary>Whether the device is in one's own network; null when its row names it by a name, which nobody looks up here.</summary>
    public bool? Has(NetDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return IPAddress.TryParse(device.Host, out var address) ? Contains(address) : null;
    }
}
