using Trigger.Acl.Model;
using Trigger.Acl.Reading;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Acl.Changing;

/// <summary>Changes terms in Junos <c>set</c> lines. A term is all lines that name it, and terms stand in the order in which they are first named.</summary>
internal static class JunosSetText
{
    public static FilterEdit Insert(string text, Filter filter, IReadOnlyList<Term> terms, Term? before)
    {
        var lines = text.Split('\n').ToList();
        var own = Enumerable.Range(0, lines.Count).Where(i => Named(lines[i], filter) is not null).ToList();
        var at = before is null ? own.Count == 0 ? lines.FindLastIndex(line => line.Trim().Length > 0) + 1 : own[^1] + 1 : own.Find(i => Named(lines[i], filter) == before.Name);
        if (before is not null && (own.Count == 0 || Named(lines[at], filter) != before.Name))
            return FilterEdit.Cannot($"no line of term {before.Name} is found in the text");
        // Comments right above the term go with it.
        while (before is not null && at > 0 && lines[at - 1].TrimStart().StartsWith('#'))
            at--;
        return Put(lines, at, filter, terms, own.Count > 0 ? lines[own[0]] : null);
    }

    public static FilterEdit Replace(string text, Filter filter, Term old, Term fresh)
    {
        var lines = text.Split('\n').ToList();
        var own = Enumerable.Range(0, lines.Count).Where(i => Named(lines[i], filter) == old.Name && lines[i].TrimStart().StartsWith("set ", StringComparison.Ordinal)).ToList();
        if (own.Count == 0)
            return FilterEdit.Cannot($"no line of term {old.Name} is found in the text");
        var like = lines[own[0]];
        foreach (var line in own.AsEnumerable().Reverse())
            lines.RemoveAt(line);
        return Put(lines, own[0], filter, [fresh with { Comments = [.. fresh.Comments.Where(comment => comment.At.Line == 0)], Inactive = false }], like);
    }

    private static FilterEdit Put(List<string> lines, int at, Filter filter, IReadOnlyList<Term> terms, string? like)
    {
        var family = filter.Family == Family.Any ? Family.Inet : filter.Family;
        var written = FilterWriter.Write(filter with { Terms = [.. terms], Heading = [], Trailing = [], Options = [], Policers = [], Family = family }, Style.JunosSet);
        if (!written.Complete)
            return FilterEdit.Cannot(written.Losses[0].What);
        var fresh = written.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Like(line, like));
        lines.InsertRange(at, lines.Exists(line => line.EndsWith('\r')) ? fresh.Select(line => line + "\r") : fresh);
        return FilterEdit.Of(string.Join('\n', lines));
    }

    // The text may leave out "family inet", or stand in a logical system.
    private static string Like(string line, string? like)
    {
        var (own, theirs) = (line.IndexOf(" filter ", StringComparison.Ordinal), like?.IndexOf(" filter ", StringComparison.Ordinal) ?? -1);
        return like is null || own < 0 || theirs < 0 || !line.StartsWith("set ", StringComparison.Ordinal) ? line : "set" + like[like.IndexOf(' ', StringComparison.Ordinal)..theirs] + line[own..];
    }

    // The term a line is about, when it is one of the filter's.
    private static string? Named(string line, Filter filter)
    {
        var words = SetLines.Split(line.TrimEnd());
        if (words.Count < 5 || words[0] is not ("set" or "deactivate") || !words.Contains("firewall"))
            return null;
        var at = words.IndexOf("filter");
        return at > 0 && at + 3 < words.Count && words[at + 1] == filter.Name && words[at + 2] == "term" ? words[at + 3] : null;
    }
}
