using System.Runtime.InteropServices;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>Gathers the boundaries of boxes and makes an axis of each side that some box limits.</summary>
internal sealed class AxisBuilder(RawBoxes raw)
{
    private readonly List<uint> sources = [], destinations = [];
    private readonly List<UInt128> wideSources = [], wideDestinations = [];
    private readonly bool[] sourcePorts = new bool[65536], destinationPorts = new bool[65536], offsets = new bool[8192], lengths = new bool[65536];
    private readonly bool[][] octets = [.. Enumerable.Range(0, 8).Select(_ => new bool[256])];
    private readonly HashSet<int>[] sets = [.. Enumerable.Range(0, 7).Select(_ => new HashSet<int>())];

    private static readonly AxisKind[] SetKinds = [AxisKind.Protocol, AxisKind.TcpFlags, AxisKind.IcmpType, AxisKind.IcmpCode, AxisKind.IpFlags, AxisKind.Tos, AxisKind.Ttl];

    public Axis[] Build(ReadOnlySpan<List<RawBox>> lists)
    {
        foreach (var list in lists)
        {
            foreach (ref readonly var box in CollectionsMarshal.AsSpan(list))
                Gather(box);
        }

        var axes = new List<Axis>();
        AddAddresses(axes);
        AddNumbers(axes, AxisKind.DestinationPort, destinationPorts);
        AddNumbers(axes, AxisKind.SourcePort, sourcePorts);
        AddNumbers(axes, AxisKind.Offset, offsets);
        AddNumbers(axes, AxisKind.Length, lengths);
        for (var i = 0; i < SetKinds.Length; i++)
        {
            if (sets[i].Count > 0)
                axes.Add(Axis.OfSets(SetKinds[i], sets[i].Order().Select(number => raw.Sets[number])));
        }

        return [.. axes.OrderBy(axis => axis.Kind)];
    }

    private void AddAddresses(List<Axis> axes)
    {
        if (raw.ByOctet)
        {
            for (var i = 0; i < 8; i++)
                axes.Add(Axis.OfNumbers(AxisKind.DestinationOctet0 + i, octets[i]));
        }
        else if (raw.Family == Family.Inet6)
        {
            axes.Add(Axis.OfAddresses(AxisKind.Destination, wideDestinations));
            axes.Add(Axis.OfAddresses(AxisKind.Source, wideSources));
        }
        else
        {
            axes.Add(Axis.OfAddresses(AxisKind.Destination, destinations));
            axes.Add(Axis.OfAddresses(AxisKind.Source, sources));
        }
    }

    private static void AddNumbers(List<Axis> axes, AxisKind kind, bool[] starts)
    {
        if (starts.AsSpan(1).Contains(true))
            axes.Add(Axis.OfNumbers(kind, starts));
    }

    private void Gather(in RawBox box)
    {
        if (raw.ByOctet)
            GatherOctets(box);
        else if (raw.Family == Family.Inet6)
            GatherWide(box);
        else
            GatherNarrow(box);
        Mark(destinationPorts, box.DestinationPortLow, box.DestinationPortHigh);
        Mark(sourcePorts, box.SourcePortLow, box.SourcePortHigh);
        Mark(offsets, box.OffsetLow, box.OffsetHigh);
        Mark(lengths, box.LengthLow, box.LengthHigh);
        if ((box.Protocols | box.TcpFlags | box.IcmpTypes | box.IcmpCodes | box.IpFlags | box.Tos | box.Ttl) == 0)
            return;
        for (var i = 0; i < SetKinds.Length; i++)
        {
            if (Space.SetOf(SetKinds[i], box) is var number and > 0)
                sets[i].Add(number);
        }
    }

    private void GatherNarrow(in RawBox box)
    {
        sources.Add((uint)box.SourceLow);
        destinations.Add((uint)box.DestinationLow);
        if ((uint)box.SourceHigh != uint.MaxValue)
            sources.Add((uint)box.SourceHigh + 1);
        if ((uint)box.DestinationHigh != uint.MaxValue)
            destinations.Add((uint)box.DestinationHigh + 1);
    }

    private void GatherWide(in RawBox box)
    {
        wideSources.Add(box.SourceLow);
        wideDestinations.Add(box.DestinationLow);
        if (box.SourceHigh != UInt128.MaxValue)
            wideSources.Add(box.SourceHigh + 1);
        if (box.DestinationHigh != UInt128.MaxValue)
            wideDestinations.Add(box.DestinationHigh + 1);
    }

    private void GatherOctets(in RawBox box)
    {
        for (var i = 0; i < 4; i++)
        {
            var shift = 24 - 8 * i;
            Mark(octets[i], (int)((uint)box.DestinationLow >> shift & 255), (int)((uint)box.DestinationHigh >> shift & 255));
            Mark(octets[i + 4], (int)((uint)box.SourceLow >> shift & 255), (int)((uint)box.SourceHigh >> shift & 255));
        }
    }

    private static void Mark(bool[] starts, int low, int high)
    {
        starts[low] = true;
        if (high + 1 < starts.Length)
            starts[high + 1] = true;
    }
}
