using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Changing;

/// <summary>
/// Looks for a packet that one filter permits and two others do not: for every permit of the first, and every pair of denies of the others that meet it,
/// less all that comes earlier in each.
/// </summary>
internal static class UnionSearch
{
    /// <summary>True when there is no such packet; false with the packet, or without when it could not be decided.</summary>
    public static (bool None, Packet? Found) Beyond(Filter first, Filter second, Filter asked, Budget budget)
    {
        foreach (var family in asked.Family == Family.Any ? new[] { Family.Inet, Family.Inet6 } : [asked.Family])
        {
            var result = Beyond(Layout.Of(family, null, wholePackets: false, budget, first, second, asked), budget);
            if (!result.None)
                return result;
        }

        return (true, null);
    }

    private static (bool None, Packet? Found) Beyond(Layout layout, Budget budget)
    {
        var (first, second, asked) = (layout.Filters[0], layout.Filters[1], layout.Filters[2]);
        var space = layout.Space;
        var one = new int[space.Width];
        var both = new int[space.Width];
        for (var box = asked.From; box < asked.To; box++)
        {
            if (!asked.Permits(space.Owner(box)) || Stands(layout, first, box) || Stands(layout, second, box))
                continue;
            foreach (var left in layout.Overlapping(space.Box(box), first.From, first.To))
            {
                if (first.Permits(space.Owner(left)) || !Layout.Intersect(space.Box(box), space.Box(left), one))
                    continue;
                foreach (var right in layout.Overlapping(one, second.From, second.To))
                {
                    if (second.Permits(space.Owner(right)) || !Layout.Intersect(one, space.Box(right), both))
                        continue;
                    switch (layout.Uncovered(both, budget, other => Sure(layout, other), (asked.From, box), (first.From, left), (second.From, right)))
                    {
                        case CoverResult.Found:
                            return (false, layout.Witness());
                        case CoverResult.Undecided:
                            return (false, null);
                    }
                }
            }
        }

        return (true, null);
    }

    // A shortcut that is often enough: the same box permits in one of the ends, and nothing there before it denies any of it.
    private static bool Stands(Layout layout, CompiledFilter end, int box)
    {
        foreach (var other in layout.Overlapping(layout.Space.Box(box), end.From, end.To))
        {
            if (!end.Permits(layout.Space.Owner(other)))
                return false;
            if (layout.Space.Box(other).SequenceEqual(layout.Space.Box(box)))
                return true;
        }

        return false;
    }

    private static bool Sure(Layout layout, int box)
    {
        var filter = layout.Filters.First(one => box >= one.From && box < one.To);
        return filter.Sure(layout.Space.Owner(box));
    }
}
