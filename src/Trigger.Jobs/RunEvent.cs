using System.Text.Json.Serialization;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>What has happened to a run. The journal holds these, and a run's state is nothing but their fold (<see cref="RunRules.Apply"/>).</summary>
[JsonDerivedType(typeof(Accepted), "run-accepted")]
[JsonDerivedType(typeof(DevicesChosen), "devices-chosen")]
[JsonDerivedType(typeof(StepStarted), "step-started")]
[JsonDerivedType(typeof(StepEnded), "step-ended")]
[JsonDerivedType(typeof(StepParked), "step-parked")]
[JsonDerivedType(typeof(StepUnparked), "step-unparked")]
[JsonDerivedType(typeof(PartDecided), "part-decided")]
[JsonDerivedType(typeof(DeviceChanged), "device-changed")]
[JsonDerivedType(typeof(RetryPlanned), "retry-planned")]
[JsonDerivedType(typeof(BatchJudged), "batch-judged")]
[JsonDerivedType(typeof(Approved), "run-approved")]
[JsonDerivedType(typeof(Paused), "run-paused")]
[JsonDerivedType(typeof(Unpaused), "run-unpaused")]
[JsonDerivedType(typeof(CancelRequested), "cancel-requested")]
[JsonDerivedType(typeof(Resumed), "run-resumed")]
[JsonDerivedType(typeof(Finished), "run-finished")]
public abstract record RunEvent
{
    /// <summary>The run is on record; whoever asked may be told so.</summary>
    public sealed record Accepted(RunSpec Spec) : RunEvent;

    /// <summary>The devices, fixed for good: a restart uses the same list.</summary>
    public sealed record DevicesChosen(IReadOnlyList<ChosenDevice> Devices) : RunEvent
    {
        /// <summary>The bounce windows that <see cref="ChosenDevice.Window"/> counts; null when the run asks for none.</summary>
        public IReadOnlyList<RunWindow>? Windows { get; init; }

        /// <summary>Steps of all devices together, for whoever keeps a list of runs.</summary>
        [JsonIgnore]
        public int Steps { get; init; }
    }

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

    /// <summary>A step waits at a device's question for a person, until then.</summary>
    /// <param name="Device">Index into <see cref="DevicesChosen"/>.</param>
    public sealed record StepParked(int Device, int Step, string Question, DateTimeOffset Until) : RunEvent;

    /// <summary>That question is over.</summary>
    /// <param name="Device">Index into <see cref="DevicesChosen"/>.</param>
    /// <param name="Given">What a person said, without secrets; null when nobody did.</param>
    public sealed record StepUnparked(int Device, int Step, GivenAnswer? Given) : RunEvent;

    /// <summary>What comes next on a device of a run whose steps are decided as results come (<see cref="ChangeCourse"/>): the device has these steps more.</summary>
    /// <param name="Device">Index into <see cref="DevicesChosen"/>.</param>
    public sealed record PartDecided(int Device, ChangePart Part) : RunEvent
    {
        /// <summary>What is typed, where that was worked out from what the device said; null where the recipe tells.</summary>
        public IReadOnlyList<string>? Lines { get; init; }

        /// <summary>Whether it is for a new conversation, which begins where commands are typed.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Anew { get; init; }

        /// <summary>Steps of all devices together, for whoever keeps a list of runs.</summary>
        [JsonIgnore]
        public int Steps { get; init; }
    }

    /// <summary>Nothing more is decided for the device, and this is what it was left with.</summary>
    /// <param name="Device">Index into <see cref="DevicesChosen"/>.</param>
    public sealed record DeviceChanged(int Device, ChangeEnding Ending) : RunEvent;

    /// <summary>A device is tried again; its retries are counted across crashes.</summary>
    /// <param name="Device">Index into <see cref="DevicesChosen"/>.</param>
    /// <param name="At">Not before this moment.</param>
    /// <param name="FaultKind">Why, as a stable word.</param>
    public sealed record RetryPlanned(int Device, DateTimeOffset At, string FaultKind, string FaultText) : RunEvent;

    /// <summary>A batch is over, has settled and was checked. The next is begun only with this on record.</summary>
    /// <param name="Unwell">Why the run must not go on; null when it may.</param>
    public sealed record BatchJudged(int Batch, string? Unwell, DateTimeOffset At) : RunEvent;

    public sealed record Approved(string By, DateTimeOffset At) : RunEvent;

    /// <summary>Nothing further is begun until <see cref="Unpaused"/>; also not by a restart.</summary>
    public sealed record Paused(string By, DateTimeOffset At) : RunEvent;

    public sealed record Unpaused(string By, DateTimeOffset At) : RunEvent;

    public sealed record CancelRequested(string By) : RunEvent;

    public sealed record Resumed(DateTimeOffset At, string By) : RunEvent;

    public sealed record Finished(DateTimeOffset At) : RunEvent;

    private RunEvent() { }

    /// <summary>Whose event it is. The stream's name says so in the journal.</summary>
    [JsonIgnore]
    public RunId Run { get; init; }

    /// <summary>How the run stands after the event, for whoever keeps a list of runs.</summary>
    [JsonIgnore]
    public RunStanding Standing { get; init; }
}
