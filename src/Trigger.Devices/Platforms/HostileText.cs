using System.Text.RegularExpressions;

namespace Trigger.Devices.Platforms;

/// <summary>Looks for a text on which a pattern of the backtracking engine goes astray. Finding none is no proof; a session still gives up after some seconds.</summary>
internal static class HostileText
{
    private const int Length = 1000;

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    // A busy machine may stall for a glance; not for this long at the same text.
    private static readonly TimeSpan SecondLook = TimeSpan.FromMilliseconds(600);

    /// <summary>What the text repeats, in quotes, or null when no text was found.</summary>
    public static string? Against(Regex pattern)
    {
        var text = pattern.ToString();
        var glance = new Regex(text, pattern.Options, Glance);
        foreach (var unit in Units(text))
        {
            var hostile = string.Concat(Enumerable.Repeat(unit, Length / unit.Length)) + "\u0001";
            if (TakesTooLong(glance, hostile) && TakesTooLong(new Regex(text, pattern.Options, SecondLook), hostile))
                return $"'{unit}'";
        }

        return null;
    }

    private static bool TakesTooLong(Regex pattern, string text)
    {
        try
        {
            _ = pattern.IsMatch(text);
            return false;
        }
        catch (RegexMatchTimeoutException)
        {
            return true;
        }
    }

    // A repetition goes astray on what it repeats, and the pattern itself names that, or a class that has a letter or a digit in it.
    private static IEnumerable<string> Units(string pattern) =>
        pattern.Where(c => !char.IsControl(c)).Select(c => c.ToString()).Concat(["a", "0", " ", "-", "#", "a ", "a-", "a."]).Distinct().Take(48);
}
