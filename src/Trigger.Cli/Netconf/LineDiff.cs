namespace Trigger.Cli.Netconf;

/// <summary>What differs between two texts, line by line, as a unified diff without line numbers.</summary>
internal static class LineDiff
{
    private const int Context = 3;

    // The table of the longest common subsequence; beyond this the middle is shown as one exchange, which is right and less fine.
    private const long MostCells = 16_000_000;

    public static IReadOnlyList<string> Of(string[] old, string[] now)
    {
        var (start, end) = (0, 0);
        while (start < old.Length && start < now.Length && old[start] == now[start])
            start++;

        while (end < old.Length - start && end < now.Length - start && old[^(end + 1)] == now[^(end + 1)])
            end++;

        var middle = Middle(old[start..^end], now[start..^end]);
        return Near([.. old[..start].Select(line => " " + line), .. middle, .. old[^end..].Select(line => " " + line)]);
    }

    private static List<string> Middle(string[] old, string[] now)
    {
        if ((long)old.Length * now.Length > MostCells)
            return [.. old.Select(line => "-" + line), .. now.Select(line => "+" + line)];

        var common = new int[old.Length + 1, now.Length + 1];
        for (var i = old.Length - 1; i >= 0; i--)
        {
            for (var j = now.Length - 1; j >= 0; j--)
                common[i, j] = old[i] == now[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var lines = new List<string>();
        for (int i = 0, j = 0; i < old.Length || j < now.Length;)
        {
            if (i < old.Length && j < now.Length && old[i] == now[j])
            {
                lines.Add(" " + old[i++]);
                j++;
            }
            else if (j == now.Length || (i < old.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                lines.Add("-" + old[i++]);
            }
            else
            {
                lines.Add("+" + now[j++]);
            }
        }

        return lines;
    }

    private static List<string> Near(List<string> lines)
    {
        var near = new List<string>();
        var last = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            var from = Math.Max(0, i - Context);
            var to = Math.Min(lines.Count - 1, i + Context);
            if (!Enumerable.Range(from, to - from + 1).Any(at => lines[at][0] != ' '))
                continue;

            if (last >= 0 && last != i - 1)
                near.Add("@@");

            near.Add(lines[i]);
            last = i;
        }

        return near;
    }
}
