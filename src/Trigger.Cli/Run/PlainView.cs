using Trigger.Cli.Output;
using Trigger.Jobs;

namespace Trigger.Cli.Run;

/// <summary>For logs and pipes: one line per step and no drawing.</summary>
/// <param name="results">Where outputs go, or null when somebody else prints them (as JSON).</param>
/// <param name="progress">Where the story goes.</param>
internal sealed class PlainView(TextWriter? results, TextWriter progress, string state) : IRunView
{
    // Fewer devices need no word on the way.
    private const int WorthTelling = 100;

    private int devices;
    private int told;

    public void Began(RunNews.Began began)
    {
        devices = began.Devices.Count;
        progress.WriteLine($"run {began.Spec.Id}: {began.Devices.Count} devices, {began.Spec.AllCommands.Count} commands, {began.Open} steps to go");
    }

    public void Ended(ResultLine result)
    {
        if (results is null)
            progress.WriteLine(ResultText.Brief(result));
        else
            ResultText.Write(results, result);
    }

    public void DeviceDone(bool ok, RunTally tally)
    {
        if (devices < WorthTelling || tally.Pace.Devices * 10L / devices is var tenths && tenths == told)
            return;

        told = (int)tenths;
        progress.WriteLine($"run {tally.Run}: {tally.Pace.Devices}/{devices} devices, {tally.DevicesFailed} with faults{(tally.FaultsInShort is { Length: > 0 } kinds ? $" ({kinds})" : "")}; {tally.Pace.Short}");
    }

    public void Changed(string text) => progress.WriteLine($"== {text}");

    public void Turned(string text) => progress.WriteLine($"run {text}");

    public void Finished(RunTally tally)
    {
        results?.Flush();
        progress.WriteLine(
            $"run {tally.Run}: {tally.Devices} devices, {tally.DevicesFailed} with faults; steps: {tally.Accepted} accepted, {tally.Refused} refused, {tally.Unknown} unknown");
        progress.WriteLine($"run {tally.Run}: {tally.Pace.Whole}");
        foreach (var (kind, steps, devices) in tally.Faults)
            progress.WriteLine($"  {kind}: {steps} ({devices})");
        foreach (var (device, why) in tally.Look)
            progress.WriteLine($"  look at {device}: {why}");
        foreach (var line in Further.Lines(tally, state))
            progress.WriteLine(line);
    }
}
