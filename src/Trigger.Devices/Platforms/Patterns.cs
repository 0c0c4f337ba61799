using System.Text.RegularExpressions;

namespace Trigger.Devices.Platforms;

/// <summary>
/// Builds regular expressions. The non-backtracking engine is linear whatever the pattern, but takes some ten milliseconds to build one, half a second for a platform.
/// So a user's patterns are built with it; the built-in ones, which a test holds against hostile text, use the engine that starts at once.
/// </summary>
/// <param name="Proven">True for patterns of the built-in definitions.</param>
internal readonly record struct Patterns(bool Proven)
{
    // For the engine that backtracks, which alone has lookarounds. The linear one has no limit: a clock would only tell of a machine that had other things to do.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="ArgumentException">The pattern is not a regular expression.</exception>
    public Regex Build(string pattern, RegexOptions options = RegexOptions.None)
    {
        options |= RegexOptions.CultureInvariant;
        if (Proven)
            return new Regex(pattern, options, Patience);
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, Patience);
        }
    }

    public Regex WholeLine(string pattern) => Build($@"^(?:{pattern})\s*$");

    public Regex AtTheEnd(string pattern) => Build($@"(?:{pattern})\s*$", RegexOptions.IgnoreCase);

    public Regex InALine(string pattern) => Build(pattern, RegexOptions.Multiline);

    public Regex InALineIgnoringCase(string pattern) => Build(pattern, RegexOptions.Multiline | RegexOptions.IgnoreCase);

    public Regex WholeCommand(string pattern) => Build($@"\A(?:{pattern})\z");
}
