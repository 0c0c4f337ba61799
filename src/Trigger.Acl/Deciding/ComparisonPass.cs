using System.Runtime.InteropServices;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>Compares two filters in one family.</summary>
internal sealed class ComparisonPass
{
    private readonly Filter before, after;
    private readonly int most;
    private readonly Budget budget;
    private readonly Layout? layout;
    private readonly HashSet<(int, int)> told = [];

    /// <param name="byTerms">Whether equal terms may be paired first. Without that every box is, which must lead to the same answer.</param>
    public ComparisonPass(Filter before, Filter after, Family family, bool wholePackets, int most, Budget budget, bool byTerms = true)
    {
        (this.before, this.after, this.most, this.budget) = (before, after, most, budget);
        var raw = new RawBoxes(family, family == Family.Inet && RawBoxes.NeedsOctets([before, after]), budget);
        var both = byTerms && ChangedPart.Of(before, after, raw) is { } part ? ByTerms(part, raw) : ByBoxes(raw);
        if (LeftChanged.Count + RightChanged.Count == 0)
            return;
        layout = Layout.Of(raw, both, null, wholePackets);
    }

    /// <summary>What was left undecided, in words.</summary>
    public string? Remaining { get; private set; }

    private List<int> LeftChanged { get; set; } = [];

    private List<int> RightChanged { get; set; } = [];

    public void Run(List<FilterDifference> found)
    {
        if (layout is null)
            return;
        var (left, right) = (layout.Filters[0], layout.Filters[1]);
        foreach (var (box, mine, other) in Placed(left, LeftChanged, right).Concat(Placed(right, RightChanged, left)))
        {
            if (found.Count >= most || budget.Spent)
                break;
            Look(box, mine, other, found);
        }

        if (budget.Spent && found.Count < most)
            Remaining ??= "the budget ended before all changed lines were looked at";
    }

    private CompiledFilter[] ByTerms(ChangedPart part, RawBoxes raw)
    {
        CompiledFilter[] both = [new(before, raw, part.LeftNear), new(after, raw, part.RightNear)];
        foreach (var one in both)
            one.Boxes.RemoveAll(box => !part.Touches(box));
        (LeftChanged, RightChanged) = (part.LeftChanged, part.RightChanged);
        return both;
    }

    // For filters that have little in common, or whose devices treat fragments differently: there a term of one may be several of the other.
    private CompiledFilter[] ByBoxes(RawBoxes raw)
    {
        CompiledFilter[] both = [new(before, raw), new(after, raw)];
        var (left, right) = Alignment.Changed(both[0].Boxes.Count, both[1].Boxes.Count, Key(both[0]), Key(both[1]), (a, b) => Same(both, a, b));
        var touched = left.Select(box => both[0].Boxes[box]).Concat(right.Select(box => both[1].Boxes[box])).ToList();
        LeftChanged = Restrict(both[0], left, touched);
        RightChanged = Restrict(both[1], right, touched);
        return both;
    }

    // A raw box may have become several in the space: all with its owner whose raw was changed are taken.
    private IEnumerable<(int Box, CompiledFilter Mine, CompiledFilter Other)> Placed(CompiledFilter mine, List<int> owners, CompiledFilter other)
    {
        var changed = owners.ToHashSet();
        for (var box = mine.From; box < mine.To; box++)
        {
            if (changed.Contains(layout!.Space.Owner(box)))
                yield return (box, mine, other);
        }
    }

    private void Look(int box, CompiledFilter mine, CompiledFilter other, List<FilterDifference> found)
    {
        var space = layout!.Space;
        var part = new int[space.Width];
        var limited = new int[space.Width];
        var owner = space.Owner(box);
        if (!Layout.Intersect(space.Box(box), layout.Universe[0], limited))
            return;
        foreach (var against in layout.Overlapping(limited, other.From, other.To))
        {
            var theirs = space.Owner(against);
            var pair = ReferenceEquals(mine, layout.Filters[0]) ? (owner, theirs) : (theirs, owner);
            if (mine.Permits(owner) == other.Permits(theirs) || told.Contains(pair) || !Layout.Intersect(limited, space.Box(against), part))
                continue;
            var result = layout.Uncovered(part, budget, one => SureBox(one), (mine.From, FirstOf(mine, box)), (other.From, FirstOf(other, against)));
            if (result == CoverResult.Undecided)
                Remaining ??= RegionText.Of(space, layout.Part);
            if (result != CoverResult.Found)
                continue;
            Tell(pair, found);
            if (found.Count >= most)
                return;
        }
    }

    private void Tell((int Left, int Right) pair, List<FilterDifference> found)
    {
        var witness = layout!.Witness();
        var first = LinearDecider.Decide(layout.TermsAt(layout.Filters[0], layout.Part), Dialects.FragmentRule(before.Dialect), witness);
        var second = LinearDecider.Decide(layout.TermsAt(layout.Filters[1], layout.Part), Dialects.FragmentRule(after.Dialect), witness);
        var certain = first.Verdict is Verdict.Permit or Verdict.Deny && second.Verdict is Verdict.Permit or Verdict.Deny;
        if (certain && first.Verdict == second.Verdict)
            throw new InvalidOperationException($"The plain evaluation does not confirm the difference found at {witness}.");
        told.Add(pair);
        found.Add(new FilterDifference(witness, first.Term ?? layout.Filters[0].Terms[pair.Left], second.Term ?? layout.Filters[1].Terms[pair.Right], RegionText.Of(layout.Space, layout.Part), certain));
    }

    private bool SureBox(int box)
    {
        var filter = box < layout!.Filters[0].To ? layout.Filters[0] : layout.Filters[1];
        return filter.Sure(layout.Space.Owner(box));
    }

    private int FirstOf(CompiledFilter filter, int box)
    {
        var owner = layout!.Space.Owner(box);
        while (box > filter.From && layout.Space.Owner(box - 1) == owner)
            box--;
        return box;
    }

    // Boxes far from every change cannot matter. The owners of the changed ones are handed back.
    private static List<int> Restrict(CompiledFilter filter, List<int> changed, List<RawBox> touched)
    {
        var owners = changed.Select(box => filter.Boxes[box].Owner).Distinct().ToList();
        if (touched.Count <= 256)
            filter.Boxes.RemoveAll(box => !Touches(box, touched));
        return owners;
    }

    private static bool Touches(in RawBox box, List<RawBox> touched)
    {
        foreach (ref readonly var one in CollectionsMarshal.AsSpan(touched))
        {
            if (box.Meets(one))
                return true;
        }

        return false;
    }

    private static Func<int, int> Key(CompiledFilter filter) => box => filter.Boxes[box].Hash() * 2 + (filter.Permits(filter.Boxes[box].Owner) ? 1 : 0);

    private static bool Same(CompiledFilter[] both, int left, int right)
    {
        var (a, b) = (both[0].Boxes[left], both[1].Boxes[right]);
        return a.SameAs(b) && both[0].Permits(a.Owner) == both[1].Permits(b.Owner) && both[0].Sure(a.Owner) == both[1].Sure(b.Owner)
            && both[0].Terms[a.Owner].Unknown.SequenceEqual(both[1].Terms[b.Owner].Unknown);
    }
}
