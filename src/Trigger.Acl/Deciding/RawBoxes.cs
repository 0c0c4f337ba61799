using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>Turns terms into boxes. Several filters of one question share one of these, so that their sets have the same numbers.</summary>
internal sealed class RawBoxes(Family family, bool byOctet, Budget? budget = null)
{
    // Beyond this a term's lists multiply into more boxes than any answer is worth; it then counts as not understood.
    private const int MostPerTerm = 65_536;

    private readonly Dictionary<ByteSet, int> numbers = new() { [ByteSet.All] = 0 };

    public Family Family => family;

    /// <summary>What the question may cost; null when nobody asks.</summary>
    public Budget? Budget => budget;

    /// <summary>Whether an address is four sides of a box instead of one, because some wildcard's bits are scattered.</summary>
    public bool ByOctet => byOctet;

    /// <summary>The byte sets, by number; the first is everything.</summary>
    public List<ByteSet> Sets { get; } = [ByteSet.All];

    /// <summary>Wildcards of more pieces than this make <see cref="ByOctet"/> worth while.</summary>
    public const int ScatteredPieces = 64;

    public static bool NeedsOctets(ReadOnlySpan<Filter> filters)
    {
        foreach (var filter in filters)
        {
            foreach (var term in filter.Terms)
            {
                if (NeedsOctets(term.Match) || (term.Also.Count > 0 && term.Also.Any(NeedsOctets)))
                    return true;
            }
        }

        return false;
    }

    private static bool NeedsOctets(Match match) =>
        match.Source.Scattered(Family.Inet, ScatteredPieces) || match.Destination.Scattered(Family.Inet, ScatteredPieces)
        || match.Rare?.EitherAddress?.Scattered(Family.Inet, ScatteredPieces) == true;

    /// <summary>Adds the term's boxes. False when there would be too many; then none is added.</summary>
    public bool Add(Term term, FragmentRule rule, int owner, List<RawBox> to)
    {
        if (term.Inactive)
            return true;
        var before = to.Count;
        foreach (var match in term.Matches)
        {
            var others = to.Count;
            var fits = Add(match, rule, term.Action.Permits, owner, to, before + MostPerTerm);
            budget?.Place(to.Count - others);
            if (fits)
                continue;
            to.RemoveRange(before, to.Count - before);
            return false;
        }

        return true;
    }

    private bool Add(Match match, FragmentRule rule, bool permits, int owner, List<RawBox> to, int most)
    {
        var protocols = match.Protocols;
        var asks = match.AsksLayer4;
        if (asks)
            protocols = Bearing(match, protocols);
        if (protocols.IsEmpty || match.IsEmpty)
            return true;
        var box = RawBox.Everything(family);
        box.Owner = owner;
        box.Protocols = Number(protocols);
        var offsets = match.Rare?.FragmentOffset;
        if (match.Rare is { } rare && !Header(rare, ref box))
            return true;
        if (!asks || rule == FragmentRule.Reassembles)
        {
            var whole = asks ? Layer4(match, box) : box;
            return whole is not { } all || Spread(match, all, offsets ?? RangeSet.Of(0, 8191), asks, to, most);
        }

        if ((offsets is null || offsets.Contains(0)) && Layer4(match, box) is { } first && !Spread(match, first, RangeSet.Of(0), ports: true, to, most))
            return false;
        if (rule != FragmentRule.PermitOnLayer3 || !permits)
            return true;
        var later = RangeSet.Of((offsets ?? RangeSet.All).Runs.Select(run => (Math.Max(run.Low, 1), Math.Min(run.High, 8191))));
        return Spread(match, box, later, ports: false, to, most);
    }

    private static ByteSet Bearing(Match match, ByteSet protocols)
    {
        if (match.SourcePorts is not null || match.DestinationPorts is not null || match.Rare?.EitherPorts is not null)
            protocols &= Names.WithPorts;
        if (match.Rare?.TcpFlags is not null)
            protocols &= ByteSet.Of(6);
        if (match.Rare?.IcmpTypes is not null || match.Rare?.IcmpCodes is not null)
            protocols &= ByteSet.Of(1) | ByteSet.Of(58);
        return protocols;
    }

    private bool Header(RareMatch rare, ref RawBox box)
    {
        var tos = rare.TosByte();
        if (rare.IpFlags is { IsEmpty: true } || tos is { IsEmpty: true } || rare.Ttl is { IsEmpty: true })
            return false;
        box.IpFlags = Number(rare.IpFlags is { } flags ? flags & ByteSet.Range(0, 7) : null);
        box.Tos = Number(tos);
        box.Ttl = Number(rare.Ttl);
        return true;
    }

    private RawBox? Layer4(Match match, RawBox box)
    {
        if (match.Rare is not { } rare)
            return box;
        if (rare.TcpFlags is { IsEmpty: true } || rare.IcmpTypes is { IsEmpty: true } || rare.IcmpCodes is { IsEmpty: true })
            return null;
        box.TcpFlags = Number(rare.TcpFlags);
        box.IcmpTypes = Number(rare.IcmpTypes);
        box.IcmpCodes = Number(rare.IcmpCodes);
        return box;
    }

    // Every combination of the lists' members.
    private bool Spread(Match match, RawBox box, RangeSet offsets, bool ports, List<RawBox> to, int most)
    {
        if (match.Rare is null && offsets.Runs.Count == 1 && Single(match.Source) && Single(match.Destination)
            && (!ports || (match.SourcePorts is null or { Runs.Count: 1 } && match.DestinationPorts is null or { Runs.Count: 1 })))
        {
            return SpreadOne(match, box, offsets, ports, to);
        }

        var either = match.Rare?.EitherAddress;
        if (either is null)
            return SpreadAddresses(match, box, match.Source, match.Destination, offsets, ports, to, most);
        // Either end: two boxes that may overlap, which does no harm.
        return SpreadAddresses(match, box, either, match.Destination, offsets, ports, to, most)
            && SpreadAddresses(match, box, match.Source, either, offsets, ports, to, most);
    }

