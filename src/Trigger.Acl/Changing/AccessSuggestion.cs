using Trigger.Acl.Deciding;
using Trigger.Acl.Model;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Acl.Changing;

/// <summary>The term that would permit a flow, and where it must stand: before the first term that denies some of it.</summary>
/// <param name="Before">Null for the end.</param>
/// <param name="Text">In the filter's own dialect, ending in a newline.</param>
public sealed record AccessSuggestion(Term Term, Term? Before, string Text)
{
    public static AccessSuggestion For(Filter filter, Match flow, FlowAnswer answer)
    {
        var before = answer.Parts.FirstOrDefault(part => !part.Term.Action.Permits || !part.Certain)?.Term;
        // A list of both families is asked about the flow's own.
        var family = filter.Family != Family.Any ? filter.Family : new[] { flow.Source, flow.Destination }.Any(set => !set.IsAny && set.Speaks(Family.Inet6)) ? Family.Inet6 : Family.Inet;
        var term = new Term { Action = TermAction.Permit, Match = flow, Name = filter.Dialect == Dialect.Junos ? "generated_term" : null };
        return new AccessSuggestion(term, before, Spell(filter, term, family));
    }

    /// <summary>The filter with the term in its place.</summary>
    public Filter Insert(Filter filter)
    {
        var terms = filter.Terms.ToList();
        var at = Before is null || Before.Implicit ? terms.Count : terms.FindIndex(term => ReferenceEquals(term, Before));
        terms.Insert(at < 0 ? terms.Count : at, Term);
        return filter with { Terms = terms };
    }

    /// <summary>All terms that meet the flow, in order, with what they decide of it if they do.</summary>
    public static IReadOnlyList<(Term Term, FlowPart? Part)> Meeting(Filter filter, Match flow, FlowAnswer answer)
    {
        return [.. filter.Terms.Concat(filter.Tail)
            .Select(term => (term, Part: answer.Parts.FirstOrDefault(part => ReferenceEquals(part.Term, term))))
            .Where(one => one.Part is not null || (!one.term.Implicit && Meets(filter, one.term, flow)))];
    }

    private static bool Meets(Filter filter, Term term, Match flow)
    {
        var alone = filter with { Terms = [term with { Inactive = false, Action = TermAction.Permit, Unknown = [] }] };
        return FlowQuestion.Ask(alone, flow).Parts.Any(part => !part.Term.Implicit);
    }

    /// <summary>Terms as lines without their list's name.</summary>
    public static string Spell(Filter filter, Term term, Family family)
    {
        // What is not understood can only be shown as it was written.
        if (filter.Dialect == Dialect.Junos && !term.Sure && term.Spelling.Source is not null)
            return term.Spelling.FromAction.Trim() + "\n";
        if (filter.Dialect != Dialect.Junos && term.Spelling.Source is not null)
            return term.Spelling.FromAction.Trim() + "\n";
        if (filter.Dialect == Dialect.Junos)
        {
            var text = FilterWriter.Write(filter with { Terms = [term with { Spelling = default }], Heading = [], Trailing = [], Options = [], Policers = [], Family = family }, Style.Junos, new WriteOptions { WithFamily = false, Name = "f" }).Text;
            var lines = text.Split('\n')[1..^2];
            return string.Concat(lines.Select(line => (line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line) + "\n"));
        }

        var style = Styles.Of(filter) is { } own and not (Style.Ios or Style.Brocade) ? own : Style.IosNamed;
        return string.Concat(new AceRows(style, family, standard: false, []).Of(term with { Unknown = [] }).Select(row => row + "\n"));
    }
}
