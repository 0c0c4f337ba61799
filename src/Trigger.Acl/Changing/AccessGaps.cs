using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Changing;

/// <summary>What of a wanted access is still missing (create_access): the flow is taken apart into single values, and those that the terms permit already are left out.</summary>
public static class AccessGaps
{
    // A product of lists larger than this is not added line by line.
    private const int Most = 4096;

    /// <summary>Null when the flow has more than 4096 combinations.</summary>
    public static IReadOnlyList<Match>? Of(Filter filter, IReadOnlyList<Term> terms, Match flow)
    {
        var among = filter with { Terms = terms };
        var (sourcePorts, destinationPorts) = (Ports(flow.SourcePorts), Ports(flow.DestinationPorts));
        if ((long)flow.Source.Count * flow.Destination.Count * sourcePorts.Count * destinationPorts.Count * (flow.Protocols.IsAll ? 1 : flow.Protocols.Count) > Most)
            return null;
        var wanted =
            from protocol in flow.Protocols.IsAll ? [flow.Protocols] : flow.Protocols.Values().Select(ByteSet.Of)
            from source in Single(flow.Source)
            from sourcePort in sourcePorts
            from destination in Single(flow.Destination)
            from destinationPort in destinationPorts
            select new Match { Protocols = protocol, Source = source, SourcePorts = sourcePort, Destination = destination, DestinationPorts = destinationPort };
        // No lines at all permit everything on some devices, which is not what is asked here.
        return [.. wanted.Where(one => terms.Count == 0 || FlowQuestion.Ask(among, one).Verdict != Verdict.Permit)];
    }

    private static IEnumerable<AddressSet> Single(AddressSet set) => set.IsAny ? [set] : set.Items.Select(item => new AddressSet(item));

    private static List<RangeSet?> Ports(RangeSet? set) => set is null ? [null] : [.. set.Runs.Select(run => RangeSet.Of(run.Low, run.High))];
}
