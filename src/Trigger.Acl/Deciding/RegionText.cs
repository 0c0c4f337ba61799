using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>A part of the packet space in words, without the sides that are whole.</summary>
internal static class RegionText
{
    private const string FirstOnly = "fragment offset 0";

    private const int MostRuns = 8;

    public static string Of(Space space, ReadOnlySpan<int> box)
    {
        var words = new List<(int Order, string Text)>();
        var layer4 = false;
        for (var i = 0; i < space.Axes.Count; i++)
        {
            var axis = space.Axes[i];
            int low = box[i * 2], high = box[i * 2 + 1];
            if (low == 0 && high == axis.Count - 1)
                continue;
            layer4 |= axis.Kind is AxisKind.SourcePort or AxisKind.DestinationPort or AxisKind.TcpFlags or AxisKind.IcmpType or AxisKind.IcmpCode;
            words.Add((Order(axis.Kind), $"{Name(axis.Kind)} {Values(space, axis, low, high)}"));
        }

        // Only what has ports can have a certain port, so that it is no later fragment goes without saying.
        if (layer4)
            words.RemoveAll(word => word.Text == FirstOnly);
        return words.Count == 0 ? "everything" : string.Join(", ", words.OrderBy(word => word.Order).Select(word => word.Text));
    }

    // As a line of a list is read: protocol, source, destination, and then the rest.
    private static int Order(AxisKind kind) => kind switch
    {
        AxisKind.Protocol => 0,
        AxisKind.Source or (>= AxisKind.SourceOctet0 and <= AxisKind.SourceOctet3) => 1,
        AxisKind.SourcePort => 2,
        AxisKind.Destination or (>= AxisKind.DestinationOctet0 and <= AxisKind.DestinationOctet3) => 3,
        AxisKind.DestinationPort => 4,
        _ => 5 + (int)kind,
    };

    // Values that no line tells apart share a rank, so all values of the ranks are gathered, and what is not meant is named where that is shorter.
    private static string Values(Axis axis, int low, int high)
    {
        var set = ByteSet.Where(value => axis.Rank(value) is var rank && rank >= low && rank <= high);
        if (axis.Kind == AxisKind.TcpFlags && set == Names.Established)
            return "ack or rst";
        if (axis.Kind == AxisKind.TcpFlags && set == ~Names.Established)
            return "neither ack nor rst";
        return (~set).Count < set.Count ? $"any but {List(axis.Kind, ~set)}" : List(axis.Kind, set);
    }

    private static string List(AxisKind kind, ByteSet set) => string.Join(' ', set.Runs().Take(MostRuns).Select(run => run.Low == run.High ? Word(kind, run.Low) : kind == AxisKind.Protocol && run.High == run.Low + 1 ? $"{Word(kind, run.Low)} {Word(kind, run.High)}" : $"{run.Low}-{run.High}"))
        + (set.Runs().Skip(MostRuns).Any() ? " …" : "");

    private static string Word(AxisKind kind, int value) => (kind == AxisKind.Protocol ? Names.Protocols.Name(value) : null) ?? $"{value}";

    private static string Values(Space space, Axis axis, int low, int high)
    {
        if (axis.Kind is AxisKind.Protocol or AxisKind.TcpFlags or AxisKind.IcmpType or AxisKind.IcmpCode or AxisKind.IpFlags or AxisKind.Tos or AxisKind.Ttl)
            return Values(axis, low, high);

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
