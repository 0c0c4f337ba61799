using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>A run's turns in words, for whoever watches it.</summary>
public static class RunNote
{
    /// <summary>The sentence for an event that people want to hear of; null for the others.</summary>
    public static string? Of(RunEvent happened, RunState after) => happened switch
    {
        RunEvent.Paused e => $"paused by {e.By}; what was begun is finished. On with: trigger job unpause {after.Spec!.Id}",
        RunEvent.Unpaused e => $"goes on, says {e.By}",
        RunEvent.Approved e => $"approved by {e.By}",
        RunEvent.CancelRequested e => $"cancelled by {e.By}",
        RunEvent.StepParked e => $"{after.Devices[e.Device].Name}: '{Quoted.Command(after.CommandOf(e.Device, e.Step))}' waits at {Quoted.Text(e.Question)} until {Clock(e.Until)} for: "
            + $"trigger job answer {after.Spec!.Id} {after.Devices[e.Device].Name} ANSWER",
        RunEvent.StepUnparked { Given: { Aborted: true } given } e => $"{after.Devices[e.Device].Name}: {given.By} has taken the question back",
        RunEvent.StepUnparked { Given: { } given } e => $"{after.Devices[e.Device].Name}: {given.By} has answered{(given.Answer is { } said ? $" '{Quoted.Command(said)}'" : "")}",
        RunEvent.StepUnparked e => $"{after.Devices[e.Device].Name}: the question is over, and nobody has answered it",
        RunEvent.RetryPlanned e => $"{after.Devices[e.Device].Name} is tried again at {Clock(e.At)} ({e.FaultKind}, retry {after[e.Device].Retries} of {after.Spec!.Policy?.Retries})",
        RunEvent.DeviceChanged e => $"{after.Devices[e.Device].Name}: {e.Ending}",
        RunEvent.BatchJudged { Unwell: { } why } => $"stops: {why}",
        RunEvent.BatchJudged e when after.Batches > 1 =>
            $"{RunBatches.Name(after.Spec!.Policy, e.Batch, after.Batches)} is done: {after.Batch(e.Batch).Size} devices, {after.Batch(e.Batch).Failed} with faults",
        _ => null,
    };

    /// <summary>What a run waits for before it begins anything; null when nothing.</summary>
    public static string? OfWaiting(RunState run) => RunCourse.Standing(run) switch
    {
        RunStanding.AwaitingApproval => $"waits until somebody else than {run.Spec!.By} says: trigger job approve {run.Spec.Id}",
        RunStanding.Paused => $"is paused by {run.PausedBy}. On with: trigger job unpause {run.Spec!.Id}",
        _ => null,
    };

    public static string OfRest(RunState run, TimeSpan rest) =>
        $"{RunBatches.Name(run.Spec!.Policy, run.BatchesPassed, run.Batches)} has been sent; it settles for {rest.TotalSeconds:0.#} s";

    /// <summary>Why nobody is talked to though devices are left; null when that will be over in a moment.</summary>
    public static string? OfQueue(RunState run, DateTimeOffset until, DateTimeOffset now) =>
        until - now < TimeSpan.FromSeconds(10) ? null
        : run.Spec!.Policy?.Window is { } window && run.Windows.Count > 0 ? $"waits for the first {window.ToString().ToLowerInvariant()} window; the next device is begun at {Clock(until)}"
        : null;

    private static string Clock(DateTimeOffset at) => $"{at.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z";
}
