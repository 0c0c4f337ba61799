using System.Buffers;
using System.Globalization;

namespace Trigger.Hocon;

/// <summary>Durations and sizes as HOCON writes them.</summary>
internal static class HoconUnits
{
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

    /// <summary>"16MiB", "64 k", "1kB"; a bare number counts bytes. Null when the text is no size.</summary>
    public static long? Bytes(string text)
    {
        if (Split(text, out var unit) is not { } amount)
            return null;
        decimal? factor = unit switch
        {
            "" or "B" or "b" or "byte" or "bytes" => 1,
            "kB" or "kilobyte" or "kilobytes" => 1000m,
            "MB" or "megabyte" or "megabytes" => 1000m * 1000,
            "GB" or "gigabyte" or "gigabytes" => 1000m * 1000 * 1000,
            "K" or "k" or "Ki" or "KiB" or "kibibyte" or "kibibytes" => 1024m,
            "M" or "m" or "Mi" or "MiB" or "mebibyte" or "mebibytes" => 1024m * 1024,
            "G" or "g" or "Gi" or "GiB" or "gibibyte" or "gibibytes" => 1024m * 1024 * 1024,
            _ => null,
        };
        return Whole(amount, factor);
    }

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
