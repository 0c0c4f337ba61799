using Trigger.Kernel.Actor;

namespace Trigger.Jobs;

/// <summary>Tells a run's listener what was written to the journal.</summary>
internal static class RunTeller
{
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
