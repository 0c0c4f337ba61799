using System.Text.RegularExpressions;

namespace Trigger.Parsing.TextFsm;

/// <summary>
/// A rule's regular expression. It is interpreted until it has been asked a few thousand times: compiling one costs about two milliseconds, a library of templates has fifteen
/// thousand of them, and most rules of most templates never earn that back.
/// </summary>
internal sealed class RuleMatcher(string anchored, TimeSpan limit)
{
    private const int WorthCompiling = 4_000;

    private readonly Regex interpreted = new(anchored, RegexOptions.CultureInvariant, limit);
    private Regex? compiled;
    private int asked;

    /// <exception cref="RegexMatchTimeoutException">A pattern that goes through exponentially many ways.</exception>
    public Match Match(string line)
    {
        if (compiled is { } fast)
            return fast.Match(line);
        if (Interlocked.Increment(ref asked) == WorthCompiling)
            compiled = new Regex(anchored, RegexOptions.CultureInvariant | RegexOptions.Compiled, limit);
        return interpreted.Match(line);
    }
}
