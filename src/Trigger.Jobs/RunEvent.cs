using System.Text.Json.Serialization;

namespace Trigger.Jobs;

/// <summary>What has happened to a run. The journal holds these, and a run's state is nothing but their fold (<see cref="RunRules.Apply"/>).</summary>
[JsonDerivedType(typeof(Accepted), "run-accepted")]
[JsonDerivedType(typeof(DevicesChosen), "devices-chosen")]
[JsonDerivedType(typeof(StepStarted), "step-started")]
[JsonDerivedType(typeof(StepEnded), "step-ended")]
[JsonDerivedType(typeof(CancelRequested), "cancel-requested")]
[JsonDerivedType(typeof(Resumed), "run-resumed")]
[JsonDerivedType(typeof(Finished), "run-finished")]
public abstract record RunEvent
{
    /// <summary>The run is on record; whoever asked may be told so.</summary>
    public sealed record Accepted(RunSpec Spec) : RunEvent;

    /// <summary>The devices, fixed for good: a restart uses the same list.</summary>
    public sealed record DevicesChosen(IReadOnlyList<ChosenDevice> Devices) : RunEvent;

    /// <summary>Written before the first byte of a step that may not be repeated. Without a <see cref="StepEnded"/> behind it the step is in doubt.</summary>
    /// <param name="Device">Index into <see cref="DevicesChosen"/>.</param>
    public sealed record StepStarted(int Device, int Step) : RunEvent;

    /// <summary>The one outcome of a step.</summary>
    public sealed record StepEnded(int Device, int Step, StepOutcome Outcome) : RunEvent
    {
        /// <summary>The indices in words, for whoever keeps outcomes in a table.</summary>
        [JsonIgnore]
        public StepPlace? Place { get; init; }
    }

    public sealed record CancelRequested(string By) : RunEvent;

    public sealed record Resumed(DateTimeOffset At, string By) : RunEvent;

    public sealed record Finished(DateTimeOffset At) : RunEvent;

    private RunEvent() { }

    /// <summary>Whose event it is. The stream's name says so in the journal.</summary>
    [JsonIgnore]
    public RunId Run { get; init; }
}
