using Trigger.Kernel.Actor;

namespace Trigger.Jobs;

/// <summary>A run's events for others: with what the journal's readers need, and as news for its listener.</summary>
internal static class RunTeller
{
    /// <summary>The event with what those need who keep lists and tables, and do not fold events.</summary>
    /// <param name="after">The run with the event counted.</param>
    public static RunEvent Explained(RunEvent happened, RunId id, RunState after) => (happened with { Run = id, Standing = RunCourse.Standing(after) }) switch
    {
        RunEvent.StepEnded e => e with { Place = new StepPlace(after.Devices[e.Device], after.CommandOf(e.Device, e.Step)) },
        RunEvent.DevicesChosen e => e with { Steps = after.TotalSteps },
        RunEvent.PartDecided e => e with { Steps = after.TotalSteps },
        var other => other,
    };

    /// <param name="after">The run as it was when the event was counted.</param>
    /// <param name="deviceDone">Whether nothing is left to do on the event's device.</param>
    public static void Tell(IActorRef listener, RunEvent written, RunState after, bool deviceDone, string? stoppedBecause)
    {
        switch (written)
        {
            case RunEvent.StepEnded ended:
                var device = after.Devices[ended.Device];
                var part = after.Spec!.Change is null ? (ChangePart?)null : ChangeLines.PartOf(after, ended.Device, ended.Step).Part;
                listener.Tell(new RunNews.StepEnded(device, ended.Step, after.CommandOf(ended.Device, ended.Step), ended.Outcome) { Part = part });
                if (deviceDone)
                    listener.Tell(new RunNews.DeviceEnded(device));
                break;

            case RunEvent.DeviceChanged changed:
                listener.Tell(new RunNews.DeviceChanged(after.Devices[changed.Device], changed.Ending));
                listener.Tell(new RunNews.DeviceEnded(after.Devices[changed.Device]));
                break;

            case RunEvent.Finished:
                listener.Tell(new RunNews.Finished(after.Accepted, after.Refused, after.Unknown) { StoppedBecause = stoppedBecause });
                break;

            default:
                if (RunNote.Of(written, after) is { } note)
                    listener.Tell(new RunNews.Turned(RunCourse.Standing(after), note));
                break;
        }
    }
}
