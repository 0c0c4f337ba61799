using System.Text.RegularExpressions;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>A command that only reads, and a pattern that its answer must show, or must not.</summary>
/// <param name="Pattern">A regular expression; <c>^</c> and <c>$</c> are the ends of a line.</param>
/// <param name="MustMatch">False when the pattern is what must not be there.</param>
public sealed record HealthCheck(string Command, string Pattern, bool MustMatch)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Reads <c>show bgp summary =~ Established</c> or <c>show alarms !~ MAJOR</c>.</summary>
    /// <returns>Null, and what is wrong in <paramref name="mistake"/>.</returns>
    public static HealthCheck? Parse(string text, out string? mistake)
    {
        var (must, mustNot) = (text.IndexOf("=~", StringComparison.Ordinal), text.IndexOf("!~", StringComparison.Ordinal));
        var at = must < 0 || (mustNot >= 0 && mustNot < must) ? mustNot : must;
        mistake = null;
        if (at < 0 || text[..at].Trim().Length == 0 || text[(at + 2)..].Trim().Length == 0)
        {
            mistake = $"'{Quoted.Command(text)}' is no check; write COMMAND=~PATTERN, or COMMAND!~PATTERN for what must not be there.";
            return null;
        }

        var check = new HealthCheck(text[..at].Trim(), text[(at + 2)..].Trim(), MustMatch: at == must);
        try
        {
            _ = check.Compiled();
            return check;
        }
        catch (ArgumentException bad)
        {
            mistake = $"'{Quoted.Command(text)}': {bad.Message}";
            return null;
        }
    }

    /// <summary>As <see cref="Parse"/>, and a command alone, which must only be accepted: the empty pattern is in every answer.</summary>
    public static HealthCheck? Read(string text, out string? mistake)
    {
        mistake = null;
        return text.Trim().Length > 0 && !text.Contains("=~", StringComparison.Ordinal) && !text.Contains("!~", StringComparison.Ordinal)
            ? new HealthCheck(text.Trim(), "", MustMatch: true)
            : Parse(text, out mistake);
    }

    /// <summary>What is wrong with an answer, as the rest of a sentence; null when all is well.</summary>
    public string? WhyUnwell(string answer)
    {
        try
        {
            return Compiled().IsMatch(answer.ReplaceLineEndings("\n")) == MustMatch
                ? null
                : $"'{Quoted.Command(Command)}' {(MustMatch ? "does not show" : "shows")} '{Pattern}'";
        }
        catch (RegexMatchTimeoutException)
        {
            return $"the pattern '{Pattern}' takes too long on the answer to '{Quoted.Command(Command)}'";
        }
    }

    // Patterns are the user's own, and answers can be long: those that can be matched in linear time are.
    private Regex Compiled()
    {
        try
        {
            return new Regex(Pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(Pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant, Patience);
        }
    }
}
