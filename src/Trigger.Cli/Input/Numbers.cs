using System.Globalization;

namespace Trigger.Cli.Input;

/// <summary>Numbers and times as people type them.</summary>
internal static class Numbers
{
    public static int Whole(string option, string text, int least, int most, Mistakes mistakes)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;

        mistakes.Add($"{option} is '{text}'; it must be a whole number from {least} to {most}.");
        return least;
    }

    /// <summary>"30", "30s", "2m", "500ms", "1h".</summary>
    public static TimeSpan? Time(string option, string? text, Mistakes mistakes)
    {
        if (text is null)
            return null;

        var (digits, unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 0.001),
            _ when text.EndsWith('s') => (text[..^1], 1.0),
            _ when text.EndsWith('m') => (text[..^1], 60.0),
            _ when text.EndsWith('h') => (text[..^1], 3600.0),
            _ => (text, 1.0),
        };
        if (double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * unit is > 0 and <= 86_400)
            return TimeSpan.FromSeconds(number * unit);

        mistakes.Add($"{option} is '{text}'; it must be a time such as 30, 30s, 2m or 500ms, and at most a day.");
        return null;
    }
}
