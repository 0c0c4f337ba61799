using System.Runtime.InteropServices;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>
/// Boxes of one question in ranks, side by side in one array: for each box and axis the first and the last rank. Axes that no box limits are left out.
/// </summary>
internal sealed class Space
{
    private readonly Axis[] axes;
    private readonly List<int> owners = [];
    private int[] cells;

    private Space(Family family, Axis[] axes, int boxes)
    {
        Family = family;
        this.axes = axes;
        Width = axes.Length * 2;
        cells = new int[Math.Max(boxes, 4) * Width];
    }

    public Family Family { get; }

    public IReadOnlyList<Axis> Axes => axes;

    /// <summary>Numbers per box.</summary>
    public int Width { get; }

    public int Count => owners.Count;

    public int Owner(int box) => owners[box];

    public ReadOnlySpan<int> Box(int box) => cells.AsSpan(box * Width, Width);

    /// <param name="from">All boxes whose boundaries the space must know.</param>
    public static Space Build(RawBoxes raw, params ReadOnlySpan<List<RawBox>> from)
    {
        var total = 0;
        foreach (var list in from)
            total += list.Count;
        raw.Budget?.Look();
        var axes = new AxisBuilder(raw).Build(from);
        return new Space(raw.Family, axes, total);
    }

    /// <summary>Adds boxes and tells which numbers they got: from the first value up to, not including, the second.</summary>
    public (int From, int To) Add(RawBoxes raw, List<RawBox> boxes)
    {
        var first = Count;
        Span<int> box = stackalloc int[Width];
        foreach (ref readonly var one in CollectionsMarshal.AsSpan(boxes))
        {
            var before = Count;
            Add(raw, one, 0, box);
            raw.Budget?.Place(Count - before - 1);
        }

        return (first, Count);
    }

    /// <summary>A packet somewhere in the box, with usual numbers where the box leaves a choice.</summary>
    public Packet Witness(ReadOnlySpan<int> box) => new PacketPicker(this).Pick(box);

    /// <summary>Where a packet lies on each axis.</summary>
    public void Locate(in Packet packet, Span<int> ranks)
    {
        for (var i = 0; i < axes.Length; i++)
        {
            var axis = axes[i];
            ranks[i] = axis.Kind switch
            {
                AxisKind.Destination => axis.Rank(packet.Destination),
                AxisKind.Source => axis.Rank(packet.Source),
                >= AxisKind.DestinationOctet0 and <= AxisKind.DestinationOctet3 => axis.Rank((int)((uint)packet.Destination >> (24 - 8 * (axis.Kind - AxisKind.DestinationOctet0)) & 255)),
                >= AxisKind.SourceOctet0 and <= AxisKind.SourceOctet3 => axis.Rank((int)((uint)packet.Source >> (24 - 8 * (axis.Kind - AxisKind.SourceOctet0)) & 255)),
                AxisKind.DestinationPort => axis.Rank(packet.DestinationPort),
                AxisKind.SourcePort => axis.Rank(packet.SourcePort),
                AxisKind.Protocol => axis.Rank(packet.Protocol),
                AxisKind.Offset => axis.Rank(packet.FragmentOffset),
                AxisKind.TcpFlags => axis.Rank(packet.TcpFlags),
                AxisKind.IcmpType => axis.Rank(packet.IcmpType),
                AxisKind.IcmpCode => axis.Rank(packet.IcmpCode),
                AxisKind.IpFlags => axis.Rank(packet.IpFlags),
                AxisKind.Tos => axis.Rank(packet.Tos),
                AxisKind.Ttl => axis.Rank(packet.Ttl),
                _ => axis.Rank(packet.Length),
            };
        }
    }

    private void Add(RawBoxes raw, in RawBox from, int at, Span<int> box)
    {
        for (; at < axes.Length; at++)
        {
            var axis = axes[at];
            if (SetOf(axis.Kind, from) is var number and >= 0)
            {
                if (number == 0)
                {
                    (box[at * 2], box[at * 2 + 1]) = (0, axis.Count - 1);
                    continue;
                }

                foreach (var run in axis.Runs(raw.Sets[number]))
                {
                    (box[at * 2], box[at * 2 + 1]) = run;
                    Add(raw, from, at + 1, box);
                }

                return;
            }

            (box[at * 2], box[at * 2 + 1]) = Ranks(axis, from);
        }

        Append(box, from.Owner);
    }

    private static (int, int) Ranks(Axis axis, in RawBox box) => axis.Kind switch
    {
        AxisKind.Destination => (axis.Rank(box.DestinationLow), axis.Rank(box.DestinationHigh)),
        AxisKind.Source => (axis.Rank(box.SourceLow), axis.Rank(box.SourceHigh)),
        >= AxisKind.DestinationOctet0 and <= AxisKind.DestinationOctet3 => Octet(axis, box.DestinationLow, box.DestinationHigh, axis.Kind - AxisKind.DestinationOctet0),
        >= AxisKind.SourceOctet0 and <= AxisKind.SourceOctet3 => Octet(axis, box.SourceLow, box.SourceHigh, axis.Kind - AxisKind.SourceOctet0),
        AxisKind.DestinationPort => (axis.Rank(box.DestinationPortLow), axis.Rank(box.DestinationPortHigh)),
        AxisKind.SourcePort => (axis.Rank(box.SourcePortLow), axis.Rank(box.SourcePortHigh)),
        AxisKind.Offset => (axis.Rank(box.OffsetLow), axis.Rank(box.OffsetHigh)),
        _ => (axis.Rank(box.LengthLow), axis.Rank(box.LengthHigh)),
    };

    private static (int, int) Octet(Axis axis, UInt128 low, UInt128 high, int octet) =>
        (axis.Rank((int)((uint)low >> (24 - 8 * octet) & 255)), axis.Rank((int)((uint)high >> (24 - 8 * octet) & 255)));

    internal static int SetOf(AxisKind kind, in RawBox box) => kind switch
    {
        AxisKind.Protocol => box.Protocols,
        AxisKind.TcpFlags => box.TcpFlags,
        AxisKind.IcmpType => box.IcmpTypes,
        AxisKind.IcmpCode => box.IcmpCodes,
        AxisKind.IpFlags => box.IpFlags,
        AxisKind.Tos => box.Tos,
        AxisKind.Ttl => box.Ttl,
        _ => -1,
    };

    private void Append(ReadOnlySpan<int> box, int owner)
    {
        var at = owners.Count * Width;
        if (at + Width > cells.Length)
            Array.Resize(ref cells, cells.Length * 2);
        box.CopyTo(cells.AsSpan(at));
        owners.Add(owner);
    }
}
