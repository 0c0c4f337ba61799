using System.Collections.Immutable;
using System.Diagnostics;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>All of a run's rules, without an actor, a clock or a wire.</summary>
public static class RunRules
{
    /// <summary>The state after an event. An event that says what is already known changes nothing, so a message delivered twice does no harm.</summary>
    public static RunState Apply(RunState run, RunEvent happened) => happened switch
    {
        RunEvent.Accepted e => run with { Spec = e.Spec },
        RunEvent.DevicesChosen e => Chosen(run, e),
        RunEvent.StepStarted e => run with { Progress = run.Progress.SetItem(e.Device, run[e.Device] with { Started = e.Step }) },
        RunEvent.StepEnded e => Ended(run, e),
        RunEvent.RetryPlanned e => run with { Progress = run.Progress.SetItem(e.Device, run[e.Device] with { Retries = run[e.Device].Retries + 1, RetryAt = e.At }) },
        RunEvent.BatchJudged e when e.Batch != run.BatchesPassed => run,
        RunEvent.BatchJudged e => run with { BatchesPassed = run.BatchesPassed + 1, StoppedBecause = e.Unwell ?? run.StoppedBecause },
        RunEvent.Approved e => run with { ApprovedBy = e.By },
        RunEvent.Paused e => run with { PausedBy = e.By },
        RunEvent.Unpaused => run with { PausedBy = null },
        RunEvent.CancelRequested e => run with { CancelledBy = e.By },
        RunEvent.Resumed => run with { FinishedAt = null, CancelledBy = null },
        RunEvent.Finished e => run with { FinishedAt = e.At },
        _ => throw new UnreachableException($"RunEvent is closed, yet got {happened}."),
    };

    /// <summary>
    /// What a restart must put on record before anything is sent: a changing step that was begun and not ended is in doubt, and what stood behind it is not sent. A device that was left
    /// inside a configuration mode is not entered again either, because the lines to come would mean something else at its ordinary prompt.
    /// </summary>
    public static IReadOnlyList<RunEvent> Reckon(RunState run)
    {
        var events = new List<RunEvent>();
        for (var device = 0; device < run.Devices.Count; device++)
        {
            var progress = run[device];
            if (progress.Doubtful)
            {
                var command = run.CommandOf(device, progress.Started);
                events.Add(Outcome(device, progress.Started, StepVerdict.Unknown, new DeviceFault.Interrupted(command)));
                events.AddRange(Unsent(run, device, progress.Started + 1, new DeviceFault.Skipped($"'{Quoted.Command(command)}' is in doubt")));
            }
            else if (!progress.InWorkMode && progress.Next < run.StepsOf(device))
            {
                events.AddRange(Unsent(
                    run, device, progress.Next, new DeviceFault.Skipped("the engine stopped while the device was in a configuration mode, and the session with it")));
            }
        }

        return events;
    }

    /// <summary>Outcomes for the steps of a device that will not be sent: the fault itself on the first, a reference to it on the rest.</summary>
    public static IEnumerable<RunEvent> Unsent(RunState run, int device, int from, DeviceFault fault)
    {
        for (var step = from; step < run.StepsOf(device); step++)
        {
            yield return Outcome(device, step, StepVerdict.Refused, fault);
            if (fault is not DeviceFault.Skipped and not DeviceFault.Cancelled)
                fault = new DeviceFault.Skipped($"'{Quoted.Command(run.CommandOf(device, from))}' could not be sent ({fault.Kind})");
        }
    }

    public static RunEvent.StepEnded Outcome(int device, int step, StepVerdict verdict, DeviceFault? fault, string output = "", TimeSpan elapsed = default, bool inWorkMode = true) =>
        new(device, step, new StepOutcome(verdict, fault?.Kind, fault?.Text, (long)elapsed.TotalMicroseconds, inWorkMode) { Output = output });

    private static RunState Chosen(RunState run, RunEvent.DevicesChosen e)
    {
        var batches = ImmutableDictionary.CreateBuilder<int, BatchProgress>();
        var steps = 0;
        foreach (var device in e.Devices)
        {
            var batch = batches.GetValueOrDefault(device.Batch);
            var own = run.Spec?.CommandsOf(device).Count ?? 0;
            batches[device.Batch] = batch with { Size = batch.Size + 1, Left = batch.Left + (own > 0 ? 1 : 0) };
            steps += own;
        }

        return run with { Devices = e.Devices, TotalSteps = steps, Windows = e.Windows ?? [], BatchProgress = batches.ToImmutable() };
    }

    private static RunState Ended(RunState run, RunEvent.StepEnded e)
    {
        var progress = run[e.Device];
        if (e.Step != progress.Next)
            return run;

        var failsNow = !progress.Failed && e.Outcome.Verdict != StepVerdict.Accepted;
        var after = progress with { Outcomes = progress.Outcomes.Add(e.Outcome.Verdict), InWorkMode = e.Outcome.InWorkMode, Failed = progress.Failed || failsNow };
        var ends = after.Next == run.StepsOf(e.Device);
        return run with
        {
            Progress = run.Progress.SetItem(e.Device, after),
            BatchProgress = failsNow || ends ? Counted(run, e.Device, failsNow, ends) : run.BatchProgress,
            FailedDevices = run.FailedDevices + (failsNow ? 1 : 0),
            Accepted = run.Accepted + (e.Outcome.Verdict == StepVerdict.Accepted ? 1 : 0),
            Refused = run.Refused + (e.Outcome.Verdict == StepVerdict.Refused ? 1 : 0),
            Unknown = run.Unknown + (e.Outcome.Verdict == StepVerdict.Unknown ? 1 : 0),
        };
    }

    private static ImmutableDictionary<int, BatchProgress> Counted(RunState run, int device, bool fails, bool ends)
    {
        var number = run.Devices[device].Batch;
        var batch = run.Batch(number);
        return run.BatchProgress.SetItem(number, batch with { Failed = batch.Failed + (fails ? 1 : 0), Left = batch.Left - (ends ? 1 : 0) });
    }
}
