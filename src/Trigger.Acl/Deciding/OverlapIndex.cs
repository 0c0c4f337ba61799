namespace Trigger.Acl.Deciding;

/// <summary>
/// Finds the boxes that meet a box, without looking at all: a segment tree over one axis, whose long lists are trees over the next axis.
/// Boxes that contain the asked box's first rank lie on one path to the root; the others begin inside the asked box.
/// </summary>
internal sealed class OverlapIndex
{
    private const int ShortList = 16;

    private readonly Space space;
    private readonly int[] items;
    private readonly int axis = -1;
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
        byLow = [.. items];
        lows = [.. items.Select(box => space.Box(box)[axis * 2])];
        Array.Sort(lows, byLow);
        starts = Boundaries();
        leaves = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)starts.Length);
        (nodeStart, nodeItems) = Place();
        nested = new OverlapIndex?[leaves * 2];
        for (var node = 1; node < leaves * 2; node++)
        {
            if (nodeStart[node + 1] - nodeStart[node] > ShortList && axes.Length > 1)
                nested[node] = new OverlapIndex(space, nodeItems[nodeStart[node]..nodeStart[node + 1]], axes[1..]);
        }
    }

    /// <summary>How many boxes would have to be looked at because they begin inside the asked one.</summary>
    public int Beginning(ReadOnlySpan<int> box) => axis < 0 ? items.Length : Upper(lows, box[axis * 2 + 1]) - Upper(lows, box[axis * 2]);

    /// <summary>Adds the boxes with numbers from <paramref name="from"/> up to <paramref name="to"/> that meet the box.</summary>
    public void Overlaps(ReadOnlySpan<int> box, int from, int to, List<int> found)
    {
        if (axis < 0)
        {
            Scan(items, box, from, to, found);
            return;
        }

        for (var node = leaves + Upper(starts, box[axis * 2]) - 1; node >= 1; node >>= 1)
        {
            if (nested[node] is { } deeper)
                deeper.Overlaps(box, from, to, found);
            else
                Scan(nodeItems.AsSpan(nodeStart[node]..nodeStart[node + 1]), box, from, to, found);
        }

        var last = Upper(lows, box[axis * 2 + 1]);
        for (var i = Upper(lows, box[axis * 2]); i < last; i++)
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
        for (var node = leaves + Upper(starts, point[axis]) - 1; node >= 1; node >>= 1)
        {
            best = nested[node] is { } deeper
                ? deeper.First(point, best)
                : First(nodeItems.AsSpan(nodeStart[node]..nodeStart[node + 1]), point, best);
        }

        return best;
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

    private int[] Boundaries()
    {
        var all = new List<int>(items.Length * 2 + 1) { 0 };
        foreach (var box in items)
        {
            all.Add(space.Box(box)[axis * 2]);
            all.Add(space.Box(box)[axis * 2 + 1] + 1);
        }

        all.Sort();
        return [.. all.Distinct()];
    }

    // Every box is put into the few nodes that together make up its interval; counted first, so that the lists lie in one array.
    private (int[] Start, int[] Items) Place()
    {
        var start = new int[leaves * 2 + 2];
        foreach (var box in items)
        {
            foreach (var node in Nodes(box))
                start[node + 1]++;
        }

        for (var node = 1; node < start.Length; node++)
            start[node] += start[node - 1];
        var filled = start.ToArray();
        var placed = new int[start[^1]];
        foreach (var box in items)
        {
            foreach (var node in Nodes(box))
                placed[filled[node]++] = box;
        }

        return (start, placed);
    }

    private List<int> Nodes(int box)
    {
        var nodes = new List<int>(8);
        var low = leaves + Upper(starts, space.Box(box)[axis * 2]) - 1;
        var high = leaves + Upper(starts, space.Box(box)[axis * 2 + 1]);
        for (; low < high; low >>= 1, high >>= 1)
        {
            if ((low & 1) != 0)
                nodes.Add(low++);
            if ((high & 1) != 0)
                nodes.Add(--high);
        }

        return nodes;
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
