using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>Is this flow permitted? The answer is exact: every term that decides some packet of the flow is named with such a packet.</summary>
public static class FlowQuestion
{
    /// <param name="flow">The packets asked about.</param>
    /// <param name="family">IPv4 or IPv6; null asks for whatever the flow's addresses are, IPv4 when they are any.</param>
    /// <param name="fragments">Asks about fragments without ports too; a person who names a flow means whole packets.</param>
    public static FlowAnswer Ask(Filter filter, Match flow, Family? family = null, bool fragments = false, Budget? budget = null)
    {
        var of = family ?? FamilyOf(flow, filter);
        if (filter.Family != Family.Any && filter.Family != of)
            return new FlowAnswer(Verdict.NotApplicable, []);
        budget ??= Budget.Default;
        var layout = Layout.Of(of, new Term { Action = TermAction.Permit, Match = flow }, !fragments, budget, filter);
        var compiled = layout.Filters[0];
        var hopeful = compiled.Terms.Select((_, i) => compiled.Sure(i) || compiled.Permits(i)).ToArray();
        var careful = compiled.Terms.Select((_, i) => compiled.Sure(i) || !compiled.Permits(i)).ToArray();
        var parts = new Dictionary<int, FlowPart>();
        if (Walk(layout, filter, careful, parts, budget) is not { } least)
            return new FlowAnswer(Verdict.Undecided, [.. parts.Values]);
        var most = compiled.Terms.Where((_, i) => !compiled.Sure(i)).Any() ? Walk(layout, filter, hopeful, parts, budget) : least;
        if (most is null)
            return new FlowAnswer(Verdict.Undecided, [.. parts.Values]);
        return new FlowAnswer(Sum(least, most.Value), [.. parts.OrderBy(part => part.Key).Select(part => part.Value)]);
    }

    private static Verdict Sum((bool Permits, bool Denies) least, (bool Permits, bool Denies) most) => (least, most) switch
    {
        ((true, false), _) => Verdict.Permit,
        (_, (false, true)) => Verdict.Deny,
        ((false, false), _) => Verdict.NotApplicable,
        ((true, _), (_, true)) => Verdict.Mixed,
        _ => Verdict.Unknown,
    };

    private static (bool Permits, bool Denies)? Walk(Layout layout, Filter filter, bool[] counts, Dictionary<int, FlowPart> parts, Budget budget)
    {
        var compiled = layout.Filters[0];
        var (permits, denies) = (false, false);
        var part = new int[layout.Space.Width];
        var done = new HashSet<int>();
        foreach (var asked in layout.Universe)
        {
            done.Clear();
            foreach (var box in layout.Overlapping(asked, compiled.From, compiled.To))
            {
                var owner = layout.Space.Owner(box);
                if (!counts[owner] || done.Contains(owner) || !Layout.Intersect(asked, layout.Space.Box(box), part))
                    continue;
                var result = layout.Uncovered(part, budget, other => counts[layout.Space.Owner(other)], (compiled.From, FirstOf(layout, compiled, box)));
                if (result == CoverResult.Undecided)
                    return null;
                if (result == CoverResult.Covered)
                    continue;
                done.Add(owner);
                permits |= compiled.Permits(owner);
                denies |= !compiled.Permits(owner);
                var witness = layout.Witness();
                parts.TryAdd(owner, new FlowPart(compiled.Terms[owner], witness, LinearDecider.Decide(filter, witness).Verdict != Verdict.Unknown));
            }
        }

        return (permits, denies);
    }

    // The boxes of one term overlap each other without harm: only those of the terms before it count.
    private static int FirstOf(Layout layout, CompiledFilter compiled, int box)
    {
        var owner = layout.Space.Owner(box);
        while (box > compiled.From && layout.Space.Owner(box - 1) == owner)
            box--;
        return box;
    }

    private static Family FamilyOf(Match flow, Filter filter)
    {
        if (!flow.Source.IsAny && flow.Source.Count > 0)
            return flow.Source[0].Family;
        if (!flow.Destination.IsAny && flow.Destination.Count > 0)
            return flow.Destination[0].Family;
        return filter.Family == Family.Inet6 ? Family.Inet6 : Family.Inet;
    }
}
