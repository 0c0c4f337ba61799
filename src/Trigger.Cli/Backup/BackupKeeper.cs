using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Trigger.Backup;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Node;
using Trigger.Notify;
using Trigger.Sessions;

namespace Trigger.Cli.Backup;

/// <summary>
/// On a node with an archive (<c>backup.to</c>): keeps what the cluster's backups have fetched. A run is kept once it has finished, wherever it ran; which were kept is written beside the
/// archive, so that a node that was away catches up, and none is kept twice. Every such node has the whole.
/// </summary>
/// <param name="folder">The archive.</param>
/// <param name="devices">The inventory as it is now.</param>
/// <param name="tell">Hears of each backup, with what has changed.</param>
internal sealed class BackupKeeper(string folder, RunRecords records, Func<NetDevices> devices, PlatformCatalog catalog, Func<Notification, Task> tell, ILogger log, TimeProvider time)
{
    private const int MostRuns = 200;
    private const int MostRemembered = 2_000;

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly HashSet<string> seen = new(StringComparer.Ordinal);

    private string Ledger => Path.Combine(folder, ".git", "trigger-backup.kept");

    /// <summary>Looks now and then, until it is told to stop.</summary>
    public async Task Run(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(LookEvery, time, stop).ConfigureAwait(false);
                await Look().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    /// <summary>Keeps what has finished and was not kept yet. What fails is tried again at the next look.</summary>
    public async Task Look()
    {
        try
        {
            var kept = File.Exists(Ledger) ? [.. await File.ReadAllLinesAsync(Ledger).ConfigureAwait(false)] : new HashSet<string>(StringComparer.Ordinal);
            foreach (var run in records.Runs().Take(MostRuns).Where(run => run.State == "finished" && !kept.Contains(run.Id) && seen.Add(run.Id)).Reverse().ToList())
            {
                if (records.SpecOf(run.Id) is { Backup: not null } spec)
                    await Keep(run, spec).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is NodeException or BackupException or IOException or UnauthorizedAccessException)
        {
            log.LogWarning("What a backup has fetched could not be kept in {Folder}, and is tried again: {Reason}", folder, failure.Message);
            seen.Clear();
        }
    }

    private async Task Keep(RunRecord run, RunSpec spec)
    {
        using var archive = await ConfigArchive.Open(folder).ConfigureAwait(false);
        var (known, look) = (devices(), new List<(string Device, string Why)>());
        var heard = new HashSet<string>(StringComparer.Ordinal);
        foreach (var answers in ByDevice(records.Outcomes(run.Id)))
        {
            heard.Add(answers[0].Device);
            if (WhyNot(archive, known, spec, answers) is { } why)
                look.Add((answers[0].Device, why));
        }

        look.AddRange(records.ChosenOf(run.Id).Where(device => !heard.Contains(device.Name))
            .Select(device => (device.Name, $"nobody wrote down how {device.Platform} prints its configuration")));
        var changed = archive.Changes.Where(change => change.Kind != ConfigChangeKind.Same).ToList();
        var subject = $"backup {run.Id}: {changed.Count(change => change.Kind == ConfigChangeKind.Changed)} changed, {changed.Count(change => change.Kind == ConfigChangeKind.New)} new of "
            + $"{archive.Changes.Count + look.Count} devices{(look.Count > 0 ? $"; {look.Count} failed" : "")}";
        var commit = await archive.Commit(subject).ConfigureAwait(false);
        await Note(run.Id).ConfigureAwait(false);
        log.LogInformation("{Subject}; {Commit}", subject, commit is null ? "nothing to commit" : $"commit {commit}");
        await tell(new Notification(
            look.Count > 0 ? NotificationKind.Failed : NotificationKind.Finished, run.Id, run.By, run.Selection, run.Devices, (int)run.Accepted, (int)run.Refused, (int)run.Unknown,
            [.. look, .. changed.Select(change => (change.Device, change.Kind == ConfigChangeKind.New ? $"new, {change.Added} lines" : $"changed: +{change.Added} -{change.Removed}"))],
            time.GetUtcNow()) { Subject = subject }).ConfigureAwait(false);
    }

    private string? WhyNot(ConfigArchive archive, NetDevices known, RunSpec spec, List<OutcomeRecord> answers)
    {
        if (answers.Find(answer => answer.Verdict != "accepted") is { } bad)
            return $"{bad.FaultKind}: {bad.FaultText}";

        try
        {
            var (config, why) = KeptConfig.Of(catalog.Get(answers[0].Platform).Backup, [.. answers.Select(answer => LogLines.Without(answer.Output, answer.Notes?.LogLines))], withSecrets: false);
            if (config is null)
                return $"{why}; what was kept before stays";

            archive.Put(GroupOf(known, answers[0].Device, spec.Backup!), answers[0].Device, config);
            return null;
        }
        catch (Exception refusal) when (refusal is BackupException or RegexMatchTimeoutException)
        {
            return refusal.Message;
        }
    }

    private static string GroupOf(NetDevices known, string device, string field) =>
        field.Length == 0 ? "" : known.Find(device) is { } found && InventoryFields.ValueOf(found, field) is { Length: > 0 } group ? group : "none";

    private static IEnumerable<List<OutcomeRecord>> ByDevice(IEnumerable<OutcomeRecord> outcomes)
    {
        var answers = new List<OutcomeRecord>();
        foreach (var outcome in outcomes)
        {
            if (answers.Count > 0 && answers[0].Device != outcome.Device)
            {
                yield return answers;
                answers = [];
            }

            answers.Add(outcome);
        }

        if (answers.Count > 0)
            yield return answers;
    }

    private async Task Note(string run)
    {
        var all = File.Exists(Ledger) ? await File.ReadAllLinesAsync(Ledger).ConfigureAwait(false) : [];
        await File.WriteAllLinesAsync(Ledger, all.Append(run).TakeLast(MostRemembered)).ConfigureAwait(false);
    }
}
