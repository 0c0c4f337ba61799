using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>A part of the packet space in words, without the sides that are whole.</summary>
internal static class RegionText
{
    public static string Of(Space space, ReadOnlySpan<int> box)
    {
        var words = new List<string>();
        for (var i = 0; i < space.Axes.Count; i++)
        {
            var axis = space.Axes[i];
            int low = box[i * 2], high = box[i * 2 + 1];
            if (low == 0 && high == axis.Count - 1)
                continue;
            words.Add($"{Name(axis.Kind)} {Values(space, axis, low, high)}");
        }

        return words.Count == 0 ? "everything" : string.Join(", ", words);
    }

    private static string Values(Space space, Axis axis, int low, int high)
    {
        if (axis.Kind is AxisKind.Protocol or AxisKind.TcpFlags or AxisKind.IcmpType or AxisKind.IcmpCode or AxisKind.IpFlags or AxisKind.Tos or AxisKind.Ttl)
        {
            var names = Enumerable.Range(low, high - low + 1).Select(rank => (int)axis.First(rank)).Take(4).Select(value => axis.Kind == AxisKind.Protocol ? Names.Protocols.Name(value) ?? $"{value}" : $"{value}");
            return string.Join("/", names) + (high - low > 3 ? "/…" : "");
        }

        var first = axis.First(low);
        if (axis.Kind is AxisKind.Source or AxisKind.Destination)
        {
            var last = high == axis.Count - 1 ? AddressMatch.Last(space.Family) : axis.First(high + 1) - 1;
            return AddressText.Of(new AddressMatch(space.Family, first, last));
        }

        var most = axis.Kind switch { AxisKind.Offset => 8191, AxisKind.SourcePort or AxisKind.DestinationPort or AxisKind.Length => 65535, _ => 255 };
        var end = high == axis.Count - 1 ? most : (int)axis.First(high + 1) - 1;
        return (int)first == end ? $"{first}" : $"{first}-{end}";
    }

    private static string Name(AxisKind kind) => kind switch
    {
        AxisKind.Destination => "destination",
        AxisKind.Source => "source",
        AxisKind.DestinationPort => "destination port",
        AxisKind.SourcePort => "source port",
        AxisKind.Protocol => "protocol",
        AxisKind.Offset => "fragment offset",
        AxisKind.TcpFlags => "tcp flags",
        AxisKind.IcmpType => "icmp type",
        AxisKind.IcmpCode => "icmp code",
        AxisKind.IpFlags => "ip flags",
        AxisKind.Tos => "tos byte",
        AxisKind.Ttl => "ttl",
        AxisKind.Length => "length",
        >= AxisKind.DestinationOctet0 and <= AxisKind.DestinationOctet3 => $"destination octet {kind - AxisKind.DestinationOctet0 + 1}",
        _ => $"source octet {kind - AxisKind.SourceOctet0 + 1}",
    };
}
