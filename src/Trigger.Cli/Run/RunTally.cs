using Trigger.Cli.Output;
using Trigger.Jobs;

namespace Trigger.Cli.Run;

/// <summary>What the summary counts.</summary>
internal sealed class RunTally
{
    private const int MostNamed = 10;

    private readonly Dictionary<string, (int Steps, List<string> Named, HashSet<string> Devices)> faults = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> look = new(StringComparer.Ordinal);
    private readonly HashSet<string> bad = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public RunId Run { get; set; }

    public RunPace Pace { get; init; } = new(TimeProvider.System);

    public int Accepted { get; private set; }
    public int Refused { get; private set; }
    public int Unknown { get; private set; }
    public int Devices => seen.Count;
    public int DevicesFailed => bad.Count;

    /// <summary>By kind, the most frequent first: how many steps on how many devices, and which, by name in order, as far as they are few.</summary>
    public IEnumerable<(string Kind, int Steps, string Devices)> Faults => faults.OrderByDescending(fault => fault.Value.Steps)
        .Select(fault => (fault.Key, fault.Value.Steps, Names(fault.Value.Named, fault.Value.Devices.Count)));

    /// <summary>The kinds of faults in a few words: what failed by itself, not what was not sent for it.</summary>
    public string FaultsInShort => string.Join(", ", faults.Where(fault => fault.Key is not ("skipped" or "cancelled")).OrderByDescending(fault => fault.Value.Devices.Count).Take(3)
        .Select(fault => $"{fault.Value.Devices.Count} {fault.Key}"));

    /// <summary>Who somebody should look at, and why: the first fault of each, doubt before all others.</summary>
    public IEnumerable<(string Device, string Why)> Look => look.OrderBy(one => one.Value.StartsWith("in doubt", StringComparison.Ordinal) ? 0 : 1).ThenBy(one => one.Key, StringComparer.Ordinal)
        .Take(MostNamed).Select(one => (one.Key, one.Value));

    public bool IsBad(string device) => bad.Contains(device);

    public void Count(ResultLine result)
    {
        seen.Add(result.Device);
        Pace.StepEnded(result.ElapsedMicroseconds);
        if (result.Ok)
        {
            Accepted++;
            return;
        }

        bad.Add(result.Device);
        if (result.Verdict == "unknown")
            Unknown++;
        else
            Refused++;
        var kind = result.FaultKind ?? "unknown";
        var (steps, named, devices) = faults.TryGetValue(kind, out var known) ? known : (0, [], []);
        if (devices.Add(result.Device) && named.Count < MostNamed)
            named.Add(result.Device);
        faults[kind] = (steps + 1, named, devices);
        var why = $"{(result.Verdict == "unknown" ? "in doubt: " : "")}{result.FaultText ?? kind}";
        if (result.Verdict == "unknown" || !look.ContainsKey(result.Device))
            look[result.Device] = why;
    }

    private static string Names(List<string> named, int all) =>
        string.Join(", ", named.Order(StringComparer.Ordinal)) + (all > named.Count ? $" and {all - named.Count} more" : "");
}
