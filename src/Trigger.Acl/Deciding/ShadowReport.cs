using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>Which terms can never match, and because of which; and which could go without a difference.</summary>
public sealed class ShadowReport
{
    private readonly Layout layout;
    private readonly CompiledFilter compiled;
    private readonly Budget budget;
    private readonly int[] first;
    private readonly List<ShadowFinding> findings = [];
    private readonly HashSet<int> idle = [];
    // What becomes of a term's packets besides being permitted or not; null when that is not asked.
    private readonly string[]? effects;

    private ShadowReport(Layout layout, Budget budget, bool effects = true)
    {
        this.layout = layout;
        this.budget = budget;
        compiled = layout.Filters[0];
        // Where each term's boxes begin; a term without boxes begins where the next one does.
        first = new int[compiled.Terms.Count + 1];
        var box = compiled.From;
        for (var term = 0; term <= compiled.Terms.Count; term++)
        {
            while (box < compiled.To && layout.Space.Owner(box) < term)
                box++;
            first[term] = box;
        }

        this.effects = effects ? [.. compiled.Terms.Select(Effect)] : null;
    }

    /// <param name="unneeded">Also looks for terms behind which others decide the same.</param>
    public static IReadOnlyList<ShadowFinding> Of(Filter filter, bool unneeded = true, Budget? budget = null)
    {
        budget ??= Budget.Default;
        if (filter.Family != Family.Any)
            return new ShadowReport(Layout.Of(filter.Family, null, wholePackets: false, budget, filter), budget).Run(filter, unneeded);
        // A list of both families is idle in a line only if it is in both.
        var four = new ShadowReport(Layout.Of(Family.Inet, null, false, budget, filter), budget).Run(filter, unneeded);
        var six = new ShadowReport(Layout.Of(Family.Inet6, null, false, budget, filter), budget).Run(filter, unneeded).ToDictionary(finding => finding.Term.At);
        return [.. four.Where(finding => six.ContainsKey(finding.Term.At)).Select(finding => finding.Kind == ShadowKind.Unmatchable ? six[finding.Term.At] : finding)];
    }

    /// <summary>Of some terms, those that can go, all at once, while every packet is still permitted or not as before; what else becomes of it is not asked.</summary>
    internal static IReadOnlyList<Term> Unneeded(Filter filter, Func<Term, bool> among, Budget budget)
    {
        var report = new ShadowReport(Layout.Of(filter.Family, null, wholePackets: false, budget, filter), budget, effects: false);
        for (var term = filter.Terms.Count - 1; term >= 0 && !budget.Spent; term--)
        {
            if (report.first[term] < report.first[term + 1] && !filter.Terms[term].Inactive && among(filter.Terms[term]))
                report.Below(term);
        }

        return [.. report.findings.Select(finding => finding.Term)];
    }

    private List<ShadowFinding> Run(Filter filter, bool unneeded)
    {
        for (var term = 0; term < filter.Terms.Count; term++)
        {
            if (filter.Terms[term].Inactive || !filter.Terms[term].Action.Decides)
                continue;
            if (first[term] == first[term + 1])
                findings.Add(new ShadowFinding(ShadowKind.Unmatchable, filter.Terms[term], []));
            else if (budget.Spent)
                findings.Add(new ShadowFinding(ShadowKind.Undecided, filter.Terms[term], [], Remaining: "all of it: the budget ended before this line"));
            else if (Above(term, filter))
                idle.Add(term);
        }

        // From the end, and without what was reported before: each goes from what the others have left, so all can go at once.
        for (var term = filter.Terms.Count - 1; unneeded && term >= 0 && !budget.Spent; term--)
        {
            if (first[term] < first[term + 1] && !filter.Terms[term].Inactive && !idle.Contains(term))
                Below(term);
        }

        findings.Sort((left, right) => left.Term.At.Line.CompareTo(right.Term.At.Line));
        return findings;
    }

    // Whether terms before it leave nothing to it. True also when that could not be decided.
    private bool Above(int term, Filter filter)
    {
        for (var box = first[term]; box < first[term + 1]; box++)
        {
            if (layout.Escapes(box, first[term], budget, compiled.Sure))
                return false;
            switch (Search(box, first[term], null))
            {
                case CoverResult.Found:
                    return false;
                case CoverResult.Undecided:
                    findings.Add(new ShadowFinding(ShadowKind.Undecided, compiled.Terms[term], [], Remaining: RegionText.Of(layout.Space, layout.Part)));
                    return true;
            }
        }

        // Lines that say the same and take it all make it redundant, whatever else stands before them.
        if (Boxes(term).TrueForAll(box => Search(box, first[term], owner => compiled.Permits(owner) == compiled.Permits(term)) == CoverResult.Covered))
        {
            var same = Because(term, owner => compiled.Permits(owner) == compiled.Permits(term));
            findings.Add(new ShadowFinding(ShadowKind.Redundant, compiled.Terms[term], [.. same.Order().Select(index => compiled.Terms[index])]));
            return true;
        }

        var because = Because(term, _ => true);
        var conflict = Conflict(term, filter);
        if (conflict.By is { } by && !because.Contains(by))
            because.Add(by);
        because.Sort();
        findings.Add(new ShadowFinding(
            conflict.By is null ? ShadowKind.Redundant : ShadowKind.Shadowed, compiled.Terms[term], [.. because.Select(index => compiled.Terms[index])],
            conflict.Witness, conflict.By is { } who ? compiled.Terms[who] : null));
        return true;
    }

