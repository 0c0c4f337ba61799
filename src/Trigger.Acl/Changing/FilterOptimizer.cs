using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Changing;

/// <summary>Makes a filter shorter: leaves out what never matches or changes nothing, and merges terms that differ in one condition. Only what is shown to be equivalent is offered.</summary>
public static class FilterOptimizer
{
    private const int MostPasses = 16;

    /// <param name="passes">How often merging is tried again on its own result; null until nothing more is found.</param>
    /// <param name="keep">Terms that are not to be touched, such as those with an expiry date.</param>
    /// <param name="which">Which conditions may be merged.</param>
    public static Optimisation? Optimise(Filter source, int? passes = null, Func<Term, bool>? keep = null, MergeSides which = MergeSides.All, bool dropIdle = true, Budget? budget = null)
    {
        var steps = new List<string>();
        var best = dropIdle ? Try(source, WithoutIdle(source, keep, steps, budget), steps, budget) : source;
        for (var pass = 0; pass < Math.Min(passes ?? MostPasses, MostPasses); pass++)
        {
            var said = new List<string>();
            var merged = best;
            foreach (var side in new[] { MergeSides.Source, MergeSides.Destination, MergeSides.DestinationPort })
            {
                if (which.HasFlag(side))
                    merged = Merge(merged, side, keep, said, budget);
            }

            if (said.Count == 0)
                break;
            best = merged;
            steps.AddRange(said);
        }

        if (steps.Count == 0)
            return null;
        var proof = FilterComparer.Compare(source, best, budget: budget?.Again());
        return proof.Verdict == ComparisonVerdict.Equivalent ? new Optimisation(best, steps, proof) : null;
    }

    private static Filter Try(Filter source, Filter candidate, List<string> steps, Budget? budget)
    {
        if (ReferenceEquals(source, candidate) || FilterComparer.Compare(source, candidate, firstOnly: true, budget: budget?.Again()).Verdict == ComparisonVerdict.Equivalent)
            return candidate;
        steps.Clear();
        return source;
    }

    private static Filter WithoutIdle(Filter source, Func<Term, bool>? keep, List<string> steps, Budget? budget)
    {
        var gone = new HashSet<Term>(ReferenceEqualityComparer.Instance);
        foreach (var finding in ShadowReport.Of(source, budget: budget?.Again()))
        {
            if (finding.Kind == ShadowKind.Undecided || keep?.Invoke(finding.Term) == true || !gone.Add(finding.Term))
                continue;
            steps.Add($"left out {Name(finding.Term)}: {finding.Kind.ToString().ToLowerInvariant()}{(finding.Because.Count > 0 ? $" because of {string.Join(", ", finding.Because.Take(4).Select(Name))}{(finding.Because.Count > 4 ? ", …" : "")}" : "")}");
        }

        return gone.Count == 0 ? source : source with { Terms = [.. Without(source.Terms, gone)] };
    }

    // Remarks stand before a term, but speak of those that follow too: they pass on to the next one.
    private static IEnumerable<Term> Without(IReadOnlyList<Term> terms, HashSet<Term> gone)
    {
        List<Comment> orphans = [];
        foreach (var term in terms)
        {
            if (gone.Contains(term))
            {
                orphans.AddRange(term.Comments);
                continue;
            }

            yield return orphans.Count == 0 ? term : term with { Comments = [.. orphans, .. term.Comments] };
            orphans = [];
        }
    }

