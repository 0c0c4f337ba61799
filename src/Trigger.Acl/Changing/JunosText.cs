using Trigger.Acl.Model;

namespace Trigger.Acl.Changing;

/// <summary>Changes terms in a Junos text in braces.</summary>
internal static class JunosText
{
    public static FilterEdit Insert(string text, Filter filter, IReadOnlyList<Term> terms, Term? before)
    {
        if (before is not null && before.Spelling.Source is null)
            return FilterEdit.Cannot($"term {before.Name} is inherited, so nothing can be put before it");
        var place = before?.Spelling.Start ?? (filter.Spelling.Source is null ? text.TrimEnd().Length : filter.Spelling.Start + filter.Spelling.Length - 1);
        var at = FilterText.LineStart(text, place);
        var indent = before is not null || filter.Terms.Count == 0 || filter.Terms[^1].Spelling.Source is null
            ? text[at..place] + (before is null ? "    " : "")
            : Indent(text, filter.Terms[^1].Spelling.Start);
        if (Lines(filter, terms, indent, FilterText.NewLine(text)) is not { } lines)
            return FilterEdit.Cannot("the term cannot be said in junos");
        return FilterEdit.Of(text.Insert(at, (at == place && at > 0 ? FilterText.NewLine(text) : "") + lines));
    }

    public static FilterEdit Replace(string text, Filter filter, Term old, Term fresh)
    {
        if (old.Spelling.Source is null)
            return FilterEdit.Cannot($"term {old.Name} is inherited, so it cannot be changed here");
        var (from, to) = (old.Spelling.Start + old.Spelling.Body, old.Spelling.Start + old.Spelling.Length);
        // Comments before the term stay where they are; those inside it are written at its head.
        var inside = fresh.Comments.Where(comment => comment.At.Line == 0 || comment.At.Line > old.At.Line || (comment.At.Line == old.At.Line && comment.At.Column > old.At.Column)).ToList();
        if (Lines(filter, [fresh with { Comments = inside }], Indent(text, from), FilterText.NewLine(text)) is not { } lines)
            return FilterEdit.Cannot($"term {old.Name} has conditions that are not understood, so it cannot be written anew");
        return FilterEdit.Of(text[..from] + lines.Trim() + text[to..]);
    }

    private static string Indent(string text, int at) => text[FilterText.LineStart(text, at)..at];

    private static string? Lines(Filter filter, IReadOnlyList<Term> terms, string indent, string newline)
    {
        var lines = new List<string>();
        foreach (var term in terms)
        {
            if (FilterText.Junos(filter, term) is not { } own)
                return null;
            lines.AddRange(own);
        }

        return string.Concat(lines.Select(line => $"{indent}{line}{newline}"));
    }
}
