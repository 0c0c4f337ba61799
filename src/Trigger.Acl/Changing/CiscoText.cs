using System.Globalization;
using System.Text.RegularExpressions;
using Trigger.Acl.Model;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Acl.Changing;

/// <summary>Changes lines in a text of Cisco's kind. New lines begin as their neighbours do: with the list's name, with blanks, with a number of their own.</summary>
internal static partial class CiscoText
{
    /// <param name="line">The line of the text, from one, to stand before; null for the place before the term's own comments.</param>
    public static FilterEdit Insert(string text, Filter filter, IReadOnlyList<Term> terms, Term? before, int? line)
    {
        var place = line ?? (before is null ? EndOf(text, filter) : Math.Min(before.At.Line, before.Comments.Count > 0 ? before.Comments.Min(comment => comment.At.Line) : before.At.Line));
        var at = before is null ? filter.Terms.Count : filter.Terms.ToList().FindIndex(term => ReferenceEquals(term, before));
        return Put(text, filter, terms, place, at, at);
    }

    public static FilterEdit Replace(string text, Filter filter, IReadOnlyList<Term> gone, Term fresh)
    {
        var at = filter.Terms.ToList().FindIndex(term => ReferenceEquals(term, gone[0]));
        var edit = Put(text, filter, [fresh with { Comments = [.. fresh.Comments.Where(comment => comment.At.Line == 0)] }], gone[0].At.Line, at, at + gone.Count);
        return edit.Text is null ? edit : FilterEdit.Of(Without(edit, gone.Select(term => term.At.Line), gone[0].At.Line, text));
    }

    public static FilterEdit Between(string text, Filter filter, string start, string end, IReadOnlyList<Term> terms, bool replace)
    {
        if (Find(filter, start, end) is not { } found)
            return FilterEdit.Cannot($"the comments '{start}' and '{end}' are not found, in this order");
        if (!replace)
            return Put(text, filter, terms, found.EndLine, found.To, found.To);
        var first = found.Terms.Count > 0 ? found.Terms[0].At.Line : found.EndLine;
        var edit = Put(text, filter, terms, first, found.From, found.To);
        // What stands between goes, the comments of the lines that go among it.
        return edit.Text is null ? edit : FilterEdit.Of(Without(edit, Enumerable.Range(first, Math.Max(found.EndLine - first, 0)), first, text));
    }

    /// <summary>The terms between two comments: from which up to which, themselves, and the line of the second comment.</summary>
    public static (int From, int To, IReadOnlyList<Term> Terms, int EndLine)? Find(Filter filter, string start, string end)
    {
        int? from = null;
        for (var i = 0; i <= filter.Terms.Count; i++)
        {
            foreach (var comment in i < filter.Terms.Count ? filter.Terms[i].Comments : filter.Trailing)
            {
                if (from is { } begin && comment.Text.Contains(end, StringComparison.Ordinal))
                    return (begin, i, [.. filter.Terms.Skip(begin).Take(i - begin)], comment.At.Line);
                if (from is null && comment.Text.Contains(start, StringComparison.Ordinal))
                    from = i;
            }

            // The comments before the first line may have been taken for the list's own.
            if (i == 0 && from is null && filter.Heading.Any(comment => comment.Text.Contains(start, StringComparison.Ordinal)))
                from = 0;
        }

        return null;
    }

