using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>Picks a packet out of a box, the usual rather than the smallest, so that a person recognises it.</summary>
internal sealed class PacketPicker(Space space)
{
    private static readonly int[] UsualProtocols = [6, 17, 1, 58];
    private static readonly int[] UsualDestinationPorts = [443, 80, 53, 22];
    private static readonly int[] UsualSourcePorts = [50000, 49152, 1024];
    private static readonly int[] UsualFlags = [2, 16, 18];

    public Packet Pick(ReadOnlySpan<int> box)
    {
        var packet = new Packet
        {
            Family = space.Family,
            Protocol = 6,
            SourcePort = 50000,
            DestinationPort = 443,
            TcpFlags = 2,
        };
        uint source = 0, destination = 0;
        for (var i = 0; i < space.Axes.Count; i++)
        {
            var axis = space.Axes[i];
            int low = box[i * 2], high = box[i * 2 + 1];
            packet = axis.Kind switch
            {
                AxisKind.Destination => packet with { Destination = Address(axis, low, high) },
                AxisKind.Source => packet with { Source = Address(axis, low, high) },
                AxisKind.DestinationPort => packet with { DestinationPort = Usual(axis, low, high, UsualDestinationPorts) },
                AxisKind.SourcePort => packet with { SourcePort = Usual(axis, low, high, UsualSourcePorts) },
                AxisKind.Protocol => packet with { Protocol = Usual(axis, low, high, space.Family == Family.Inet6 ? [6, 17, 58] : UsualProtocols) },
                AxisKind.Offset => packet with { FragmentOffset = (int)axis.First(low) },
                AxisKind.TcpFlags => packet with { TcpFlags = Usual(axis, low, high, UsualFlags) },
                AxisKind.IcmpType => packet with { IcmpType = Usual(axis, low, high, space.Family == Family.Inet6 ? [128] : [8]) },
                AxisKind.IcmpCode => packet with { IcmpCode = (int)axis.First(low) },
                AxisKind.IpFlags => packet with { IpFlags = Usual(axis, low, high, [0]) },
                AxisKind.Tos => packet with { Tos = Usual(axis, low, high, [0]) },
                AxisKind.Ttl => packet with { Ttl = Usual(axis, low, high, [64]) },
                AxisKind.Length => packet with { Length = Usual(axis, low, high, [64]) },
                _ => packet,
            };
            if (axis.Kind is >= AxisKind.DestinationOctet0 and <= AxisKind.DestinationOctet3)
                destination = destination << 8 | (uint)axis.First(low);
            if (axis.Kind is >= AxisKind.SourceOctet0 and <= AxisKind.SourceOctet3)
                source = source << 8 | (uint)axis.First(low);
        }

        if (space.Axes[0].Kind == AxisKind.DestinationOctet0)
            packet = packet with { Source = source, Destination = destination };
        // What the packet does not carry is not to be read as if it did.
        if (!packet.HasPorts)
            packet = packet with { SourcePort = 0, DestinationPort = 0 };
        if (!packet.HasFlags)
            packet = packet with { TcpFlags = 0 };
        return packet.HasIcmp ? packet : packet with { IcmpType = 0, IcmpCode = 0 };
    }

    // Where the box leaves the choice, neither the first address of all, which no host has, nor the one that names a network. RFC 5737 and 3849 keep some for examples.
    private UInt128 Address(Axis axis, int low, int high)
    {
        var example = space.Family == Family.Inet6 ? (UInt128)0x20010DB8 << 96 | 1 : axis.Kind == AxisKind.Source ? 0xC0000201u : 0xC6336401u;
        if (low == 0 && axis.Rank(example) <= high)
            return example;
        var first = axis.First(low);
        var last = low + 1 < axis.Count ? axis.First(low + 1) - 1 : AddressMatch.Last(space.Family);
        return (first & 3) == 0 && last - first >= 3 ? first + 1 : first;
    }

    private static int Usual(Axis axis, int low, int high, int[] usual)
    {
        foreach (var value in usual)
        {
            if (axis.Rank(value) is var rank && rank >= low && rank <= high)
                return value;
        }

        return (int)axis.First(low);
    }
}
