using Trigger.Cli.Output;
using Trigger.Jobs;

namespace Trigger.Cli.Run;

/// <summary>What the summary counts.</summary>
internal sealed class RunTally
{
    private readonly Dictionary<string, (int Steps, string Example)> faults = new(StringComparer.Ordinal);
    private readonly HashSet<string> bad = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    public RunId Run { get; set; }
    public int Accepted { get; private set; }
    public int Refused { get; private set; }
    public int Unknown { get; private set; }
    public int Devices => seen.Count;
    public int DevicesFailed => bad.Count;

    /// <summary>By kind: how many steps, and one device that had it.</summary>
    public IEnumerable<(string Kind, int Steps, string Example)> Faults =>
        faults.OrderByDescending(fault => fault.Value.Steps).Select(fault => (fault.Key, fault.Value.Steps, fault.Value.Example));

    public bool IsBad(string device) => bad.Contains(device);

    public void Count(ResultLine result)
    {
        seen.Add(result.Device);
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
        var (steps, example) = faults.GetValueOrDefault(kind, (0, result.Device));
        faults[kind] = (steps + 1, example);
    }
}
