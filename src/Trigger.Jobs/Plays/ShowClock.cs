using System.Globalization;
using System.Text.RegularExpressions;
using Trigger.Devices;
using Trigger.Devices.Platforms;

namespace Trigger.Jobs.Plays;

/// <summary>What time devices think it is, and how far that is from ours. The command is the platform's own.</summary>
public sealed partial class ShowClock(PlatformCatalog platforms, TimeProvider time) : Commando<ClockReading>
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>Reads the ways in which platforms write a moment; null when none is there.</summary>
    /// <param name="now">Our own time when the answer came.</param>
    public static ClockReading? Read(string answer, DateTimeOffset now)
    {
        var clock = Clock().Match(answer);
        if (!clock.Success || DateIn(answer) is not { } date)
            return null;

        var fraction = clock.Groups["f"].Success ? double.Parse($"0.{clock.Groups["f"].Value}", CultureInfo.InvariantCulture) : 0;
        var local = date.ToDateTime(TimeOnly.MinValue) + new TimeSpan(Number(clock, "h"), Number(clock, "m"), Number(clock, "s")) + TimeSpan.FromSeconds(fraction);
        var zone = Zone().Match(answer) is { Success: true } named ? named.Value : null;

        // The letters of a zone do not name one: IST is India's, Israel's and Ireland's. Only those that mean UTC can be compared.
        var drift = zone is "UTC" or "GMT" or "Z" ? new DateTimeOffset(local, TimeSpan.Zero) - now : (TimeSpan?)null;
        return new ClockReading(local, zone, drift);
    }

    protected override IReadOnlyList<string?> BaseOf(NetDevice device) =>
        platforms.TryGet(device.Platform, out var platform) && platform.Samples.ShowClock is { Length: > 0 } command ? [command] : ["show clock"];

    protected override ClockReading FromBase(NetDevice device, IReadOnlyList<string?> answers) =>
        Read(answers[0]!, time.GetUtcNow()) ?? throw new FormatException("no time and date can be found in the answer");

    private static DateOnly? DateIn(string answer)
    {
        if (IsoDate().Match(answer) is { Success: true } iso)
            return Date(Number(iso, "y"), Number(iso, "mo"), Number(iso, "d"));

        var words = WordDate().Match(answer);
        var year = Year().Match(answer);
        if (!words.Success || !year.Success)
            return null;

        var day = words.Groups["d"].Success ? Number(words, "d") : Number(words, "d2");
        var month = words.Groups["mo"].Success ? words.Groups["mo"].Value : words.Groups["mo2"].Value;
        return Date(Number(year, "y"), Array.IndexOf(Months, month.ToLowerInvariant()) + 1, day);
    }

    private static DateOnly? Date(int year, int month, int day) =>
        month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(Math.Clamp(year, 1, 9999), month) ? new DateOnly(year, month, day) : null;

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\d:])(?<h>[01]?\d|2[0-3]):(?<m>[0-5]\d):(?<s>[0-5]\d)(?:\.(?<f>\d{1,9}))?(?![\d:])", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();

    [GeneratedRegex(@"\b(?<y>(?:19|20)\d\d)[-/](?<mo>\d\d)[-/](?<d>\d\d)\b", RegexOptions.CultureInvariant)]
    private static partial Regex IsoDate();

    [GeneratedRegex(@"\b(?:(?<mo>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? +(?<d>\d{1,2})|(?<d2>\d{1,2})[ \-](?<mo2>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WordDate();

    [GeneratedRegex(@"\b(?<y>(?:19|20)\d\d)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Year();

    [GeneratedRegex(@"\b(?!AM\b|PM\b|NTP\b)[A-Z]{3,5}\b", RegexOptions.CultureInvariant)]
    private static partial Regex Zone();
}
