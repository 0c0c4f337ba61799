namespace Trigger.Jobs;

/// <summary>Whether a run goes on, waits or stops. Pure: a restart that has read the same events judges the same.</summary>
public static class RunCourse
{
    public static RunStanding Standing(RunState run) => run switch
    {
        { FinishedAt: not null } => RunStanding.Finished,
        { CancelledBy: not null } => RunStanding.Cancelling,
        { Spec.Policy.Approval: true, ApprovedBy: null } => RunStanding.AwaitingApproval,
        { PausedBy: not null } => RunStanding.Paused,
        _ => RunStanding.Running,
    };

    /// <summary>Why <paramref name="by"/> may not approve, as a sentence; null when they may.</summary>
    public static string? WhyNotApprove(RunState run, string by) => run switch
    {
        _ when run.Spec?.Policy?.Approval != true => $"Run {run.Spec?.Id} needs no approval.",
        { ApprovedBy: { } other } => $"Run {run.Spec!.Id} was approved by {other} already.",
        _ when by == run.Spec!.By => $"{by} asked for run {run.Spec.Id}; somebody else must approve it.",
        _ => null,
    };

    /// <summary>Whether every device of the batch that is under way has all its outcomes, and the batch waits for its verdict.</summary>
    public static bool BatchIsOver(RunState run) => Settles(run) && run.BatchesPassed < run.Batches && run.Batch(run.BatchesPassed).Left == 0;

    /// <summary>Whether nothing is left to do, but to say so.</summary>
    public static bool IsDone(RunState run) => run.IsOver() && (!Settles(run) || run.BatchesPassed >= run.Batches);

    /// <summary>Why the run must begin nothing further, as the end of the sentence "Not sent: …"; null while it may go on.</summary>
    public static string? WhyStop(RunState run, DateTimeOffset now)
    {
        var spec = run.Spec!;
        if (run.StoppedBecause is { } because)
            return because;
        if (spec.Policy?.Deadline is { } deadline && now >= deadline && !IsDone(run))
            return $"the run's deadline, {deadline.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, has passed";
        if (spec.StopOnError && run.Refused + run.Unknown > 0)
            return $"the run stops at the first error, and {FirstFailed(run)} had one";
        if (spec.Policy?.FailureLimit is not { } limit)
            return null;
        if (limit.IsPassedBy(run.FailedDevices, run.Devices.Count))
            return $"more than {limit} of {run.Devices.Count} devices may not fail, and {run.FailedDevices} have";

        // A percentage of the whole run would let a canary of one fail; so it counts in each batch as well, when that is over.
        return limit.Percent && BatchIsOver(run) && run.Batch(run.BatchesPassed) is var batch && limit.IsPassedBy(batch.Failed, batch.Size)
            ? $"more than {limit} may not fail, and {batch.Failed} of {batch.Size} devices have in {RunBatches.Name(spec.Policy, run.BatchesPassed, run.Batches)}"
            : null;
    }

    /// <summary>The devices of the batch that is under way in which nothing has failed.</summary>
    public static IEnumerable<int> WellInBatch(RunState run) =>
        Enumerable.Range(0, run.Devices.Count).Where(device => run.Devices[device].Batch == run.BatchesPassed && !run[device].Failed);

    private static bool Settles(RunState run) => run.Spec!.Policy?.Settles == true;

    private static string FirstFailed(RunState run) => run.Devices[run.Progress.Where(device => device.Value.Failed).Select(device => device.Key).DefaultIfEmpty(0).Min()].Name;
}
