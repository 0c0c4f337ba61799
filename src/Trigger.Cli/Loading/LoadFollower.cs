using Trigger.Jobs;
using Trigger.Node;
using Trigger.Node.Acls;

namespace Trigger.Cli.Loading;

/// <summary>Follows a run to its end and writes into the queue what became of each device: an entry is done only when all that its device was sent was accepted.</summary>
internal sealed class LoadFollower(AclQueue queue, LoadReport report)
{
    private readonly Dictionary<string, (int Unknown, int Refused, string? Why)> devices = new(StringComparer.Ordinal);

    /// <returns>False when the end of the run is not known, and it wants to be resumed.</returns>
    public async Task<bool> Follow(RunHandle run, IReadOnlyList<AclLoad> loads)
    {
        var open = loads.GroupBy(load => load.Device, StringComparer.Ordinal).ToDictionary(same => same.Key, same => (IReadOnlyList<string>)[.. same.Select(load => load.Acl)], StringComparer.Ordinal);
        await foreach (var news in run.News)
        {
            switch (news)
            {
                case RunNews.StepEnded ended:
                    Count(ended);
                    break;

                case RunNews.DeviceEnded ended:
                    Close(run.Id, ended.Device.Name, open);
                    break;

                case RunNews.Turned turned:
                    report.Say($"trigger: {turned.Text}");
                    break;

                case RunNews.Finished finished:
                    foreach (var device in open.Keys.ToList())
                        Close(run.Id, device, open, finished.StoppedBecause ?? "nothing was begun");
                    return true;

                case RunNews.Declined declined:
                    // Of a run that another process has, it is that one's to say what became of it.
                    queue.Reckon();
                    foreach (var (device, acls) in open)
                        report.Ended(run.Id.Value, device, acls, AclLoadResult.Failed, declined.Reason);
                    return true;

                case RunNews.Broke broke:
                    Unknown(run.Id, open, broke.Reason);
                    return false;
            }
        }

        Unknown(run.Id, open, "the run ended without a word");
        return false;
    }

    /// <summary>Follows a run that goes on: of steps from before nothing is told again, so the journal says what became of each device.</summary>
    public async Task<bool> Resume(RunHandle run)
    {
        var over = false;
        await foreach (var news in run.News)
        {
            if (news is RunNews.Turned turned)
                report.Say($"trigger: {turned.Text}");
            else if (news is RunNews.Declined declined)
                report.Refused(run.Id.Value, declined.Reason);
            else if (news is RunNews.Broke broke)
                report.Refused(run.Id.Value, broke.Reason);
            over |= news is RunNews.Finished;
        }

        foreach (var device in queue.Settle(run.Id, over).GroupBy(pair => pair.Load.Device, StringComparer.Ordinal))
            report.Ended(run.Id.Value, device.Key, [.. device.Select(pair => pair.Load.Acl)], device.First().Result, device.First().Result == AclLoadResult.Loaded ? null : $"see trigger job results {run.Id}");
        return over;
    }

    private void Count(RunNews.StepEnded ended)
    {
        var known = devices.GetValueOrDefault(ended.Device.Name);
        var (unknown, refused) = (ended.Outcome.Verdict == StepVerdict.Unknown ? 1 : 0, ended.Outcome.Verdict == StepVerdict.Refused ? 1 : 0);
        devices[ended.Device.Name] = (known.Unknown + unknown, known.Refused + refused, known.Why ?? (unknown + refused > 0 ? $"{Trigger.Sessions.Quoted.Command(ended.Command)}: {ended.Outcome.FaultText}" : null));
    }

    private void Close(RunId run, string device, Dictionary<string, IReadOnlyList<string>> open, string? otherwise = null)
    {
        if (!open.Remove(device, out var acls))
            return;

        var (unknown, refused, why) = devices.GetValueOrDefault(device);
        var result = unknown > 0 ? AclLoadResult.InDoubt : refused > 0 || otherwise is not null ? AclLoadResult.Failed : AclLoadResult.Loaded;
        queue.End(run, device, result);
        report.Ended(run.Value, device, acls, result, why ?? otherwise);
    }

    private void Unknown(RunId run, Dictionary<string, IReadOnlyList<string>> open, string why)
    {
        foreach (var (device, acls) in open)
            report.Ended(run.Value, device, acls, AclLoadResult.InDoubt, $"{why} When the cause is gone: trigger acl load --resume {run}");
    }
}
