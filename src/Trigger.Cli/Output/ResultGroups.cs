namespace Trigger.Cli.Output;

/// <summary>The same answer of many devices, once.</summary>
/// <param name="Devices">Who gave it, by name.</param>
/// <param name="Example">What they all said, or failed with.</param>
internal sealed record ResultGroup(IReadOnlyList<string> Devices, ResultLine Example);

/// <summary>Gathers outcomes by command and by what was said: "412 devices said this, 3 said that".</summary>
internal static class ResultGroups
{
    private const int MostNamed = 10;

    /// <summary>In the order of the commands, the most common answer of each first.</summary>
    public static IReadOnlyList<ResultGroup> Of(IEnumerable<ResultLine> results)
    {
        var groups = new Dictionary<(string Command, string Verdict, string? Kind, string Output), (int Step, ResultLine Example, List<string> Devices)>();
        foreach (var result in results)
        {
            // A fault's sentence names its device; its kind does not. Trailing blanks and line ends are no difference to anybody.
            var key = (result.Command, result.Verdict, result.FaultKind, Plain(result.Answer));
            if (!groups.TryGetValue(key, out var group))
                groups.Add(key, group = (result.Step, result, []));
            group.Devices.Add(result.Device);
        }

        return [.. groups.Values.OrderBy(group => group.Step).ThenBy(group => group.Example.Command, StringComparer.Ordinal).ThenByDescending(group => group.Devices.Count)
            .Select(group => new ResultGroup(group.Devices, group.Example))];
    }

    public static void Write(TextWriter to, IEnumerable<ResultGroup> groups)
    {
        foreach (var group in groups)
        {
            to.WriteLine($"=== {group.Example.Command} · {group.Devices.Count} {(group.Devices.Count == 1 ? "device" : "devices")} · {group.Example.Verdict}");
            to.WriteLine($"    {Names(group.Devices)}");
            if (group.Example.FaultText is { } fault)
                to.WriteLine($"!!! {group.Example.FaultKind}: {(group.Devices.Count == 1 ? "" : "for example: ")}{fault}");
            if (group.Example.Output.Length > 0)
                to.Write(group.Example.Output.EndsWith('\n') ? group.Example.Output : group.Example.Output + "\n");
        }
    }

    public static string Names(IReadOnlyList<string> devices) =>
        devices.Count <= MostNamed ? string.Join(", ", devices) : $"{string.Join(", ", devices.Take(MostNamed))} and {devices.Count - MostNamed} more";

    internal static string Plain(string output) => string.Join('\n', output.Split('\n').Select(line => line.TrimEnd())).TrimEnd('\n');
}
