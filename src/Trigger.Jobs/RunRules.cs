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
        RunEvent.StepParked e => run with { Progress = run.Progress.SetItem(e.Device, run[e.Device] with { Question = e.Question }) },
        RunEvent.StepUnparked e => run with { Progress = run.Progress.SetItem(e.Device, run[e.Device] with { Question = null }) },
        RunEvent.PartDecided e => Decided(run, e),
        RunEvent.DeviceChanged e => Changed(run, e),
        RunEvent.RetryPlanned e => run with { Progress = run.Progress.SetItem(e.Device, run[e.Device] with { Retries = run[e.Device].Retries + 1, RetryAt = e.At }) },
        RunEvent.BatchJudged e when e.Batch != run.BatchesPassed => run,
        RunEvent.BatchJudged e => run with { BatchesPassed = run.BatchesPassed + 1, StoppedBecause = e.Unwell ?? run.StoppedBecause },
        RunEvent.Approved e => run with { ApprovedBy = e.By },
        RunEvent.Paused e => run with { PausedBy = e.By },
        RunEvent.Unpaused => run with { PausedBy = null },
        RunEvent.CancelRequested e => run with { CancelledBy = e.By },
        RunEvent.Resumed => run with { FinishedAt = null, CancelledBy = null, Lives = run.Lives + 1 },
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
            if (run.Spec?.Change is not null && !progress.Doubtful)
            {
                events.AddRange(ChangeCourse.Reckon(run, device));
            }
            else if (progress.Doubtful)
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

    /// <summary>Why a changing step must not be let go; null when it may be.</summary>
    internal static DeviceFault? WhyNot(RunState run, int device, int step)
    {
        if (run.Spec!.ReadOnly)
            return new DeviceFault.Forbidden(run.CommandOf(device, step), run.Devices[device].Platform);

        // A line of a configuration ("exit", once too often) has led out of it: at the ordinary prompt the next ones would mean something else.
        return run.Spec.Change is not null && run[device].InWorkMode && ChangeLines.PartOf(run, device, step).Part == ChangePart.Load
            ? new DeviceFault.Skipped("the device stands at its ordinary prompt, and not where configuration lines are typed")
            : null;
    }

    /// <summary>Outcomes for the steps of a device that will not be sent: the fault itself on the first, a reference to it on the rest.</summary>
    /// <param name="inWorkMode">False when the conversation goes on, and stands in another mode.</param>
    public static IEnumerable<RunEvent> Unsent(RunState run, int device, int from, DeviceFault fault, bool inWorkMode = true)
    {
        for (var step = from; step < run.StepsOf(device); step++)
        {
            yield return Outcome(device, step, StepVerdict.Refused, fault, inWorkMode: inWorkMode);
            if (fault is not DeviceFault.Skipped and not DeviceFault.Cancelled)
                fault = new DeviceFault.Skipped($"'{Quoted.Command(run.CommandOf(device, from))}' could not be sent ({fault.Kind})");
        }
    }

    public static RunEvent.StepEnded Outcome(int device, int step, StepVerdict verdict, DeviceFault? fault, string output = "", TimeSpan elapsed = default, bool inWorkMode = true, StepNotes? notes = null) =>
        new(device, step, new StepOutcome(verdict, fault?.Kind, fault?.Text, (long)elapsed.TotalMicroseconds, inWorkMode) { Output = output, Notes = notes });

    /// <summary>The same answer, and yet not what was wanted.</summary>
    internal static StepOutcome Failed(StepOutcome outcome, DeviceFault fault) => outcome with { Verdict = StepVerdict.Refused, FaultKind = fault.Kind, FaultText = fault.Text };

    private static RunState Chosen(RunState run, RunEvent.DevicesChosen e)
    {
        var batches = ImmutableDictionary.CreateBuilder<int, BatchProgress>();
        var steps = 0;
        foreach (var device in e.Devices)
        {
            var batch = batches.GetValueOrDefault(device.Batch);
            var own = run.Spec?.CommandsOf(device).Count ?? 0;
            batches[device.Batch] = batch with { Size = batch.Size + 1, Left = batch.Left + (own > 0 || run.Spec?.Change is not null ? 1 : 0) };
            steps += run.Spec?.Change is null ? own : 0; // A change's steps are decided later.
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
        var ends = run.Spec!.Change is null && after.Next == run.StepsOf(e.Device);
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

    private static RunState Decided(RunState run, RunEvent.PartDecided e)
    {
        var (progress, lines) = (run[e.Device], ChangeLines.Of(run, e.Device, e));
        var after = progress with { InWorkMode = e.Anew || progress.InWorkMode, Parts = progress.Parts.Add(new PartProgress(e.Part, progress.Lines.Length, lines.Count, run.Lives, e.Anew)), Lines = progress.Lines.AddRange(lines) };
        return run with { Progress = run.Progress.SetItem(e.Device, after), TotalSteps = run.TotalSteps + lines.Count };
    }

    private static RunState Changed(RunState run, RunEvent.DeviceChanged e)
    {
        var progress = run[e.Device];
        if (progress.Ending is not null)
            return run;

        var failsNow = !progress.Failed && !e.Ending.Well;
        return run with
        {
            Progress = run.Progress.SetItem(e.Device, progress with { Ending = e.Ending, Failed = progress.Failed || failsNow }),
            BatchProgress = Counted(run, e.Device, failsNow, ends: true),
            FailedDevices = run.FailedDevices + (failsNow ? 1 : 0),
            Changed = run.Changed + 1,
        };
    }

    private static ImmutableDictionary<int, BatchProgress> Counted(RunState run, int device, bool fails, bool ends)
    {
        var number = run.Devices[device].Batch;
        var batch = run.Batch(number);
        return run.BatchProgress.SetItem(number, batch with { Failed = batch.Failed + (fails ? 1 : 0), Left = batch.Left - (ends ? 1 : 0) });
    }
}
