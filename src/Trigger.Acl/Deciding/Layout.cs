using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>One or two filters laid out in one space, with the ways to search it.</summary>
internal sealed class Layout
{
    // Each costs about a microsecond; a line that is free in a tenth of its ranks shows with four in five.
    private const int Probes = 16;

    private readonly OverlapIndex byDestination;
    private readonly CoverSearch search;
    private readonly int[] all;
    // The axes to divide the boxes by, when the source is to be the first of them.
    private readonly int[] sourceFirst;
    private OverlapIndex? bySource;
    private readonly List<int> overlapping = [];
    private readonly List<int> kept = [];

    private Layout(Space space, CompiledFilter[] filters, List<int[]> universe)
    {
        Space = space;
        Filters = filters;
        Universe = universe;
        search = new CoverSearch(space);
        all = [.. Enumerable.Range(0, filters.Max(filter => filter.To))];
        var destination = Telling(AxisKind.Destination, AxisKind.DestinationOctet0, AxisKind.DestinationOctet3);
        var source = Telling(AxisKind.Source, AxisKind.SourceOctet0, AxisKind.SourceOctet3);
        byDestination = new OverlapIndex(space, all, [.. destination.Take(1), .. source, .. destination.Skip(1)]);
        sourceFirst = [.. source.Take(1), .. destination, .. source.Skip(1)];
    }

    // An address is one axis, or four, of which those come first that tell most boxes apart: of 10.0.x.5 and its like the last.
    private int[] Telling(AxisKind whole, AxisKind first, AxisKind last)
    {
        var axes = Enumerable.Range(0, Space.Axes.Count).Where(i => Space.Axes[i].Kind == whole || (Space.Axes[i].Kind >= first && Space.Axes[i].Kind <= last)).ToArray();
        return axes.Length < 2 ? axes : [.. axes.OrderBy(axis => all.Sum(box => (Space.Box(box)[axis * 2 + 1] - Space.Box(box)[axis * 2] + 1.0) / Space.Axes[axis].Count))];
    }

    public Space Space { get; }

    public CompiledFilter[] Filters { get; }

    /// <summary>What is asked about, as boxes: everything, unless a flow was named.</summary>
    public List<int[]> Universe { get; }

    /// <param name="asked">The flow that is asked about.</param>
    /// <param name="wholePackets">Leaves fragments without ports out of the question.</param>
    /// <param name="budget">What taking the filters apart may cost.</param>
    public static Layout Of(Family family, Term? asked, bool wholePackets, Budget budget, params Filter[] filters)
    {
        var raw = new RawBoxes(family, family == Family.Inet && RawBoxes.NeedsOctets(filters), budget);
        var compiled = filters.Select(filter => new CompiledFilter(filter, raw)).ToArray();
        return Of(raw, compiled, asked, wholePackets);
    }

    public static Layout Of(RawBoxes raw, CompiledFilter[] compiled, Term? asked, bool wholePackets)
    {
        var universe = new List<RawBox>();
        raw.Add(asked ?? new Term { Action = TermAction.Permit }, FragmentRule.NoField, 0, universe);
        if (wholePackets)
            universe = [.. universe.Where(box => box.OffsetLow == 0).Select(box => box with { OffsetHigh = 0 })];
        var space = Space.Build(raw, [universe, .. compiled.Select(one => one.Boxes)]);
        foreach (var one in compiled)
            (one.From, one.To) = space.Add(raw, one.Boxes);
        var (from, to) = space.Add(raw, universe);
        raw.Budget?.Look();
        return new Layout(space, compiled, [.. Enumerable.Range(from, to - from).Select(box => space.Box(box).ToArray())]);
    }

    public Term TermOf(CompiledFilter filter, int box) => filter.Terms[Space.Owner(box)];

    /// <summary>The boxes of a filter that meet a box, in the filter's order.</summary>
    public List<int> Overlapping(ReadOnlySpan<int> box, int from, int to)
    {
        var found = new List<int>();
        Overlapping(box, from, to, found);
        found.Sort();
        return found;
    }

