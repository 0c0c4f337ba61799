using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Acl.Changing;

/// <summary>
/// Converts filters between dialects. What is written is read again and compared with the source; only what is shown to decide the same is handed out, unless <em>lossy</em> is asked for.
/// </summary>
public static class FilterConverter
{
    private static readonly string[] Naming = ["group ", " object ", "prefix-list "];

    // A list of both families decides nothing outside the part that is written.
    /// <param name="wholePackets">Leaves fragments without ports out of the proof, and spares the terms they would need.</param>
    /// <param name="lossy">Writes what can be written: a permit that cannot be said is left out, and the report says so.</param>
    public static Conversion Convert(Filter source, Style style, WriteOptions? options = null, bool wholePackets = false, bool lossy = false, Budget? budget = null)
    {
        options ??= new WriteOptions();
        var target = Styles.DialectOf(style);
        var one = source.Family == Family.Any && target is not (Dialect.Asa or Dialect.PanOs or Dialect.ScreenOs) && source.Dialect != target ? source with { Family = options.Family ?? Family.Inet } : source;
        var spared = Dialects.FragmentRule(target) == FragmentRule.Reassembles ? one.Terms.Where(OnlyFragments).Select(term => new Loss(LossKind.Dropped, term.At, "what is only about fragments without ports is left out: the device puts packets together first")).ToList() : [];
        // Nothing but fragments: what the device adds behind them is what is left, for an empty list would permit everything on some devices.
        if (spared.Count > 0)
            one = one with { Terms = one.Terms.All(OnlyFragments) ? [.. Written(one.Tail, target)] : [.. one.Terms.Where(term => !OnlyFragments(term))] };
        Conversion? best = null, unread = null;
        foreach (var (candidate, added) in Candidates(one, target, wholePackets, budget))
        {
            var written = FilterWriter.Write(candidate, style, options);
            if (!written.Complete && !lossy)
                return new Conversion(null, null, null, written.Losses, []);
            var read = FilterReader.Read(written.Text, target);
            var result = read.Filters.Count > 0 ? read.Filters[0] : null;
            // Lines that can never match are not written; where that leaves none, what the device adds by itself may be written instead.
            if (result is null && one.Terms.Count > 0)
            {
                unread ??= new Conversion(null, null, null, [.. written.Losses, new Loss(LossKind.Impossible, source.At, "the text that was written cannot be read again")], []);
                continue;
            }

            result ??= one with { Dialect = target };
            var proof = FilterComparer.Compare(one, result, wholePackets, firstOnly: true, budget?.Again());
            var conversion = new Conversion(written.Text, result, proof, [.. spared, .. written.Losses], added);
            if (conversion.Proven)
                return conversion;
            best ??= conversion;
        }

        if (best is null)
            return unread!;
        best = best with { Proof = FilterComparer.Compare(one, best.Result!, wholePackets, firstOnly: false, budget?.Again()) };
        return lossy ? best : best with { Text = null };
    }

    // First as it is; then with what the devices do by themselves written out, where the other device does not.
    private static IEnumerable<(Filter Filter, List<string> Added)> Candidates(Filter source, Dialect target, bool wholePackets, Budget? budget)
    {
        yield return (source, []);
        if (source.Dialect == target && source.Terms.Any(NamesOthers))
            yield return (source with { Terms = [.. source.Terms.Select(term => NamesOthers(term) ? term with { Spelling = default } : term)] }, ["lines that name groups are written out, member by member"]);
        var tailed = source with { Terms = [.. source.Terms, .. Written(source.Tail, target)] };
        yield return (tailed, ["the lines that the device adds by itself are written out"]);
        if (wholePackets)
            yield break;
        if (target == Dialect.Junos)
        {
            var (companions, count) = WithCompanions(source, budget);
            yield return (companions, [Sentence(count)]);
            (companions, count) = WithCompanions(tailed, budget);
            yield return (companions, [Sentence(count), "the lines that the device adds by itself are written out"]);
        }
        else
        {
            const string why = "fragments are decided by lines of their own in front, because the target permits them by addresses alone";
            yield return (WithFragmentsFirst(source), [why]);
            yield return (WithFragmentsFirst(tailed), [why, "the lines that the device adds by itself are written out"]);
        }

        static string Sentence(int count) => $"{count} {(count == 1 ? "term" : "terms")} for fragments without ports, which the source permits by addresses alone";
    }

