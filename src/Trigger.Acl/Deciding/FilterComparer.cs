using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>
/// What do two filters decide differently? Boxes that stand in both in the same order cannot alone make a difference, so only those that do not are looked at:
/// for each, every box of the other filter that decides the other way, less what both filters decide earlier.
/// </summary>
public static class FilterComparer
{
    // Enough to read; the verdict does not depend on it.
    private const int MostDifferences = 200;

    /// <param name="wholePackets">Leaves fragments without ports out; they are left out anyway if one dialect's devices put packets together first.</param>
    /// <param name="firstOnly">Stops at the first certain difference.</param>
    public static Comparison Compare(Filter before, Filter after, bool wholePackets = false, bool firstOnly = false, Budget? budget = null)
    {
        budget ??= Budget.Default;
        var whole = wholePackets || Dialects.FragmentRule(before.Dialect) == FragmentRule.Reassembles || Dialects.FragmentRule(after.Dialect) == FragmentRule.Reassembles;
        var differences = new List<FilterDifference>();
        string? remaining = null;
        var compared = false;
        foreach (var family in new[] { Family.Inet, Family.Inet6 })
        {
            if (!Sees(before, family) || !Sees(after, family))
                continue;
            compared = true;
            var pass = new ComparisonPass(before, after, family, whole, firstOnly ? 1 : MostDifferences, budget);
            pass.Run(differences);
            remaining ??= pass.Remaining;
        }

        var verdict = !compared ? ComparisonVerdict.NotApplicable
            : differences.Exists(difference => difference.Certain) ? ComparisonVerdict.Different
            : remaining is not null ? ComparisonVerdict.Undecided
            : differences.Count > 0 ? ComparisonVerdict.Unknown
            : ComparisonVerdict.Equivalent;
        // What only one of them sees at all is a difference that no packet of the other's can show.
        if (verdict == ComparisonVerdict.Equivalent && (before.Family == Family.Any) != (after.Family == Family.Any))
            remaining = $"only {(before.Family == Family.Any ? "the first" : "the second")} also decides {(before.Family == Family.Inet || after.Family == Family.Inet ? "IPv6" : "IPv4")} packets";
        return new Comparison(verdict, differences, whole, remaining);
    }

    private static bool Sees(Filter filter, Family family) => filter.Family == Family.Any || filter.Family == family;
}
