using Trigger.Acl.Model;
using Trigger.Acl.Values;

namespace Trigger.Acl.Writing;

/// <summary>Sets of TCP flag bytes in the words of a dialect.</summary>
internal static class FlagWords
{
    private static readonly string[] Cisco = ["fin", "syn", "rst", "psh", "ack", "urg"];
    private static readonly string[] Junos = ["fin", "syn", "rst", "push", "ack", "urgent"];

    /// <summary>Null when the dialect cannot say it.</summary>
    public static List<string>? Of(ByteSet flags, Dialect dialect)
    {
        if (flags == Names.Established)
            return [" established"];
        if (dialect is Dialect.Ios or Dialect.IosXr && Cube(flags) is var (set, clear))
            return [" match-all" + string.Concat(Cisco.Select((name, bit) => (set >> bit & 1) != 0 ? $" +{name}" : (clear >> bit & 1) != 0 ? $" -{name}" : ""))];
        // Bare names mean that any of them is set.
        for (var any = 1; any < 64; any++)
        {
            if (dialect != Dialect.Asa && flags == ByteSet.Where(value => (value & any) != 0))
                return [string.Concat(Cisco.Select((name, bit) => (any >> bit & 1) != 0 ? $" {name}" : ""))];
        }

        return null;
    }

    /// <summary>A Junos statement, or null when it would take a list of all combinations.</summary>
    public static string? JunosStatement(ByteSet flags)
    {
        if (flags == Names.Established)
            return "tcp-established";
        if (flags == Names.Initial)
            return "tcp-initial";
        if (Cube(flags) is var (set, clear))
        {
            var parts = Junos.Select((name, bit) => (set >> bit & 1) != 0 ? name : (clear >> bit & 1) != 0 ? $"!{name}" : null).OfType<string>().ToList();
            return parts.Count == 1 && clear == 0 ? $"tcp-flags {parts[0]}" : $"tcp-flags \"{string.Join(" & ", parts)}\"";
        }

        return Union(flags) is { } union ? $"tcp-flags \"({union})\"" : null;
    }

    // Any set of the six flags is a union of some that are set and some that are clear: the broadest first, until there is nothing left to say.
    private static string? Union(ByteSet flags)
    {
        var cubes = Enumerable.Range(0, 64).SelectMany(set => Enumerable.Range(0, 64).Where(clear => (set & clear) == 0).Select(clear => (Set: set, Clear: clear)))
            .OrderBy(cube => int.PopCount(cube.Set | cube.Clear)).ThenBy(cube => cube.Clear);
        var (said, parts) = (ByteSet.Empty, new List<string>());
        foreach (var (set, clear) in cubes)
        {
            var cube = ByteSet.Where(value => (value & set) == set && (value & clear) == 0);
            if (said.Covers(cube) || !flags.Covers(cube))
                continue;
            said |= cube;
            var words = Junos.Select((name, bit) => (set >> bit & 1) != 0 ? name : (clear >> bit & 1) != 0 ? $"!{name}" : null).OfType<string>().ToList();
            parts.Add(words.Count == 1 ? words[0] : $"({string.Join(" & ", words)})");
        }

        return said == flags && parts.Count > 0 && !flags.IsAll ? string.Join(" | ", parts) : null;
    }

    // All the named set and all the others clear: null when the set is no such thing.
    private static (int Set, int Clear)? Cube(ByteSet flags)
    {
        if (flags.IsEmpty || flags.IsAll)
            return null;
        var (set, clear) = (255, 255);
        foreach (var value in flags.Values())
            (set, clear) = (set & value, clear & ~value);
        return set < 64 && clear < 64 && flags == ByteSet.Where(value => (value & set) == set && (value & clear) == 0) ? (set, clear) : null;
    }
}
