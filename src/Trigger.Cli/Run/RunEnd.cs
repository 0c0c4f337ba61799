using Trigger.Cli.Output;
using Trigger.Jobs;
using Trigger.Notify;

namespace Trigger.Cli.Run;

/// <summary>Gathers what listeners are told when a run is over.</summary>
internal sealed class RunEnd
{
    private readonly List<(string Device, string Why)> look = [];
    private readonly HashSet<string> named = new(StringComparer.OrdinalIgnoreCase);
    private RunNews.Began? began;

    public void Began(RunNews.Began news) => began = news;

    public void Ended(ResultLine result)
    {
        if (!result.Ok && named.Add(result.Device))
            look.Add((result.Device, $"{result.FaultKind}: {result.FaultText}"));
    }

    /// <summary>Null for a run that never began.</summary>
    public Notification? Tell(RunTally tally, string? stoppedBecause)
    {
        if (began is null)
            return null;
        if (stoppedBecause is not null)
            look.Insert(0, ("the run", stoppedBecause));
        var kind = tally.Unknown > 0 ? NotificationKind.InDoubt : tally.Refused > 0 || stoppedBecause is not null ? NotificationKind.Failed : NotificationKind.Finished;
        return new Notification(
            kind, began.Spec.Id.Value, began.Spec.By, began.Spec.Selection, began.Devices.Count, tally.Accepted, tally.Refused, tally.Unknown, look, TimeProvider.System.GetUtcNow());
    }
}
