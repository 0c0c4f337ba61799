using System.Globalization;

namespace Trigger.Node;

/// <summary>Times as people write them: "30", "30s", "2m", "500ms", "1h", "7d".</summary>
public static class Durations
{
    /// <returns>Null when it is none: no number, nothing or less, more than <paramref name="most"/> (a day by default).</returns>
    public static TimeSpan? Read(string text, TimeSpan? most = null)
    {
        var (digits, unit) = text switch
        {
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (text[..^2], 0.001),
            _ when text.EndsWith('s') => (text[..^1], 1.0),
            _ when text.EndsWith('m') => (text[..^1], 60.0),
            _ when text.EndsWith('h') => (text[..^1], 3600.0),
            _ when text.EndsWith('d') => (text[..^1], 86_400.0),
            _ => (text, 1.0),
        };
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number * unit > 0 && number * unit <= (most ?? TimeSpan.FromDays(1)).TotalSeconds
            ? TimeSpan.FromSeconds(number * unit)
            : null;
    }
}