    private static FilterEdit Put(string text, Filter filter, IReadOnlyList<Term> terms, int line, int after, int next)
    {
        var losses = new List<Loss>();
        var family = filter.Family == Family.Any ? FamilyOf(terms) : filter.Family;
        var rows = new AceRows(Styles.Of(filter)!.Value, family, filter.IsStandard, losses);
        var bodies = terms.SelectMany(term => term.Comments.Select(comment => (Body: comment.IsRemark ? $"remark {comment.Text}" : $"! {comment.Text}", Numbered: comment.IsRemark)).Concat(rows.Of(term).Select(row => (Body: row, Numbered: true)))).ToList();
        if (losses.Find(loss => loss.Kind == LossKind.Impossible) is { } impossible)
            return FilterEdit.Cannot(impossible.What);
        if (bodies.Count == 0)
            return FilterEdit.Cannot("the term matches nothing, so there is no line to write");
        if (Numbers(filter, after, next, bodies.Count(body => body.Numbered)) is not { } numbers)
            return FilterEdit.Cannot("there is no room between the numbers; resequence the list first");
        var like = filter.Terms.Count == 0 ? null : filter.Terms[Math.Min(after, filter.Terms.Count - 1)];
        var lead = Lead(filter, like);
        var behind = like is not null && filter.Family == Family.Inet6 && like.Spelling.Text.Contains(" sequence ", StringComparison.Ordinal);
        var number = 0;
        var newline = FilterText.NewLine(text);
        var added = string.Concat(bodies.Select(body =>
        {
            if (!body.Numbered)
                return Blanks(lead) + body.Body + newline;
            var own = numbers.Count > 0 ? numbers[number++] : 0;
            return (own == 0 || behind ? lead : $"{Blanks(lead)}{(filter.Dialect == Dialect.Dell ? "seq " : "")}{own.ToString(CultureInfo.InvariantCulture)} ") + body.Body + (own > 0 && behind ? $" sequence {own}" : "") + newline;
        }));
        var at = Offset(text, line);
        return FilterEdit.Of(text.Insert(at, (at > 0 && text[at - 1] != '\n' ? newline : "") + added));
    }

    private static Family FamilyOf(IReadOnlyList<Term> terms) =>
        terms.SelectMany(term => new[] { term.Match.Source, term.Match.Destination }).Any(set => !set.IsAny && set.Speaks(Family.Inet6) && !set.Speaks(Family.Inet)) ? Family.Inet6 : Family.Inet;

    private static string Blanks(string lead) => lead[..^lead.TrimStart().Length];

    // What stands before the action of a neighbour, without its number.
    private static string Lead(Filter filter, Term? like)
    {
        if (like is null || like.Spelling.Source is null)
            return Styles.Of(filter) is Style.Ios or Style.Brocade ? $"access-list {filter.Name} " : filter.Dialect == Dialect.Asa ? $"access-list {filter.Name} extended " : " ";
        var lead = like.Spelling.Text[..like.Spelling.Body];
        if (lead.TrimStart().StartsWith("access-list", StringComparison.Ordinal))
            return LineNumber().Replace(lead, "");
        // IOS-XR also writes a whole list in lines of their own, each with the list's name.
        return lead.Contains("access-list", StringComparison.Ordinal) ? lead : Sequence().Replace(lead, "");
    }

    // None when the list has no numbers; null when there is no room for so many.
    private static List<int>? Numbers(Filter filter, int after, int next, int count)
    {
        if (filter.Terms.Count == 0 || filter.Terms[0].Sequence is null)
            return [];
        var low = after == 0 ? 0 : filter.Terms[after - 1].Sequence!.Value;
        var step = filter.Dialect == Dialect.Dell ? 5 : 10;
        if (next >= filter.Terms.Count)
            return [.. Enumerable.Range(1, count).Select(i => low + step * i)];
        var following = filter.Terms[next];
        var high = Math.Min(following.Sequence!.Value, following.Comments.Min(comment => comment.Sequence) ?? int.MaxValue);
        if (high - low <= count)
            return null;
        return [.. Enumerable.Range(1, count).Select(i => low + (int)((long)(high - low) * i / (count + 1)))];
    }

    // Behind the last of its lines, wherever in the text that is; behind its heading when it has none.
    private static int EndOf(string text, Filter filter) => Math.Min(1 + (filter.Terms.Count > 0 ? filter.Terms[^1].At.Line : filter.At.Line), text.AsSpan().Count('\n') + 2);

    private static int Offset(string text, int line)
    {
        var at = 0;
        for (; line > 1 && at < text.Length; line--)
            at = text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;
        return at;
    }

    // Lines of the old text, counted in the new one, which has some more before them.
    private static string Without(FilterEdit edit, IEnumerable<int> lines, int inserted, string old)
    {
        var more = edit.Text!.AsSpan().Count('\n') - old.AsSpan().Count('\n');
        var all = edit.Text!.Split('\n').ToList();
        foreach (var line in lines.Select(line => line + (line >= inserted ? more : 0)).OrderDescending())
            all.RemoveAt(line - 1);
        return string.Join('\n', all);
    }

    [GeneratedRegex(@"(seq\s+)?\d+\s+$")]
    private static partial Regex Sequence();

    [GeneratedRegex(@"(?<=\s)line\s+\d+\s+")]
    private static partial Regex LineNumber();
}
