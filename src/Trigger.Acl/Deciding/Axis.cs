using System.Numerics;
using Trigger.Acl.Values;

namespace Trigger.Acl.Deciding;

/// <summary>
/// One side of the boxes with its numbers replaced by ranks: only the boundaries that some box has matter, so IPv6 costs what IPv4 costs,
/// and a set of TCP flags is as good as a range.
/// </summary>
internal sealed class Axis
{
    // Below this a search is as quick as a table.
    private const int FewStarts = 64;

    private readonly int[]? direct;
    private readonly uint[]? narrow;
    private readonly UInt128[]? wide;
    private readonly int[]? firsts;
    private int[]? jumps;

    private Axis(AxisKind kind, int[]? direct, uint[]? narrow, UInt128[]? wide, int[]? firsts, int count) =>
        (Kind, this.direct, this.narrow, this.wide, this.firsts, Count) = (kind, direct, narrow, wide, firsts, count);

    public AxisKind Kind { get; }

    /// <summary>How many ranks there are.</summary>
    public int Count { get; }

    public static Axis OfAddresses(AxisKind kind, List<uint> starts)
    {
        starts.Add(0);
        var sorted = starts.ToArray();
        Array.Sort(sorted);
        var distinct = Distinct(sorted);
        return new Axis(kind, null, sorted[..distinct], null, null, distinct);
    }

    public static Axis OfAddresses(AxisKind kind, List<UInt128> starts)
    {
        starts.Add(0);
        var sorted = starts.ToArray();
        Array.Sort(sorted);
        var distinct = Distinct(sorted);
        return new Axis(kind, null, null, sorted[..distinct], null, distinct);
    }

    /// <param name="starts">True where a rank begins; as long as the axis has values.</param>
    public static Axis OfNumbers(AxisKind kind, bool[] starts)
    {
        starts[0] = true;
        var ranks = new int[starts.Length];
        var firsts = new List<int>();
        for (var value = 0; value < starts.Length; value++)
        {
            if (starts[value])
                firsts.Add(value);
            ranks[value] = firsts.Count - 1;
        }

        return new Axis(kind, ranks, null, null, [.. firsts], firsts.Count);
    }

    /// <summary>Values that no set tells apart share a rank.</summary>
    public static Axis OfSets(AxisKind kind, IEnumerable<ByteSet> sets)
    {
        var classes = new int[256];
        foreach (var set in sets)
        {
            var seen = new Dictionary<(int, bool), int>();
            for (var value = 0; value < 256; value++)
            {
                var key = (classes[value], set.Contains(value));
                if (!seen.TryGetValue(key, out var number))
                    seen.Add(key, number = seen.Count);
                classes[value] = number;
            }
        }

        var count = classes.Max() + 1;
        var firsts = new int[count];
        for (var value = 255; value >= 0; value--)
            firsts[classes[value]] = value;
        return new Axis(kind, classes, null, null, firsts, count);
    }

    public int Rank(int value) => direct![value];

    public int Rank(UInt128 value) => narrow is not null ? Rank((uint)value) : Last(wide!, value, 0, wide!.Length);

    public int Rank(uint value) => jumps is { } table ? Last(narrow!, value, table[value >> 16], table[(value >> 16) + 1] + 1) : Last(narrow!, value, 0, narrow!.Length);

    /// <summary>Makes ready for many single addresses: a table over their upper halves leaves little to search. To be called before others share the axis.</summary>
    public void Hasten()
    {
        if (narrow is null || narrow.Length < FewStarts)
            return;
        var table = new int[(1 << 16) + 1];
        for (int half = 0, rank = 0; half < 1 << 16; half++)
        {
            while (rank + 1 < narrow.Length && narrow[rank + 1] <= (uint)half << 16)
                rank++;
            table[half] = rank;
        }

        table[1 << 16] = narrow.Length - 1;
        jumps = table;
    }

    /// <summary>The ranks of a set, as runs.</summary>
    public List<(int Low, int High)> Runs(ByteSet set)
    {
        var runs = new List<(int Low, int High)>();
        for (var rank = 0; rank < Count; rank++)
        {
            if (!set.Contains(firsts![rank]))
                continue;
            if (runs.Count > 0 && runs[^1].High == rank - 1)
                runs[^1] = (runs[^1].Low, rank);
            else
                runs.Add((rank, rank));
        }

        return runs;
    }

    /// <summary>The smallest value of a rank.</summary>
    public UInt128 First(int rank) => narrow is not null ? narrow[rank] : wide is not null ? wide[rank] : (UInt128)(uint)firsts![rank];

    // The last interval that begins at or before the value.
    private static int Last<T>(T[] starts, T value, int low, int high)
        where T : struct, IComparisonOperators<T, T, bool>
    {
        while (high - low > 1)
        {
            var middle = (low + high) >>> 1;
            if (starts[middle] <= value)
                low = middle;
            else
                high = middle;
        }

        return low;
    }

    private static int Distinct<T>(T[] sorted)
        where T : IEquatable<T>
    {
        var kept = 1;
        for (var i = 1; i < sorted.Length; i++)
        {
            if (!sorted[i].Equals(sorted[kept - 1]))
                sorted[kept++] = sorted[i];
        }

        return kept;
    }
}
