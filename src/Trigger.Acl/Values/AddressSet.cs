namespace Trigger.Acl.Values;

/// <summary>
/// The addresses of one condition. Entries match by the longest prefix, so an <c>except</c> takes its part out wherever it stands in the list;
/// a list of nothing but excepts matches nothing, as Junos documents it.
/// </summary>
public sealed class AddressSet : IEquatable<AddressSet>
{
    private readonly AddressMatch[]? items;
    private readonly AddressMatch only;

    public AddressSet(AddressMatch only) => this.only = only;

    public AddressSet(AddressMatch[] items) => this.items = items;

    /// <summary>No condition at all: every address of every family.</summary>
    public static AddressSet Any { get; } = new([AddressMatch.All(Family.Inet), AddressMatch.All(Family.Inet6)]);

    public bool IsAny => ReferenceEquals(this, Any);

    public int Count => items?.Length ?? 1;

    public AddressMatch this[int index] => items is null ? only : items[index];

    public IEnumerable<AddressMatch> Items => items ?? [only];

    /// <summary>Whether the family has any address in this set to speak of.</summary>
    public bool Speaks(Family family)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i].Family == family)
                return true;
        }

        return false;
    }

    public bool Contains(Family family, UInt128 address)
    {
        if (IsAny)
            return true;
        var longest = -1;
        var matches = false;
        for (var i = 0; i < Count; i++)
        {
            var item = this[i];
            if (item.Family != family || !item.Matches(address))
                continue;
            if (!HasExcepts)
                return true;
            // Of one prefix that is both wanted and excepted, the exception holds.
            if (Specific(item) is var length && (length > longest || (length == longest && item.Except)))
                (longest, matches) = (length, !item.Except);
        }

        return matches;
    }

    public bool HasExcepts => items is not null && Array.Exists(items, item => item.Except);

    /// <summary>Whether some entry's bits are so scattered that it cannot be told as a list of runs.</summary>
    public bool Scattered(Family family, int most)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i].Family == family && this[i].Wild != 0 && this[i].Pieces > (UInt128)most)
                return true;
        }

        return false;
    }

    /// <summary>The addresses of a family as sorted runs that do not touch. Not to be asked of a set that is <see cref="Scattered"/>.</summary>
    public List<(UInt128 Low, UInt128 High)> Runs(Family family)
    {
        var entries = Items.Where(item => item.Family == family).ToList();
        if (!HasExcepts)
            return Merge(entries.SelectMany(item => item.Runs()));
        var painted = new List<(UInt128 Low, UInt128 High)>();
        foreach (var group in entries.GroupBy(Specific).OrderBy(group => group.Key))
        {
            painted = Merge(painted.Concat(group.Where(item => !item.Except).SelectMany(item => item.Runs())));
            painted = Without(painted, Merge(group.Where(item => item.Except).SelectMany(item => item.Runs())));
        }

        return painted;
    }

    // How specific an entry is: its prefix length, or the count of bits that matter.
    private static int Specific(AddressMatch item) => AddressMatch.Width(item.Family) - (int)UInt128.PopCount(item.Wild != 0 ? item.Wild : item.High - item.Low);

    public static List<(UInt128 Low, UInt128 High)> Merge(IEnumerable<(UInt128 Low, UInt128 High)> runs)
    {
        var merged = new List<(UInt128 Low, UInt128 High)>();
        foreach (var run in runs.OrderBy(run => run.Low))
        {
            if (merged.Count > 0 && (merged[^1].High == UInt128.MaxValue || run.Low <= merged[^1].High + 1))
                merged[^1] = (merged[^1].Low, UInt128.Max(merged[^1].High, run.High));
            else
                merged.Add(run);
        }

        return merged;
    }

    public static List<(UInt128 Low, UInt128 High)> Without(List<(UInt128 Low, UInt128 High)> runs, List<(UInt128 Low, UInt128 High)> holes)
    {
        var left = new List<(UInt128 Low, UInt128 High)>();
        var hole = 0;
        foreach (var run in runs)
        {
            var low = run.Low;
            var spent = false;
            while (hole < holes.Count && holes[hole].High < low)
                hole++;
            for (var i = hole; i < holes.Count && holes[i].Low <= run.High && !spent; i++)
            {
                if (holes[i].Low > low)
                    left.Add((low, holes[i].Low - 1));
                spent = holes[i].High >= run.High;
                low = spent ? low : holes[i].High + 1;
            }

            if (!spent)
                left.Add((low, run.High));
        }

        return left;
    }

    /// <summary>The fewest prefixes that make up a run.</summary>
    public static IEnumerable<AddressMatch> Prefixes(Family family, UInt128 low, UInt128 high)
    {
        while (true)
        {
            var free = low == 0 ? AddressMatch.Last(family) : (low & (~low + 1)) - 1;
            while (free > high - low)
                free >>= 1;
            yield return new AddressMatch(family, low, low + free);
            if (low + free >= high)
                yield break;
            low += free + 1;
        }
    }

    /// <summary>Whether both have the same entries in the same order; the same addresses told in another way are not equal.</summary>
    public bool Equals(AddressSet? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || IsAny || other.IsAny || Count != other.Count)
            return false;
        for (var i = 0; i < Count; i++)
        {
            if (this[i] != other[i])
                return false;
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as AddressSet);

    public override int GetHashCode() => Count == 0 ? 0 : HashCode.Combine(Count, this[0]);

    public override string ToString() => IsAny ? "any" : string.Join(' ', Items.Select(AddressText.Of));
}
