namespace Trigger.Acl.Deciding;

/// <summary>
/// Finds the boxes that meet a box, without looking at all: a segment tree over one axis, whose long lists are trees over the next axis.
/// Boxes that contain the asked box's first rank lie on one path to the root; the others begin inside the asked box.
/// </summary>
internal sealed class OverlapIndex
{
    private const int ShortList = 16;

    // With so many ranks or fewer each is a leaf of its own, found without a search; with more, only the boundaries of the items are.
    private const int MostRanksPerItem = 4;

    // At most two on each of a tree's levels.
    private const int MostNodes = 64;

    private readonly Space space;
    private readonly int[] items;
    private readonly int axis = -1;
    private readonly int[] further = [];
    private readonly bool dense;
    private readonly int[] starts = [];
    private readonly int[] lows = [];
    private readonly int[] byLow = [];
    private readonly int leaves;
    private readonly int[] nodeStart = [];
    private readonly int[] nodeItems = [];
    private readonly OverlapIndex?[] nested = [];

    /// <param name="items">Box numbers, ascending.</param>
    /// <param name="axes">The positions of the axes to divide by, in turn.</param>
    public OverlapIndex(Space space, int[] items, ReadOnlySpan<int> axes)
    {
        this.space = space;
        this.items = items;
        if (items.Length <= ShortList || axes.IsEmpty)
            return;
        axis = axes[0];
        further = axes[1..].ToArray();
        var ranks = space.Axes[axis].Count;
        dense = ranks <= (long)items.Length * MostRanksPerItem;
        (lows, byLow) = dense ? Counted(ranks) : Sorted();
        starts = dense ? [] : Boundaries();
        leaves = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(dense ? ranks : starts.Length));
        (nodeStart, nodeItems) = Place();
        nested = new OverlapIndex?[leaves * 2];
    }

    /// <summary>How many boxes would have to be looked at because they begin inside the asked one.</summary>
    public int Beginning(ReadOnlySpan<int> box) => axis < 0 ? items.Length : UpTo(box[axis * 2 + 1]) - UpTo(box[axis * 2]);

    /// <summary>Adds the boxes with numbers from <paramref name="from"/> up to <paramref name="to"/> that meet the box.</summary>
    public void Overlaps(ReadOnlySpan<int> box, int from, int to, List<int> found)
    {
        if (axis < 0)
        {
            Scan(items, box, from, to, found);
            return;
        }

        for (var node = leaves + Leaf(box[axis * 2]); node >= 1; node >>= 1)
        {
            if (Nested(node) is { } deeper)
                deeper.Overlaps(box, from, to, found);
            else
                Scan(nodeItems.AsSpan(nodeStart[node]..nodeStart[node + 1]), box, from, to, found);
        }

        var last = UpTo(box[axis * 2 + 1]);
        for (var i = UpTo(box[axis * 2]); i < last; i++)
        {
            if (byLow[i] is var other && other >= from && other < to && Meet(space.Box(other), box))
                found.Add(other);
        }
    }

    /// <summary>The lowest-numbered box that holds the point, below <paramref name="best"/>; or <paramref name="best"/>.</summary>
    public int First(ReadOnlySpan<int> point, int best)
    {
        if (axis < 0)
            return First(items, point, best);
        for (var node = leaves + Leaf(point[axis]); node >= 1; node >>= 1)
        {
            // Nothing there, or nothing before what was found.
            if (nodeStart[node] == nodeStart[node + 1] || nodeItems[nodeStart[node]] >= best)
                continue;
            best = Nested(node) is { } deeper
                ? deeper.First(point, best)
                : First(nodeItems.AsSpan(nodeStart[node]..nodeStart[node + 1]), point, best);
        }

        return best;
    }

    // Made when first asked for: most questions walk a few paths only. Two threads may both make one; either will do, and both are complete before they are seen.
    private OverlapIndex? Nested(int node)
    {
        if (further.Length == 0 || nodeStart[node + 1] - nodeStart[node] <= ShortList)
            return null;
        return nested[node] ??= new OverlapIndex(space, nodeItems[nodeStart[node]..nodeStart[node + 1]], further);
    }

    public static bool Meet(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        for (var i = 0; i + 1 < left.Length && i + 1 < right.Length; i += 2)
        {
            if (left[i] > right[i + 1] || right[i] > left[i + 1])
                return false;
        }

        return true;
    }

    private void Scan(ReadOnlySpan<int> list, ReadOnlySpan<int> box, int from, int to, List<int> found)
    {
        foreach (var other in list)
        {
            if (other >= to)
                return;
            if (other >= from && Meet(space.Box(other), box))
                found.Add(other);
        }
    }

    private int First(ReadOnlySpan<int> list, ReadOnlySpan<int> point, int best)
    {
        foreach (var other in list)
        {
            if (other >= best)
                return best;
            if (Holds(space.Box(other), point))
                return other;
        }

        return best;
    }

    private static bool Holds(ReadOnlySpan<int> box, ReadOnlySpan<int> point)
    {
        for (var i = 0; i < point.Length; i++)
        {
            if ((uint)(point[i] - box[i * 2]) > (uint)(box[i * 2 + 1] - box[i * 2]))
                return false;
        }

        return true;
    }

    private int Leaf(int rank) => dense ? rank : Upper(starts, rank) - 1;

    // How many items begin at or before the rank.
    private int UpTo(int rank) => dense ? lows[rank] : Upper(lows, rank);

    // By the rank they begin at: how many begin up to each, and the items in that order.
    private (int[] Lows, int[] ByLow) Counted(int ranks)
    {
        var counts = new int[ranks];
        foreach (var item in items)
            counts[space.Box(item)[axis * 2]]++;
        var next = new int[ranks];
        for (var rank = 1; rank < ranks; rank++)
        {
            next[rank] = counts[rank - 1];
            counts[rank] += counts[rank - 1];
        }

        var sorted = new int[items.Length];
        foreach (var item in items)
            sorted[next[space.Box(item)[axis * 2]]++] = item;
        return (counts, sorted);
    }

    private (int[] Lows, int[] ByLow) Sorted()
    {
        var first = new int[items.Length];
        for (var i = 0; i < items.Length; i++)
            first[i] = space.Box(items[i])[axis * 2];
        int[] sorted = [.. items];
        Array.Sort(first, sorted);
        return (first, sorted);
    }

    private int[] Boundaries()
    {
        var all = new int[items.Length * 2 + 1];
        for (var i = 0; i < items.Length; i++)
        {
            var box = space.Box(items[i]);
            (all[i * 2 + 1], all[i * 2 + 2]) = (box[axis * 2], box[axis * 2 + 1] + 1);
        }

        Array.Sort(all);
        var kept = 1;
        for (var i = 1; i < all.Length; i++)
        {
            if (all[i] != all[kept - 1])
                all[kept++] = all[i];
        }

        return all[..kept];
    }

    // Every box is put into the few nodes that together make up its interval; counted first, so that the lists lie in one array.
    private (int[] Start, int[] Items) Place()
    {
        var start = new int[leaves * 2 + 2];
        Span<int> nodes = stackalloc int[MostNodes];
        foreach (var box in items)
        {
            foreach (var node in nodes[..Nodes(box, nodes)])
                start[node + 1]++;
        }

        for (var node = 1; node < start.Length; node++)
            start[node] += start[node - 1];
        var filled = start.ToArray();
        var placed = new int[start[^1]];
        foreach (var box in items)
        {
            foreach (var node in nodes[..Nodes(box, nodes)])
                placed[filled[node]++] = box;
        }

        return (start, placed);
    }

    private int Nodes(int box, Span<int> nodes)
    {
        var count = 0;
        var low = leaves + Leaf(space.Box(box)[axis * 2]);
        var high = leaves + Leaf(space.Box(box)[axis * 2 + 1]) + 1;
        for (; low < high; low >>= 1, high >>= 1)
        {
            if ((low & 1) != 0)
                nodes[count++] = low++;
            if ((high & 1) != 0)
                nodes[count++] = --high;
        }

        return count;
    }

    // How many values are not above the asked one.
    private static int Upper(int[] sorted, int value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (sorted[middle] <= value)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