    private static bool Single(AddressSet set) => set.IsAny || (set.Count == 1 && set[0] is { Wild: var wild, Except: false } && wild == 0);

    private bool SpreadOne(Match match, RawBox box, RangeSet offsets, bool ports, List<RawBox> to)
    {
        if (!match.Source.IsAny)
        {
            if (match.Source[0].Family != family)
                return true;
            (box.SourceLow, box.SourceHigh) = (match.Source[0].Low, match.Source[0].High);
        }

        if (!match.Destination.IsAny)
        {
            if (match.Destination[0].Family != family)
                return true;
            (box.DestinationLow, box.DestinationHigh) = (match.Destination[0].Low, match.Destination[0].High);
        }

        if (byOctet && (match.Source is { IsAny: false } source && source[0].PrefixLength < 0 || match.Destination is { IsAny: false } destination && destination[0].PrefixLength < 0))
            return SpreadAddresses(match, box, match.Source, match.Destination, offsets, ports, to, MostPerTerm);
        (box.OffsetLow, box.OffsetHigh) = offsets.Runs[0];
        if (ports && match.SourcePorts is { } from)
            (box.SourcePortLow, box.SourcePortHigh) = from.Runs[0];
        if (ports && match.DestinationPorts is { } into)
            (box.DestinationPortLow, box.DestinationPortHigh) = into.Runs[0];
        to.Add(box);
        return true;
    }

    private bool SpreadAddresses(Match match, RawBox box, AddressSet source, AddressSet destination, RangeSet offsets, bool ports, List<RawBox> to, int most)
    {
        var sources = Runs(source);
        var destinations = Runs(destination);
        var lengths = match.Rare?.Length ?? RangeSet.All;
        if ((long)sources.Count * destinations.Count > MostPerTerm)
            return false;
        foreach (var (sourceLow, sourceHigh) in sources)
        {
            foreach (var (destinationLow, destinationHigh) in destinations)
            {
                (box.SourceLow, box.SourceHigh, box.DestinationLow, box.DestinationHigh) = (sourceLow, sourceHigh, destinationLow, destinationHigh);
                foreach (var offset in offsets.Runs)
                {
                    (box.OffsetLow, box.OffsetHigh) = offset;
                    foreach (var length in lengths.Runs)
                    {
                        (box.LengthLow, box.LengthHigh) = length;
                        if (!SpreadPorts(match, box, ports, to, most))
                            return false;
                    }
                }
            }
        }

        return true;
    }

    private static bool SpreadPorts(Match match, RawBox box, bool ports, List<RawBox> to, int most)
    {
        if (!ports)
        {
            to.Add(box);
            return to.Count <= most;
        }

        if (match.Rare?.EitherPorts is { } either)
            return SpreadPair(box, either, match.DestinationPorts, to, most) && SpreadPair(box, match.SourcePorts, either, to, most);
        return SpreadPair(box, match.SourcePorts, match.DestinationPorts, to, most);
    }

    private static bool SpreadPair(RawBox box, RangeSet? from, RangeSet? into, List<RawBox> to, int most)
    {
        foreach (var source in (from ?? RangeSet.All).Runs)
        {
            foreach (var destination in (into ?? RangeSet.All).Runs)
            {
                (box.SourcePortLow, box.SourcePortHigh) = source;
                (box.DestinationPortLow, box.DestinationPortHigh) = destination;
                to.Add(box);
                if (to.Count > most)
                    return false;
            }
        }

        return true;
    }

    private List<(UInt128 Low, UInt128 High)> Runs(AddressSet set)
    {
        if (set.IsAny)
            return [(0, AddressMatch.Last(family))];
        if (!byOctet)
            return set.Runs(family);
        // By octets a prefix is one box whatever its length, and scattered bits are as many as one octet of them has pieces.
        if (set.HasExcepts || !set.Scattered(family, ScatteredPieces))
            return [.. set.Runs(family).SelectMany(run => AddressSet.Prefixes(family, run.Low, run.High)).Select(prefix => (prefix.Low, prefix.High))];
        return [.. set.Items.Where(item => item.Family == family).SelectMany(Octets)];
    }

    private IEnumerable<(UInt128 Low, UInt128 High)> Octets(AddressMatch item)
    {
        if (item.Wild == 0)
            return AddressSet.Prefixes(family, item.Low, item.High).Select(prefix => (prefix.Low, prefix.High));
        var boxes = new List<(UInt128 Low, UInt128 High)> { (0, 0) };
        for (var shift = 24; shift >= 0; shift -= 8)
        {
            var free = (int)(item.Wild >> shift) & 255;
            var value = (int)(item.Low >> shift) & 255;
            var runs = ByteSet.Where(octet => (octet & ~free) == value).Runs().ToList();
            boxes = [.. boxes.SelectMany(box => runs.Select(run => (box.Low << 8 | (uint)run.Low, box.High << 8 | (uint)run.High)))];
        }

        return boxes;
    }

    private int Number(ByteSet? asked)
    {
        if (asked is not { } set || set.IsAll)
            return 0;
        if (!numbers.TryGetValue(set, out var number))
        {
            numbers.Add(set, number = Sets.Count);
            Sets.Add(set);
        }

        return number;
    }
}
