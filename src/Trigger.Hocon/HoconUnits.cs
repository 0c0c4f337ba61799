using System.Buffers;
using System.Globalization;

namespace Trigger.Hocon;

/// <summary>Durations, periods and sizes as HOCON writes them.</summary>
internal static class HoconUnits
{
    private const string Prefixes = "kMGTPEZY";

    private static readonly string[] DecimalNames = ["kilo", "mega", "giga", "tera", "peta", "exa", "zetta", "yotta"];
    private static readonly string[] BinaryNames = ["kibi", "mebi", "gibi", "tebi", "pebi", "exbi", "zebi", "yobi"];
    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("+-.0123456789");

    /// <summary>"15s", "250 ms", "5m"; a bare number counts milliseconds. Null when the text is no duration.</summary>
    public static TimeSpan? Duration(string text)
    {
        if (Split(text, out var unit) is not { } amount)
            return null;
        decimal? ticks = unit switch
        {
            "" or "ms" or "milli" or "millis" or "millisecond" or "milliseconds" => TimeSpan.TicksPerMillisecond,
            "ns" or "nano" or "nanos" or "nanosecond" or "nanoseconds" => 0.01m,
            "us" or "micro" or "micros" or "microsecond" or "microseconds" => TimeSpan.TicksPerMicrosecond,
            "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
            "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
            "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
            "d" or "day" or "days" => TimeSpan.TicksPerDay,
            _ => null,
        };
        return Whole(amount, ticks) is { } whole ? TimeSpan.FromTicks(whole) : null;
    }

    /// <summary>"3 months", "2y", "10d", "1 week"; a bare number counts days. Null when the text is no period.</summary>
    public static ConfigPeriod? Period(string text)
    {
        if (Split(text, out var unit) is not { } amount || amount != Math.Floor(amount) || Math.Abs(amount) > int.MaxValue / 7)
            return null;
        var count = (int)amount;
        return unit switch
        {
            "" or "d" or "day" or "days" => new ConfigPeriod(0, 0, count),
            "w" or "week" or "weeks" => new ConfigPeriod(0, 0, 7 * count),
            "m" or "mo" or "month" or "months" => new ConfigPeriod(0, count, 0),
            "y" or "year" or "years" => new ConfigPeriod(count, 0, 0),
            _ => null,
        };
    }

    /// <summary>"16MiB", "64 k", "1kB"; a bare number counts bytes. Null when the text is no size, or more than 8 EiB.</summary>
    public static long? Bytes(string text) => Split(text, out var unit) is { } amount ? Whole(amount, Factor(unit)) : null;

    // One letter counts in powers of two, as Java's options do: 1k is 1024 bytes, 1kB is 1000.
    private static decimal? Factor(string unit)
    {
        if (unit is "" or "B" or "b" or "byte" or "bytes")
            return 1;
        for (var i = 0; i < Prefixes.Length; i++)
        {
            var letter = Prefixes[i].ToString();
            if (unit == letter + "B" || IsNamed(unit, DecimalNames[i]))
                return Power(1000, i + 1);
            var upper = letter.ToUpperInvariant();
            if ((unit.Length == 1 && char.ToUpperInvariant(unit[0]) == upper[0]) || unit == upper + "i" || unit == upper + "iB" || IsNamed(unit, BinaryNames[i]))
                return Power(1024, i + 1);
        }

        return null;
    }

    private static bool IsNamed(string unit, string prefix) => unit == prefix + "byte" || unit == prefix + "bytes";

    private static decimal Power(decimal number, int exponent) => exponent == 0 ? 1 : number * Power(number, exponent - 1);

    private static decimal? Split(string text, out string unit)
    {
        var trimmed = text.AsSpan().Trim();
        var digits = trimmed.IndexOfAnyExcept(NumberCharacters);
        var number = digits < 0 ? trimmed : trimmed[..digits];
        unit = digits < 0 ? "" : trimmed[digits..].Trim().ToString();
        return decimal.TryParse(number, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var amount) ? amount : null;
    }

    private static long? Whole(decimal amount, decimal? factor)
    {
        if (factor is not { } times || Math.Abs(amount) > long.MaxValue / Math.Max(times, 1))
            return null;
        return (long)(amount * times);
    }
}
