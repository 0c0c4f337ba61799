using System.Globalization;

namespace Trigger.Node;

/// <summary>How long, and how much, is kept on record. Only finished runs are ever forgotten.</summary>
public sealed record Retention
{
    private static readonly (string Unit, long Bytes)[] Units = [("KB", 1_000), ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000)];

    /// <summary>Runs that began longer ago go; null for none.</summary>
    public TimeSpan? Age { get; init; }

    /// <summary>The oldest runs go until all takes no more bytes than this; null for no limit.</summary>
    public long? Size { get; init; }

    /// <summary>How often a node looks.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether anything is ever forgotten.</summary>
    public bool IsAsked => Age is not null || Size is not null;

    /// <summary>"90d", "12w", "36h"; null for anything else.</summary>
    public static TimeSpan? AgeOf(string text)
    {
        var hours = text.Length == 0 ? 0 : text[^1] switch { 'h' => 1, 'd' => 24, 'w' => 24 * 7, _ => 0 };
        return hours > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 100_000
            ? TimeSpan.FromHours((double)hours * count)
            : null;
    }

    /// <summary>"500MB", "10GB"; null for anything else.</summary>
    public static long? SizeOf(string text)
    {
        foreach (var (unit, bytes) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)
                && int.TryParse(text.AsSpan(0, text.Length - unit.Length).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 1_000_000)
            {
                return count * bytes;
            }
        }

        return null;
    }

    /// <summary>The runs to forget now, each once.</summary>
    /// <param name="keep">The newest so many stay.</param>
    public IReadOnlyList<RunRecord> Due(RunRecords records, DateTimeOffset now, int keep = 0)
    {
        ArgumentNullException.ThrowIfNull(records);
        var old = Age is { } age ? records.Old(now - age, keep) : [];
        var much = Size is { } size ? records.TooMuch(size, keep) : [];
        return [.. old.Concat(much).DistinctBy(run => run.Id)];
    }
}
