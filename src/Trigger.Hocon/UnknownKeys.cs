namespace Trigger.Hocon;

/// <summary>Compares a configuration with one that has every key there is.</summary>
internal static class UnknownKeys
{
    public static IEnumerable<UnknownKey> In(ObjectNode given, ObjectNode reference, IReadOnlyList<string> path)
    {
        // An empty object in the reference stands for keys that users choose.
        if (reference.Fields.Count == 0)
            yield break;
        foreach (var (name, value) in given.Fields)
        {
            if (!reference.Fields.TryGetValue(name, out var known))
            {
                var suggestion = Closest(name, reference.Fields.Keys);
                yield return new UnknownKey(ConfigPath.Join([.. path, name]), value.Origin, suggestion is null ? null : ConfigPath.Join([.. path, suggestion]));
            }
            else if (value is ObjectNode inner && known is ObjectNode inside)
            {
                foreach (var unknown in In(inner, inside, [.. path, name]))
                    yield return unknown;
            }
        }
    }

    private static string? Closest(string name, IEnumerable<string> known)
    {
        var (closest, distance) = known.Select(candidate => (candidate, Distance(name, candidate))).MinBy(pair => pair.Item2);
        return distance <= Math.Max(1, name.Length / 3) ? closest : null;
    }

    // Letters to insert, remove, replace or swap with their neighbour. Long keys are not typing mistakes of each other.
    private static int Distance(string a, string b)
    {
        if (a.Length > 100 || b.Length > 100)
            return int.MaxValue;
        var (before, row, next) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            next[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]);
                next[j] = Math.Min(Math.Min(next[j - 1], row[j]) + 1, row[j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    next[j] = Math.Min(next[j], before[j - 2] + 1);
            }

            (before, row, next) = (row, next, before);
        }

        return row[b.Length];
    }
}
