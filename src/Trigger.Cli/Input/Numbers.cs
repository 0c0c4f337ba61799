using System.Globalization;
using Trigger.Node;

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

        if (Durations.Read(text) is { } time)
            return time;

        mistakes.Add($"{option} is '{text}'; it must be a time such as 30, 30s, 2m or 500ms, and at most a day.");
        return null;
    }
}
