using System.Globalization;
using System.Text.RegularExpressions;
using Quartz;

namespace Trigger.Node.Scheduling;

/// <summary>
/// The five fields of crontab(5) — minute, hour, day of month, month, day of week — on Quartz's calendar, which wants seconds, names of days instead of numbers from Sunday, and one of the two kinds
/// of days left open. With both kinds given, crontab means either; that is two expressions here.
/// </summary>
internal static partial class Crontab
{
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];

    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["@hourly"] = "0 * * * *",
        ["@daily"] = "0 0 * * *",
        ["@midnight"] = "0 0 * * *",
        ["@weekly"] = "0 0 * * 0",
        ["@monthly"] = "0 0 1 * *",
        ["@yearly"] = "0 0 1 1 *",
        ["@annually"] = "0 0 1 1 *",
    };

    /// <returns>Expressions of which any may hold; none, and why, when the text is not understood.</returns>
    public static (IReadOnlyList<CronExpression> Either, string? Mistake) Read(string text, TimeZoneInfo zone)
    {
        var fields = (Words.GetValueOrDefault(text.Trim()) ?? text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
            return ([], $"'{text}' has {fields.Length} fields. Write five: minute, hour, day of month, month, day of week, such as '30 2 * * mon-fri'; or @hourly, @daily, @weekly, @monthly, @yearly.");

        try
        {
            var (day, weekday) = (fields[2], Weekdays(fields[4]));
            string[] days = (day, weekday) switch
            {
                ("*", "*") => ["* {0} ?"],
                (_, "*") => [$"{day} {{0}} ?"],
                ("*", _) => [$"? {{0}} {weekday}"],
                _ => [$"{day} {{0}} ?", $"? {{0}} {weekday}"],
            };
            return ([.. days.Select(one => new CronExpression($"0 {fields[0]} {fields[1]} {string.Format(CultureInfo.InvariantCulture, one, fields[3].ToUpperInvariant())}", zone))], null);
        }
        catch (FormatException wrong)
        {
            return ([], $"'{text}' is no time table: {wrong.Message}");
        }
    }

    // A number behind a slash is a step, and no day.
    private static string Weekdays(string field) => Number().Replace(
        field.ToUpperInvariant(),
        number => int.Parse(number.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) is <= 7 and var day ? Days[day] : throw new FormatException($"There is no day {number.Value} in a week; Sunday is 0 or 7."));

    [GeneratedRegex(@"(?<![/\d#])\d{1,4}")]
    private static partial Regex Number();
}
