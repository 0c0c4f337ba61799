namespace Trigger.Jobs;

/// <summary>What a run tells its listener, always after it was written to the journal.</summary>
public abstract record RunNews
{
    /// <summary>The run is on record. <paramref name="Open"/> steps have no outcome yet.</summary>
    public sealed record Began(RunSpec Spec, IReadOnlyList<ChosenDevice> Devices, int Open) : RunNews;

    public sealed record StepEnded(ChosenDevice Device, int Step, string Command, StepOutcome Outcome) : RunNews
    {
        /// <summary>Which part of a change the step belongs to; null in other runs.</summary>
        public ChangePart? Part { get; init; }
    }

    /// <summary>What a change left a device with.</summary>
    public sealed record DeviceChanged(ChosenDevice Device, ChangeEnding Ending) : RunNews;

    /// <summary>All steps of a device have an outcome.</summary>
    public sealed record DeviceEnded(ChosenDevice Device) : RunNews;

    /// <summary>The run's course has changed, or it waits for something: a sentence for people.</summary>
    public sealed record Turned(RunStanding Standing, string Text) : RunNews;

    /// <summary>All steps of all devices have one. The last news.</summary>
    public sealed record Finished(int Accepted, int Refused, int Unknown) : RunNews
    {
        /// <summary>Why the run did not do all that it was asked to; null when it did.</summary>
        public string? StoppedBecause { get; init; }
    }

    /// <summary>Nothing was done, and why. The last news.</summary>
    public sealed record Declined(string Reason) : RunNews;

    /// <summary>The journal failed; what was not written is not known to anybody. The last news.</summary>
    public sealed record Broke(string Reason) : RunNews;

    private RunNews() { }
}