    private static Filter Merge(Filter source, MergeSides side, Func<Term, bool>? keep, List<string> steps, Budget? budget)
    {
        var terms = source.Terms.ToList();
        var best = source;
        // Only terms that agree in all else meet in a bucket, so the work is not the square of the list.
        var groups = Runs(terms).SelectMany(run => run.Where(term => Mergeable(term, side) && keep?.Invoke(term) != true).GroupBy(term => Rest(term, side))).Where(group => group.Count() > 1).ToList();
        foreach (var group in groups)
        {
            budget?.Look();
            var candidates = group.ToList();
            var merged = candidates[^1] with
            {
                Match = Union(candidates.Select(term => term.Match), side),
                Comments = [.. candidates.SelectMany(term => term.Comments), .. source.Dialect == Dialect.Junos ? candidates.SkipLast(1).Select(term => new Comment($"merged [({Word(side)}) {Values(term.Match, side)}] from {term.Name}", false, default)) : []],
                Spelling = default,
            };
            if (Rows(source, candidates) <= Rows(source, [merged]))
                continue;
            var next = terms.Where(term => !candidates.Contains(term, ReferenceEqualityComparer.Instance) || ReferenceEquals(term, candidates[^1])).Select(term => ReferenceEquals(term, candidates[^1]) ? merged : term).ToList();
            var candidate = source with { Terms = next };
            if (FilterComparer.Compare(best, candidate, firstOnly: true, budget: budget?.Again()).Verdict != ComparisonVerdict.Equivalent)
                continue;
            steps.Add($"merged {string.Join(", ", candidates.SkipLast(1).Select(Name))} into {Name(candidates[^1])} ({Word(side)})");
            (terms, best) = (next, candidate);
        }

        return best;
    }

    // Terms of one action in a row, as Trigger's own optimizer takes them.
    private static IEnumerable<List<Term>> Runs(List<Term> terms)
    {
        var run = new List<Term>();
        foreach (var term in terms)
        {
            if (run.Count > 0 && run[^1].Action != term.Action)
            {
                yield return run;
                run = [];
            }

            run.Add(term);
        }

        yield return run;
    }

    private static bool Mergeable(Term term, MergeSides side) =>
        term is { Inactive: false, Unknown.Count: 0, Also.Count: 0 } && (side != MergeSides.DestinationPort || term.Match.DestinationPorts is not null)
        && !(side == MergeSides.Source ? term.Match.Source : term.Match.Destination).HasExcepts;

    private static string Rest(Term term, MergeSides side)
    {
        var match = term.Match;
        var modifiers = string.Join(';', term.Modifiers.Where(one => one.Key != "count"));
        return $"{match.Protocols}|{(side == MergeSides.Source ? "" : match.Source)}|{(side == MergeSides.Destination ? "" : match.Destination)}|{match.SourcePorts}|{(side == MergeSides.DestinationPort ? "" : match.DestinationPorts?.ToString() ?? "any")}|{match.Rare}|{modifiers}";
    }

    private static Match Union(IEnumerable<Match> matches, MergeSides side)
    {
        var all = matches.ToList();
        return side switch
        {
            MergeSides.Source => all[^1] with { Source = Union(all.Select(match => match.Source)) },
            MergeSides.Destination => all[^1] with { Destination = Union(all.Select(match => match.Destination)) },
            _ => all[^1] with { DestinationPorts = all.Select(match => match.DestinationPorts!).Aggregate((left, right) => left.Union(right)) },
        };
    }

    private static AddressSet Union(IEnumerable<AddressSet> sets)
    {
        var all = sets.ToList();
        if (all.Exists(set => set.IsAny))
            return AddressSet.Any;
        var scattered = all.SelectMany(set => set.Items).Where(item => item.Wild != 0);
        var plain = all.SelectMany(set => set.Items).Where(item => item.Wild == 0).GroupBy(item => item.Family)
            .SelectMany(group => AddressSet.Merge(group.Select(item => (item.Low, item.High))).SelectMany(run => AddressSet.Prefixes(group.Key, run.Low, run.High)));
        return new AddressSet([.. plain, .. scattered]);
    }

    // A term of Junos is one whatever its lists; a Cisco list has a line for each combination.
    private static int Rows(Filter filter, List<Term> terms) => filter.Dialect == Dialect.Junos ? terms.Count
        : terms.Sum(term => term.Match.Source.Count * term.Match.Destination.Count * (term.Match.DestinationPorts?.Runs.Count ?? 1) * (term.Match.SourcePorts?.Runs.Count ?? 1));

    private static string Word(MergeSides side) => side switch { MergeSides.Source => "source-address", MergeSides.Destination => "destination-address", _ => "destination-port" };

    private static string Values(Match match, MergeSides side) => side switch { MergeSides.Source => match.Source.ToString(), MergeSides.Destination => match.Destination.ToString(), _ => match.DestinationPorts?.ToString() ?? "any" };

    private static string Name(Term term) => term.Name ?? $"line {term.At.Line}";
}
