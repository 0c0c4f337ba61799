using System.Globalization;
using System.Text.RegularExpressions;
using Trigger.Acl.Model;

namespace Trigger.Acl.Changing;

/// <summary>Dates in the comments of terms: <c>2026-12-31</c>, until when a term is wanted.</summary>
public static partial class ExpiryDates
{
    /// <summary>The first date of a term's comments, or null.</summary>
    public static DateOnly? Of(Term term) =>
        term.Comments.Select(comment => Date().Match(comment.Text)).Where(match => match.Success)
            .Select(match => DateOnly.TryParseExact(match.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : (DateOnly?)null)
            .FirstOrDefault(date => date is not null);

    /// <summary>Terms whose comments contain one of the words, or all with a date when no word is given.</summary>
    public static IReadOnlyList<Term> Matching(Filter filter, IReadOnlyList<string> words) =>
        [.. filter.Terms.Where(term => words.Count == 0 ? Of(term) is not null : term.Comments.Any(comment => words.Any(word => comment.Text.Contains(word, StringComparison.OrdinalIgnoreCase))))];

    /// <summary>Moves the first date in each line of the text that has one of these comments. The rest of the text stays byte for byte.</summary>
    public static string Move(string text, IReadOnlyList<Term> terms, int days)
    {
        var lines = text.Split('\n');
        foreach (var comment in terms.SelectMany(term => term.Comments).Where(comment => comment.At.Line >= 1 && comment.At.Line <= lines.Length))
        {
            lines[comment.At.Line - 1] = Date().Replace(lines[comment.At.Line - 1], match =>
                DateOnly.TryParseExact(match.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : match.Value, 1);
        }

        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")]
    private static partial Regex Date();
}
