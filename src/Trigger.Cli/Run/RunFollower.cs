using Trigger.Cli.Output;
using Trigger.Jobs;

namespace Trigger.Cli.Run;

/// <summary>Follows a run to its end: shows it, writes its results where they were wanted, and says how it went.</summary>
internal sealed class RunFollower(IRunView view, Stream? json, OutputFolder? folder, TextWriter errors, ViewPlan plan)
{
    private readonly ResultJson? lines = json is null ? null : new ResultJson(json);
    private readonly RunEnd end = new();

    public async Task<int> Follow(RunId run, IAsyncEnumerable<RunNews> told)
    {
        var tally = new RunTally { Run = run };
        await foreach (var news in told)
        {
            switch (news)
            {
                case RunNews.Began began:
                    end.Began(began);
                    view.Began(began);
                    break;

                case RunNews.StepEnded ended:
                    Ended(plan.Parse(LineOf(run, ended)), tally);
                    break;

                case RunNews.DeviceEnded ended:
                    tally.Pace.DeviceEnded();
                    view.DeviceDone(!tally.IsBad(ended.Device.Name), tally);
                    break;

                case RunNews.DeviceChanged changed:
                    view.Changed($"{changed.Device.Name}: {changed.Ending}");
                    break;

                case RunNews.Turned turned:
                    view.Turned(turned.Text);
                    break;

                case RunNews.Finished finished:
                    json?.Flush();
                    view.Finished(tally);
                    if (finished.StoppedBecause is { } why)
                        errors.WriteLine($"trigger: the run stopped: {why}");
                    await Tell(tally, finished.StoppedBecause);
                    return finished.StoppedBecause is null ? ExitCode.Of(finished.Refused, finished.Unknown) : ExitCode.Of(Math.Max(1, finished.Refused), finished.Unknown);

                case RunNews.Declined declined:
                    errors.WriteLine($"trigger: {declined.Reason}");
                    return ExitCode.BadInput;

                case RunNews.Broke broke:
                    errors.WriteLine($"trigger: {broke.Reason} When the cause is gone: trigger job resume {run}");
                    return ExitCode.InDoubt;
            }
        }

        errors.WriteLine($"trigger: the run ended without a word. Look with: trigger job show {run}");
        return ExitCode.InDoubt;
    }

    // The run is over and on record whether anybody can be told of it or not.
    private async Task Tell(RunTally tally, string? stoppedBecause)
    {
        if (!plan.Listeners.HasListeners || end.Tell(tally, stoppedBecause) is not { } notification)
            return;
        foreach (var failure in await plan.Listeners.Tell(notification))
            errors.WriteLine($"trigger: {failure}");
    }

    private void Ended(ResultLine result, RunTally tally)
    {
        tally.Count(result);
        end.Ended(result);
        folder?.Write(result);
        if (json is not null)
        {
            lines!.Write(result);
            json.Flush();
        }

        view.Ended(result);
    }

    private static ResultLine LineOf(RunId run, RunNews.StepEnded ended) => new()
    {
        Run = run.Value,
        Device = ended.Device.Name,
        Platform = ended.Device.Platform,
        Step = ended.Step,
        Command = ended.Command,
        Verdict = ended.Outcome.Verdict switch { StepVerdict.Accepted => "accepted", StepVerdict.Refused => "refused", _ => "unknown" },
        Output = ended.Outcome.Output,
        FaultKind = ended.Outcome.FaultKind,
        FaultText = ended.Outcome.FaultText,
        ElapsedMicroseconds = ended.Outcome.ElapsedMicroseconds,
        Notes = ended.Outcome.Notes,
    };
}
