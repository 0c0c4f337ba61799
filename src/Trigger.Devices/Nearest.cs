namespace Trigger.Devices;

/// <summary>Finds the words somebody may have meant.</summary>
internal static class Nearest
{
    /// <summary>"; did you mean x or y?" or nothing. Takes at most three.</summary>
    public static string Hint(string written, IEnumerable<string> known)
    {
        var near = To(written, known);
        return near.Count == 0 ? "" : $"; did you mean {string.Join(" or ", near)}?";
    }

    public static IReadOnlyList<string> To(string written, IEnumerable<string> known)
    {
        var word = written.Length <= 64 ? written.ToLowerInvariant() : written[..64].ToLowerInvariant();
        return
        [
            .. known
                .Select(candidate => (candidate, distance: Distance(word, candidate.ToLowerInvariant())))
                .Where(pair => pair.distance <= Math.Max(1, word.Length / 3))
                .OrderBy(pair => pair.distance)
                .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
                .Take(3)
                .Select(pair => pair.candidate),
        ];
    }

    // Levenshtein with swapped neighbours as one slip, except that a word which contains the other is as near as one slip: "nexus" is meant by "nexu", "ios" by "cisco_ios".
    private static int Distance(string a, string b)
    {
        if (a.Length > 2 && b.Contains(a, StringComparison.Ordinal))
            return 1;
        int[] before = [], above = [], row = [.. Enumerable.Range(0, b.Length + 1)];
        for (var i = 1; i <= a.Length; i++)
        {
            (before, above, row) = (above, row, new int[b.Length + 1]);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j], row[j - 1]) + 1, above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    row[j] = Math.Min(row[j], before[j - 2] + 1);
            }
        }

        return row[b.Length];
    }
}