    /// <summary>Looks for a part of the box that none of the filter's boxes from the first number up to the last covers.</summary>
    public CoverResult Uncovered(ReadOnlySpan<int> box, Budget budget, Func<int, bool>? counts, params ReadOnlySpan<(int From, int To)> among)
    {
        kept.Clear();
        foreach (var (from, to) in among)
        {
            overlapping.Clear();
            Overlapping(box, from, to, overlapping);
            budget.Take(overlapping.Count);
            foreach (var other in overlapping)
            {
                if (counts is null || counts(other))
                    kept.Add(other);
            }
        }

        return search.Uncovered(box, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(kept), budget);
    }

    /// <summary>
    /// Whether one of a few packets drawn from the box is matched by no sure box before <paramref name="before"/>. That settles most live lines without gathering all that
    /// meets them, which for a line about any destination is all lines about any source. False settles nothing.
    /// </summary>
    public bool Escapes(int box, int before, Budget budget, Func<int, bool> sure)
    {
        Span<int> point = stackalloc int[Space.Axes.Count];
        // The same draws in every run: a linear congruential sequence with Knuth's multiplier, from the box's number.
        var draw = (ulong)box;
        budget.Take(Probes);
        for (var probe = 0; probe < Probes; probe++)
        {
            var sides = Space.Box(box);
            for (var i = 0; i < point.Length; i++)
            {
                draw = draw * 6364136223846793005 + 1442695040888963407;
                point[i] = sides[i * 2] + (int)((draw >> 33) % (uint)(sides[i * 2 + 1] - sides[i * 2] + 1));
            }

            var by = byDestination.First(point, before);
            if (by >= before)
                return true;
            // One line that takes it all is for the search to tell; a doubtful line may stand before a sure one.
            if (!sure(Space.Owner(by)) || Contains(Space.Box(by), sides))
                return false;
        }

        return false;
    }

    public static bool Contains(ReadOnlySpan<int> outer, ReadOnlySpan<int> inner)
    {
        for (var i = 0; i < outer.Length; i += 2)
        {
            if (outer[i] > inner[i] || outer[i + 1] < inner[i + 1])
                return false;
        }

        return true;
    }

    /// <summary>The part that the last search was left with.</summary>
    public ReadOnlySpan<int> Part => search.Part;

    /// <summary>The filter's terms that could match a packet of the part, in order: to evaluate a witness the plain way without asking all terms.</summary>
    public List<Term> TermsAt(CompiledFilter filter, ReadOnlySpan<int> part)
    {
        var terms = new List<Term>();
        var last = -1;
        foreach (var box in Overlapping(part, filter.From, filter.To))
        {
            if (Space.Owner(box) != last)
                terms.Add(filter.Terms[last = Space.Owner(box)]);
        }

        return terms;
    }

    public Packet Witness() => Space.Witness(search.Part);

    /// <summary>Notes which boxes a search covers with.</summary>
    public HashSet<int>? Used
    {
        get => search.Used;
        set => search.Used = value;
    }

    public static bool Intersect(ReadOnlySpan<int> left, ReadOnlySpan<int> right, Span<int> both)
    {
        for (var i = 0; i < left.Length; i += 2)
        {
            both[i] = Math.Max(left[i], right[i]);
            both[i + 1] = Math.Min(left[i + 1], right[i + 1]);
            if (both[i] > both[i + 1])
                return false;
        }

        return true;
    }

    public int First(ReadOnlySpan<int> point, int best) => byDestination.First(point, best);

    private void Overlapping(ReadOnlySpan<int> box, int from, int to, List<int> found)
    {
        // A packet alone never needs it, so it is made only for boxes.
        bySource ??= new OverlapIndex(Space, all, sourceFirst);
        if (byDestination.Beginning(box) <= bySource.Beginning(box))
            byDestination.Overlaps(box, from, to, found);
        else
            bySource.Overlaps(box, from, to, found);
    }
}
