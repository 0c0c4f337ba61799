using Trigger.Jobs;
using Trigger.Sessions;
using Trigger.Storage;

namespace Trigger.Node;

/// <summary>Joins the two rooms that do not know each other: a run's events, and the rows that are kept of them.</summary>
internal static class RunCodec
{
    public const string Accepted = "run-accepted";
    public const string DevicesChosen = "devices-chosen";
    public const string StepEnded = "step-ended";
    public const string StepParked = "step-parked";
    public const string StepUnparked = "step-unparked";
    public const string PartDecided = "part-decided";
    public const string Resumed = "run-resumed";
    public const string DeviceChanged = "device-changed";

    public static EventCodec Create() => new(
        happened => happened is RunEvent e
            ? Write(e)
            : throw new NotSupportedException($"The journal keeps run events only, not {happened.GetType()}."),
        (_, body) => RunEventJson.Read(body));

    private static StoredEvent Write(RunEvent happened) => new(NameOf(happened), RunEventJson.Write(happened), OutcomeOf(happened), ChangeOf(happened));

    private static string NameOf(RunEvent happened) => happened switch
    {
        RunEvent.Accepted => Accepted,
        RunEvent.DevicesChosen => DevicesChosen,
        RunEvent.StepStarted => "step-started",
        RunEvent.StepEnded => StepEnded,
        RunEvent.StepParked => StepParked,
        RunEvent.StepUnparked => StepUnparked,
        RunEvent.PartDecided => PartDecided,
        RunEvent.DeviceChanged => DeviceChanged,
        RunEvent.RetryPlanned => "retry-planned",
        RunEvent.BatchJudged => "batch-judged",
        RunEvent.Approved => "run-approved",
        RunEvent.Paused => "run-paused",
        RunEvent.Unpaused => "run-unpaused",
        RunEvent.CancelRequested => "cancel-requested",
        RunEvent.Resumed => Resumed,
        _ => "run-finished",
    };

    private static OutcomeRow? OutcomeOf(RunEvent happened) => happened is not RunEvent.StepEnded { Place: { } place } e ? null : new OutcomeRow
    {
        Run = e.Run.Value,
        Device = place.Device.Name,
        Step = e.Step,
        Platform = place.Device.Platform,
        Command = place.Command,
        Verdict = e.Outcome.Verdict switch { StepVerdict.Accepted => "accepted", StepVerdict.Refused => "refused", _ => "unknown" },
        FaultKind = e.Outcome.FaultKind,
        FaultText = e.Outcome.FaultText,
        ElapsedMicroseconds = e.Outcome.ElapsedMicroseconds,
        Output = e.Outcome.Output,
        Notes = e.Outcome.Notes is { } notes ? StepNotesJson.Write(notes) : null,
    };

    private static RunChange? ChangeOf(RunEvent happened) => happened switch
    {
        RunEvent.Accepted e => new RunChange(e.Run.Value) { New = new RunHeader(e.Spec.At, e.Spec.By, e.Spec.Selection, e.Spec.AllCommands, e.Spec.Inventory), State = Word(e.Standing) },
        RunEvent.DevicesChosen e => new RunChange(e.Run.Value) { Devices = e.Devices.Count, Steps = e.Steps },
        RunEvent.PartDecided e => new RunChange(e.Run.Value) { Steps = e.Steps },
        RunEvent.Finished e => new RunChange(e.Run.Value) { State = Word(RunStanding.Finished), FinishedAt = e.At },
        RunEvent.CancelRequested => new RunChange(happened.Run.Value) { State = Word(RunStanding.Cancelling) },
        RunEvent.Resumed or RunEvent.Approved or RunEvent.Paused or RunEvent.Unpaused => new RunChange(happened.Run.Value) { State = Word(happened.Standing) },
        _ => null,
    };

    private static string Word(RunStanding standing) => standing switch
    {
        RunStanding.AwaitingApproval => "awaiting approval",
        RunStanding.Paused => "paused",
        RunStanding.Cancelling => "cancelling",
        RunStanding.Finished => "finished",
        _ => "running",
    };
}
