using System.Text.RegularExpressions;

namespace Trigger.Wire.Dialogue;

/// <summary>Looks for several patterns in text that grows, and at each character a bounded number of times.</summary>
internal sealed class Expectation
{
    // A pattern that has to backtrack is the caller's risk, but not for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<Regex> patterns;
    private readonly int overlap;
    private int from;
    private int index = -1;
    private int at;
    private int foundEnd;

    internal Expectation(IReadOnlyList<Regex> patterns, int overlap)
    {
        ArgumentOutOfRangeException.ThrowIfZero(patterns.Count, nameof(patterns));
        if (patterns.Any(pattern => pattern.RightToLeft))
            throw new ArgumentException("A stream is read from left to right; a pattern that is matched from right to left cannot be.", nameof(patterns));

        this.patterns = patterns;
        this.overlap = overlap;
    }

    internal static Regex Compile(string pattern)
    {
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, RegexOptions.CultureInvariant, Patience); // Lookarounds and back-references need backtracking.
        }
    }

    /// <summary>Whether one of the patterns matches in the text, of which everything looked at before is the beginning.</summary>
    internal bool Look(ReadOnlySpan<char> text)
    {
        for (var candidate = 0; candidate < patterns.Count; candidate++)
        {
            foreach (var match in patterns[candidate].EnumerateMatches(text, from))
            {
                var end = match.Index + match.Length;
                if (index < 0 || end < foundEnd)
                    (index, at, foundEnd) = (candidate, match.Index, end);
                break;
            }
        }

        from = Math.Max(from, text.Length - overlap);
        return index >= 0;
    }

    internal Match Found(ReadOnlySpan<char> text, out int pattern)
    {
        pattern = index;
        return patterns[index].Match(new string(text), at);
    }

    public override string ToString() => string.Join(" or ", patterns.Select(pattern => $"/{FarText.Show(pattern.ToString())}/"));
}
