namespace Trigger.Acl.Deciding;

/// <summary>
/// Looks for a part of a box that no other box covers. A box that covers it whole ends a branch; otherwise the one that covers most sides is cut out,
/// and what is left of the asked box on each of its sides is searched in turn. The first part that meets nothing is the witness.
/// </summary>
internal sealed class CoverSearch(Space space)
{
    private readonly int width = space.Width;
    private int[] frames = new int[64 * space.Width];
    private int[] frameLists = new int[128];
    private int[] lists = new int[1024];
    private byte[] sides = new byte[1024];

    /// <summary>The uncovered part that was found last, or the part that was left when the budget ended.</summary>
    public int[] Part { get; } = new int[space.Width];

    /// <summary>Set by a caller who wants to know which boxes were used to cover.</summary>
    public HashSet<int>? Used { get; set; }

    public CoverResult Uncovered(ReadOnlySpan<int> box, ReadOnlySpan<int> candidates, Budget budget)
    {
        var allowed = budget.PerQuestion;
        long spent = 0;
        Fit(candidates.Length);
        candidates.CopyTo(lists);
        box.CopyTo(frames);
        (frameLists[0], frameLists[1]) = (0, candidates.Length);
        var top = 1;
        while (top > 0)
        {
            top--;
            var (from, length) = (frameLists[top * 2], frameLists[top * 2 + 1]);
            spent += length + 1;
            frames.AsSpan(top * width, width).CopyTo(Part);
            if (spent > allowed)
            {
                budget.Take(spent);
                return CoverResult.Undecided;
            }

            var kept = Keep(from, length, out var pivot);
            if (kept < 0)
                continue;
            if (kept == 0)
            {
                budget.Take(spent);
                return CoverResult.Found;
            }

            Used?.Add(pivot);
            top = Peel(space.Box(pivot), top, from + length, kept);
        }

        budget.Take(spent);
        return CoverResult.Covered;
    }

    // Leaves behind the parent's list those that meet the part. -1 when one of them covers it whole.
    private int Keep(int from, int length, out int pivot)
    {
        Fit(from + length * 2);
        var to = from + length;
        int kept = 0, most = -1, equals = 0;
        for (var i = from; i < from + length; i++)
        {
            var covered = Sides(space.Box(lists[i]));
            if (covered < 0)
                continue;
            if (covered == width / 2)
            {
                Used?.Add(lists[i]);
                pivot = lists[i];
                return -1;
            }

            lists[to + kept] = lists[i];
            sides[to + kept++] = (byte)covered;
            equals = covered > most ? 1 : covered == most ? equals + 1 : equals;
            most = Math.Max(most, covered);
        }

        pivot = -1;
        // The middle one of the best: a sorted list of hosts is halved, not nibbled at.
        var wanted = equals / 2;
        for (var i = to; i < to + kept && pivot < 0; i++)
        {
            if (sides[i] == most && wanted-- == 0)
                pivot = lists[i];
        }

        return kept;
    }

    // How many sides of the part the box covers, or -1 when they do not meet.
    private int Sides(ReadOnlySpan<int> box)
    {
        var part = Part;
        var covered = 0;
        for (var i = 0; i + 1 < part.Length && i + 1 < box.Length; i += 2)
        {
            if (box[i] > part[i + 1] || part[i] > box[i + 1])
                return -1;
            if (box[i] <= part[i] && box[i + 1] >= part[i + 1])
                covered++;
        }

        return covered;
    }

    private int Peel(ReadOnlySpan<int> pivot, int top, int list, int length)
    {
        for (var i = 0; i < width; i += 2)
        {
            if (pivot[i] > Part[i])
            {
                Push(top++, list, length, i + 1, pivot[i] - 1);
                Part[i] = pivot[i];
            }

            if (pivot[i + 1] < Part[i + 1])
            {
                Push(top++, list, length, i, pivot[i + 1] + 1);
                Part[i + 1] = pivot[i + 1];
            }
        }

        return top;
    }

    private void Push(int at, int list, int length, int side, int value)
    {
        if ((at + 1) * width > frames.Length)
            Array.Resize(ref frames, frames.Length * 2);
        if ((at + 1) * 2 > frameLists.Length)
            Array.Resize(ref frameLists, frameLists.Length * 2);
        Part.CopyTo(frames.AsSpan(at * width));
        frames[at * width + side] = value;
        (frameLists[at * 2], frameLists[at * 2 + 1]) = (list, length);
    }

    private void Fit(int length)
    {
        if (length <= lists.Length)
            return;
        var size = Math.Max(length, lists.Length * 2);
        Array.Resize(ref lists, size);
        Array.Resize(ref sides, size);
    }
}
