using Trigger.Devices;
using Trigger.Jobs;
using Trigger.Storage;

namespace Trigger.Node.Api;

/// <summary>A run that may be accepted: what, where, in which order.</summary>
/// <param name="Asked">A hash of who asked for what, in their own words; a time from now is the same words whenever it is said.</param>
internal sealed record RunDraft(RunSpec Spec, IReadOnlyList<NetDevice> Devices, RunEvent.DevicesChosen Chosen, string Asked)
{
    /// <summary>Every line that it would type.</summary>
    public IReadOnlyList<RunLine> Lines(Func<string, NetDevice?> find)
    {
        var sets = Chosen.Devices.Where(device => device.Set is not null).ToDictionary(device => device.Name, device => device.Set, StringComparer.Ordinal);
        return RunLine.Of(Spec, Devices, device => sets.GetValueOrDefault(device.Name), find);
    }

    /// <summary>The events with which it begins.</summary>
    public StoredEvent[] First(EventCodec codec, RunId run)
    {
        var spec = Spec with { Id = run };
        var accepted = RunRules.Apply(RunState.Empty, new RunEvent.Accepted(spec));
        var chosen = RunRules.Apply(accepted, Chosen);
        return
        [
            codec.Write(new RunEvent.Accepted(spec) { Run = run, Standing = RunCourse.Standing(accepted) }),
            codec.Write(Chosen with { Run = run, Standing = RunCourse.Standing(chosen), Steps = chosen.TotalSteps }),
        ];
    }
}
