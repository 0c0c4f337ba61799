using System.Text.RegularExpressions;
using Trigger.Acl.Deciding;
using Trigger.Acl.Model;

namespace Trigger.Cli.Acl;

/// <summary>What an edit does: its diff, what its filters decide differently, and the message that its comments give.</summary>
internal static partial class EditReport
{
    private const int MostTold = 8;

    /// <summary>Filter by filter, what packets are newly permitted and no longer permitted.</summary>
    public static IEnumerable<string> Effects(ReadResult before, ReadResult after)
    {
        foreach (var now in after.Filters)
        {
            var name = now.Name ?? "(unnamed)";
            if (before.Filters.FirstOrDefault(one => one.Name == now.Name && one.Family == now.Family) is not { } then)
            {
                yield return $"filter {name} is new, with {now.Terms.Count} terms";
                continue;
            }

            var comparison = FilterComparer.Compare(then, now);
            if (comparison.Verdict == ComparisonVerdict.Equivalent)
            {
                if (!ReferenceEquals(before, after) && !Same(then, now))
                    yield return $"filter {name} decides every packet as before";
                continue;
            }

            if (comparison.Differences.Count == 0)
                yield return $"filter {name}: {comparison.Verdict.ToString().ToLowerInvariant()}{(comparison.Remaining is { } left ? $": {left}" : "")}";
            foreach (var group in comparison.Differences.GroupBy(one => one.Widens).OrderByDescending(group => group.Key))
            {
                yield return $"filter {name}: {(group.Key ? "newly permitted" : "no longer permitted")}, at least:";
                foreach (var one in group.Take(MostTold))
                    yield return $"  {one.Region}{(one.Certain ? "" : " (perhaps)")}";
                if (group.Count() > MostTold)
                    yield return $"  and {group.Count() - MostTold} more parts";
            }
        }

        foreach (var gone in before.Filters.Where(then => !after.Filters.Any(now => now.Name == then.Name && now.Family == then.Family)))
            yield return $"filter {gone.Name ?? "(unnamed)"} is gone";
    }

    /// <summary>The comments that a diff adds, one a line.</summary>
    public static string Message(string diff)
    {
        var said = diff.Split('\n').Where(line => line.StartsWith('+') && !line.StartsWith("+++", StringComparison.Ordinal)).Select(line => Added().Match(line))
            .Where(match => match.Success).Select(match => match.Groups.Values.Skip(1).First(group => group.Success).Value.Trim()).Where(text => text.Length > 0);
        return string.Join('\n', said);
    }

    private static bool Same(Filter then, Filter now) => then.Terms.Select(term => term.ToString()).SequenceEqual(now.Terms.Select(term => term.ToString()));

    [GeneratedRegex(@"!+([^!].*)$|/\*(.*?)\*/|\bremark\s+(.*)$|^\+\s*#+(.*)$")]
    private static partial Regex Added();
}
