using Trigger.Acl.Model;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Acl.Changing;

/// <summary>What Trigger's editor looked for besides mistakes of spelling: names used twice, lists too long for their line cards, and networks nobody should name.</summary>
public static class EditChecks
{
    private static readonly AddressMatch Ten = AddressText.TryPrefix("10.0.0.0/8", out var ten) ? ten : default;

    public static IEnumerable<string> Of(Filter filter)
    {
        if (filter.Dialect == Dialect.Junos)
        {
            foreach (var twice in filter.Terms.GroupBy(term => term.Name).Where(group => group.Count() > 1))
                yield return $"Duplicate term name {twice.Key}";
        }

        if (Styles.Of(filter) == Style.Ios)
        {
            foreach (var problem in LineCard(filter))
                yield return problem;
        }

        // A line that denies it is everyday antispoofing.
        foreach (var term in filter.Terms.Where(term => term.Action.Permits && term.Matches.Any(match => Names(match.Source) || Names(match.Destination) || Names(match.Rare?.EitherAddress))))
            yield return $"Matching on 10.0.0.0/8 is never correct: line {term.At.Line}: {term}";
    }

    private static bool Names(AddressSet? set) => set is { IsAny: false } && set.Items.Any(item => item == Ten);

    // A comment of the list says which engine of a Cisco 12000 its lines must fit.
    private static IEnumerable<string> LineCard(Filter filter)
    {
        var words = filter.Heading.Concat(filter.Terms.Count > 0 ? filter.Terms[0].Comments : []).Concat(filter.Trailing).Select(comment => comment.Text).ToList();
        bool Says(string word) => words.Exists(text => text.Contains(word, StringComparison.Ordinal));
        var most = Says("SALSA") || Says("PSA-128") ? 128 : Says("PSA-448") ? 448 : int.MaxValue;
        if (filter.Terms.Count > most)
            yield return $"ACL has {filter.Terms.Count} lines, max {most} (GSR limit)";
        if (Says("SALSA") || most == int.MaxValue)
            yield break;
        foreach (var term in filter.Terms)
        {
            if (NotInPsa(term.Match) is { } what)
                yield return $"Match on {what} not permitted in PSA mode: line {term.At.Line}: {term}";
        }
    }

    private static string? NotInPsa(Match match) =>
        match.SourcePorts is not null ? "source port"
        : match.Rare?.TypeOfService is not null ? "ToS"
        : match.Rare?.Precedence is not null ? "precedence"
        : match.Protocols is { IsAll: false } some && some.Contains(2) ? "IGMP"
        : null;
}
