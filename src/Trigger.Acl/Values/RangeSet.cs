namespace Trigger.Acl.Values;

/// <summary>A set of the values 0 to 65535, kept as sorted runs that do not touch: ports, lengths, fragment offsets.</summary>
public sealed class RangeSet : IEquatable<RangeSet>
{
    private readonly (int Low, int High)[] runs;

    private RangeSet((int Low, int High)[] runs) => this.runs = runs;

    public static RangeSet Empty { get; } = new([]);

    public static RangeSet All { get; } = new([(0, 65535)]);

    public IReadOnlyList<(int Low, int High)> Runs => runs;

    public bool IsEmpty => runs.Length == 0;

    public bool IsAll => runs is [(0, 65535)];

    /// <summary>All from <paramref name="low"/> to <paramref name="high"/>; empty when they are the wrong way round, as <c>range 5 1</c> is.</summary>
    public static RangeSet Of(int low, int high) =>
        Math.Max(low, 0) is var from && Math.Min(high, 65535) is var to && from <= to ? new([(from, to)]) : Empty;

    public static RangeSet Of(int value) => Of(value, value);

    public static RangeSet Of(IEnumerable<(int Low, int High)> parts)
    {
        var sorted = parts.Where(part => part.Low <= part.High).OrderBy(part => part.Low).ToList();
        var merged = new List<(int Low, int High)>(sorted.Count);
        foreach (var part in sorted)
        {
            if (merged.Count > 0 && part.Low <= merged[^1].High + 1)
                merged[^1] = (merged[^1].Low, Math.Max(merged[^1].High, part.High));
            else
                merged.Add(part);
        }

        return new([.. merged]);
    }

    public RangeSet Union(RangeSet other) => Of(runs.Concat(other.runs));

    public RangeSet Complement()
    {
        var holes = new List<(int, int)>();
        var from = 0;
        foreach (var (low, high) in runs)
        {
            if (low > from)
                holes.Add((from, low - 1));
            from = high + 1;
        }

        if (from <= 65535)
            holes.Add((from, 65535));
        return new([.. holes]);
    }

    public bool Contains(int value)
    {
        foreach (var (low, high) in runs)
        {
            if (value >= low && value <= high)
                return true;
        }

        return false;
    }

    public bool Covers(RangeSet other)
    {
        foreach (var (low, high) in other.runs)
        {
            if (!Array.Exists(runs, run => run.Low <= low && run.High >= high))
                return false;
        }

        return true;
    }

    public bool Equals(RangeSet? other) => other is not null && runs.AsSpan().SequenceEqual(other.runs);

    public override bool Equals(object? obj) => Equals(obj as RangeSet);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var run in runs)
            hash.Add(run);
        return hash.ToHashCode();
    }

    public override string ToString() => string.Join(' ', runs.Select(run => run.Low == run.High ? $"{run.Low}" : $"{run.Low}-{run.High}"));
}
