namespace Trigger.Acl.Deciding;

/// <summary>Which entries of two sequences have no equal partner in the same order.</summary>
internal static class Alignment
{
    // Beyond this many differences the search for the best alignment costs more than comparing everything.
    private const int MostEdits = 1500;

    public static (List<int> Left, List<int> Right) Changed(int left, int right, Func<int, int> leftKey, Func<int, int> rightKey, Func<int, int, bool> same)
    {
        var a = Enumerable.Range(0, left).Select(leftKey).ToArray();
        var b = Enumerable.Range(0, right).Select(rightKey).ToArray();
        bool Equal(int x, int y) => a[x] == b[y] && same(x, y);
        var head = 0;
        while (head < left && head < right && Equal(head, head))
            head++;
        var tail = 0;
        while (tail < left - head && tail < right - head && Equal(left - 1 - tail, right - 1 - tail))
            tail++;
        var changed = (Left: new List<int>(), Right: new List<int>());
        if (!Trace(head, left - tail, head, right - tail, Equal, changed))
            return ([.. Enumerable.Range(head, left - tail - head)], [.. Enumerable.Range(head, right - tail - head)]);
        return changed;
    }

    // Myers' greedy algorithm, O(ND): it walks as far as possible with each number of edits, and remembers the fronts to walk back.
    private static bool Trace(int leftFrom, int leftTo, int rightFrom, int rightTo, Func<int, int, bool> equal, (List<int> Left, List<int> Right) changed)
    {
        int n = leftTo - leftFrom, m = rightTo - rightFrom;
        var most = Math.Min(n + m, MostEdits);
        var fronts = new List<int[]>();
        var front = new int[2 * most + 3];
        for (var edits = 0; edits <= most; edits++)
        {
            fronts.Add(front[(most - edits)..(most + edits + 3)]);
            for (var k = -edits; k <= edits; k += 2)
            {
                var x = k == -edits || (k != edits && front[most + k] < front[most + k + 2]) ? front[most + k + 2] : front[most + k] + 1;
                while (x < n && x - k < m && equal(leftFrom + x, rightFrom + x - k))
                    x++;
                front[most + k + 1] = x;
                if (x < n || x - k < m)
                    continue;
                Back(fronts, n, m, leftFrom, rightFrom, changed);
                return true;
            }
        }

        return false;
    }

    private static void Back(List<int[]> fronts, int x, int y, int leftFrom, int rightFrom, (List<int> Left, List<int> Right) changed)
    {
        for (var edits = fronts.Count - 1; edits > 0; edits--)
        {
            var front = fronts[edits];
            var k = x - y;
            int At(int diagonal) => front[diagonal + edits + 1];
            var down = k == -edits || (k != edits && At(k - 1) < At(k + 1));
            var previous = down ? k + 1 : k - 1;
            x = At(previous);
            y = x - previous;
            if (down)
                changed.Right.Add(rightFrom + y);
            else
                changed.Left.Add(leftFrom + x);
        }

        changed.Left.Reverse();
        changed.Right.Reverse();
    }
}