    // A line says nothing where the group is not that it names.
    private static bool NamesOthers(Term term) =>
        term.Sure && Naming.Any(word => term.Spelling.FromAction.Contains(word, StringComparison.Ordinal));

    // What a device adds by itself, as lines. About fragments alone it need not be said where there are none.
    private static IEnumerable<Term> Written(IReadOnlyList<Term> tail, Dialect target) =>
        tail.Where(term => Dialects.FragmentRule(target) != FragmentRule.Reassembles || !OnlyFragments(term)).Select(term => term with { Implicit = false, Name = null });

    // Cisco's permit of a port also permits later fragments between its addresses; Junos needs a term that says so.
    private static (Filter Filter, int Count) WithCompanions(Filter source, Budget? budget)
    {
        var terms = new List<Term>();
        var seen = new HashSet<string>();
        var count = 0;
        var number = 0;
        foreach (var term in source.Terms)
        {
            var name = term.Name ?? $"T{++number}";
            terms.Add(term with { Name = name });
            if (!term.Action.Permits || term.Inactive)
                continue;
            var part = 0;
            foreach (var match in term.Matches.Where(match => match.AsksLayer4 && !match.IsEmpty))
            {
                if (!seen.Add($"{match.Protocols} {match.Source} {match.Destination} {match.Rare?.TosByte()} {match.Rare?.Ttl} {match.Rare?.Length}"))
                    continue;
                var rare = (match.Rare ?? new RareMatch()) with { EitherPorts = null, TcpFlags = null, IcmpTypes = null, IcmpCodes = null, FragmentOffset = RangeSet.Of(1, 8191) };
                terms.Add(new Term
                {
                    Name = part++ == 0 ? $"{name}-fragments" : $"{name}-fragments-{part}",
                    Action = term.Action,
                    Match = match with { SourcePorts = null, DestinationPorts = null, Rare = rare },
                    At = term.At,
                });
                count++;
            }
        }

        // Most of them say what others say: of services on one network, one term for its fragments is enough.
        var all = source with { Terms = terms, Dialect = Dialect.Junos };
        var live = Less(all, ShadowReport.Of(all, unneeded: false, budget?.Again()).Where(finding => finding.Kind is ShadowKind.Redundant or ShadowKind.Shadowed).Select(finding => finding.Term));
        var needed = source.Family == Family.Any ? live : Less(live, ShadowReport.Unneeded(live, IsCompanion, budget?.Again() ?? Budget.Default));
        return (source with { Terms = needed.Terms }, count - (terms.Count - needed.Terms.Count));
    }

    private static Filter Less(Filter filter, IEnumerable<Term> idle)
    {
        var spare = idle.Where(IsCompanion).ToHashSet<Term>(ReferenceEqualityComparer.Instance);
        return filter with { Terms = [.. filter.Terms.Where(term => !spare.Contains(term))] };
    }

    private static bool IsCompanion(Term term) => term.Name?.Contains("-fragments", StringComparison.Ordinal) == true && OnlyFragments(term);

    private static bool OnlyFragments(Term term) => term.Matches.All(match => match.Rare?.FragmentOffset?.Contains(0) == false);

    private static Filter WithFragmentsFirst(Filter source)
    {
        var first = new List<Term>();
        foreach (var term in source.Terms.Where(term => term.Action.Decides && !term.Inactive))
        {
            foreach (var match in term.Matches.Where(match => !match.AsksLayer4))
                first.Add(new Term { Action = term.Action, At = term.At, Match = match with { Rare = (match.Rare ?? new RareMatch()) with { FragmentOffset = match.Rare?.FragmentOffset is { } offset && !offset.Contains(0) ? offset : RangeSet.Of(1, 8191) } } });
        }

        first.Add(new Term { Action = TermAction.Deny, Match = new Match { Rare = new RareMatch { FragmentOffset = RangeSet.Of(1, 8191) } } });
        return source with { Terms = [.. first, .. source.Terms] };
    }
}