    private List<int> Boxes(int term) => [.. Enumerable.Range(first[term], first[term + 1] - first[term])];

    private CoverResult Search(int box, int before, Func<int, bool>? also) =>
        layout.Uncovered(layout.Space.Box(box), budget, other => compiled.Sure(layout.Space.Owner(other)) && (also is null || also(layout.Space.Owner(other))), (compiled.From, before));

    // One term if one is enough; otherwise those that the search covered with, less what it can do without.
    private List<int> Because(int term, Func<int, bool> among)
    {
        var boxes = Boxes(term);
        var owners = layout.Overlapping(layout.Space.Box(boxes[0]), compiled.From, first[term]).Select(layout.Space.Owner).Distinct().ToList();
        foreach (var one in owners.Where(one => among(one) && Covers(one, boxes[0])).Take(8))
        {
            if (boxes.TrueForAll(box => Search(box, first[term], owner => owner == one) == CoverResult.Covered))
                return [one];
        }

        layout.Used = [];
        foreach (var box in boxes)
            Search(box, first[term], among);
        var used = layout.Used.Select(layout.Space.Owner).Distinct().ToList();
        layout.Used = null;
        if (used.Count > 24)
            return used;
        foreach (var without in used.OrderDescending().ToList())
        {
            if (boxes.TrueForAll(box => Search(box, first[term], owner => owner != without && used.Contains(owner)) == CoverResult.Covered))
                used.Remove(without);
        }

        return used;
    }

    private bool Covers(int term, int box)
    {
        for (var other = first[term]; other < first[term + 1]; other++)
        {
            if (Layout.Contains(layout.Space.Box(other), layout.Space.Box(box)))
                return true;
        }

        return false;
    }

    // A packet of the term's that an earlier term decides the other way, and that term.
    private (int? By, Packet? Witness) Conflict(int term, Filter filter)
    {
        var part = new int[layout.Space.Width];
        for (var box = first[term]; box < first[term + 1]; box++)
        {
            foreach (var other in layout.Overlapping(layout.Space.Box(box), compiled.From, first[term]))
            {
                var owner = layout.Space.Owner(other);
                if (compiled.Permits(owner) == compiled.Permits(term) || !compiled.Sure(owner) || !Layout.Intersect(layout.Space.Box(box), layout.Space.Box(other), part))
                    continue;
                if (layout.Uncovered(part, budget, one => compiled.Sure(layout.Space.Owner(one)), (compiled.From, first[owner])) != CoverResult.Found)
                    continue;
                var witness = layout.Witness();
                return (owner, LinearDecider.Decide(layout.TermsAt(compiled, layout.Part), Dialects.FragmentRule(filter.Dialect), witness).Verdict == Verdict.Unknown ? null : witness);
            }
        }

        return (null, null);
    }

    private bool Alike(int one, int other) => compiled.Permits(one) == compiled.Permits(other) && (effects is null || effects[one] == effects[other]);

    // A line that permits without a log, or at a rate, or drops without a word, is there for that. A counter only counts.
    private static string Effect(Term term)
    {
        var others = term.Modifiers.Where(one => one.Key is not ("count" or "counter" or "bytes" or "byte" or "syslog" or "log" or "log-input")).Select(one => one.ToString());
        var logs = term.Modifiers.Any(one => one.Key is "syslog" or "log" or "log-input") ? "log" : "";
        return string.Join(';', others.Order(StringComparer.Ordinal).Prepend(logs).Prepend(term.Action.ToString()));
    }

    // Whether every packet it decides would be decided the same by the terms behind it, and treated the same. A last line for everything is there to be read.
    private void Below(int term)
    {
        if (!compiled.Sure(term) || IsEverything(term))
            return;
        var part = new int[layout.Space.Width];
        for (var box = first[term]; box < first[term + 1]; box++)
        {
            var others = layout.Overlapping(layout.Space.Box(box), first[term + 1], compiled.To).Where(other => !idle.Contains(layout.Space.Owner(other))).ToList();
            for (var i = others.Count - 1; i >= 0; i--)
            {
                var owner = layout.Space.Owner(others[i]);
                if (Alike(owner, term) || !Layout.Intersect(layout.Space.Box(box), layout.Space.Box(others[i]), part))
                    continue;
                if (layout.Uncovered(part, budget, one => compiled.Sure(layout.Space.Owner(one)) && !idle.Contains(layout.Space.Owner(one)), (compiled.From, first[term]), (first[term + 1], first[owner])) != CoverResult.Covered)
                    return;
            }
        }

        findings.Add(new ShadowFinding(ShadowKind.Unneeded, compiled.Terms[term], Behind(term)));
        idle.Add(term);
    }

    private bool IsEverything(int term) => first[term + 1] - first[term] == 1 && Layout.Contains(layout.Space.Box(first[term]), layout.Universe[0]);

    // One line that takes it all, if there is one; otherwise the first few that take some of its whole packets, for of fragments there are always many.
    private List<Term> Behind(int term)
    {
        var boxes = Boxes(term);
        var owners = layout.Overlapping(layout.Space.Box(boxes[0]), first[term + 1], compiled.To)
            .Select(layout.Space.Owner).Distinct().Order()
            .Where(owner => Alike(owner, term) && !idle.Contains(owner)).ToList();
        var one = owners.FindIndex(owner => boxes.TrueForAll(box => Covers(owner, box)));
        return [.. (one >= 0 ? owners.Skip(one).Take(1) : owners.Take(3)).Select(owner => compiled.Terms[owner])];
    }
}
