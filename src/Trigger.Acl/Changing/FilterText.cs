using Trigger.Acl.Model;
using Trigger.Acl.Values;
using Trigger.Acl.Writing;

namespace Trigger.Acl.Changing;

/// <summary>
/// Changes a filter where it stands in a text, be that one filter or a whole configuration: only what changes is written anew, every other byte stays.
/// Whether the new text says what was meant is for the caller to read and compare.
/// </summary>
public static class FilterText
{
    /// <param name="text">The text the filter was read from.</param>
    /// <param name="before">The term of the filter that the new ones shall stand before; null for the end.</param>
    public static FilterEdit Insert(string text, Filter filter, IReadOnlyList<Term> terms, Term? before) => filter.Dialect switch
    {
        Dialect.ScreenOs or Dialect.PanOs => FilterEdit.Cannot($"a {Dialects.Word(filter.Dialect)} policy is only read, not written"),
        Dialect.Junos when IsSet(filter) => JunosSetText.Insert(text, filter, terms, before),
        Dialect.Junos => JunosText.Insert(text, filter, terms, before),
        _ => CiscoText.Insert(text, filter, terms, before, line: null),
    };

    /// <summary>Puts a term in another's place. Comments before it stay as they are.</summary>
    public static FilterEdit Replace(string text, Filter filter, Term old, Term fresh) => filter.Dialect switch
    {
        Dialect.ScreenOs or Dialect.PanOs => FilterEdit.Cannot($"a {Dialects.Word(filter.Dialect)} policy is only read, not written"),
        Dialect.Junos when IsSet(filter) => JunosSetText.Replace(text, filter, old, fresh),
        Dialect.Junos => JunosText.Replace(text, filter, old, fresh),
        _ => CiscoText.Replace(text, filter, [old], fresh),
    };

    /// <summary>Where lines of a list stand between two comments (acl_script's <c>--modify-between-comments</c>), new ones behind the last of them or in their place.</summary>
    /// <param name="start">Words of the first comment.</param>
    /// <param name="end">Words of the second.</param>
    /// <param name="replace">Whether the lines between go.</param>
    public static FilterEdit Between(string text, Filter filter, string start, string end, IReadOnlyList<Term> terms, bool replace) =>
        filter.Dialect is Dialect.Junos or Dialect.ScreenOs or Dialect.PanOs
            ? FilterEdit.Cannot("only lists of Cisco's kind are changed between comments")
            : CiscoText.Between(text, filter, start, end, terms, replace);

    /// <summary>The lines between two comments, or null when one of the comments is missing or they stand the other way round.</summary>
    public static IReadOnlyList<Term>? Region(Filter filter, string start, string end) => CiscoText.Find(filter, start, end)?.Terms;

    // The text in braces says where its filters stand; set lines stand anywhere.
    private static bool IsSet(Filter filter) => filter.IsSetForm && filter.Name is not null;

    /// <summary>A Junos term as lines that are not indented, or null when Junos cannot say it.</summary>
    internal static List<string>? Junos(Filter filter, Term term)
    {
        var family = filter.Family == Family.Any ? Family.Inet : filter.Family;
        var written = FilterWriter.Write(filter with { Terms = [term with { Spelling = default }], Heading = [], Trailing = [], Options = [], Policers = [], Family = family }, Style.Junos, new WriteOptions { WithFamily = false, Name = "f" });
        return written.Complete ? [.. written.Text.Split('\n')[1..^2].Select(line => line.StartsWith("    ", StringComparison.Ordinal) ? line[4..] : line)] : null;
    }

    internal static string NewLine(string text) => text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    /// <summary>Where the line begins that holds the position, if only blanks stand before it there; otherwise the position itself.</summary>
    internal static int LineStart(string text, int at)
    {
        var start = at == 0 ? 0 : text.LastIndexOf('\n', at - 1) + 1;
        return text.AsSpan(start..at).Trim().IsEmpty ? start : at;
    }
}
