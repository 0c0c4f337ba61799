using System.CommandLine;
using Trigger.Backup;
using Trigger.Cli.Cluster;
using Trigger.Cli.Input;
using Trigger.Cli.Run;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Node;
using Trigger.Node.Api;
using Trigger.Notify;

namespace Trigger.Cli.Backup;

/// <summary><c>trigger backup</c>: every device's configuration into a git repository.</summary>
internal sealed class BackupVerb
{
    private readonly Option<string?> to = new("--to") { Description = "The repository; made when there is none. Default: the settings' backup.to.", HelpName = "DIR" };
    private readonly Option<string?> groupBy = new("--group-by") { Description = "A field of the inventory whose value names the folder a device is kept in: site, vendor, …", HelpName = "FIELD" };
    private readonly Option<bool> withSecrets = new("--with-secrets") { Arity = ArgumentArity.Zero, Description = "Keep passwords and keys as the devices print them. Without it they are masked, in the journal, too." };
    private readonly Option<bool> push = new("--push") { Arity = ArgumentArity.Zero, Description = "Send the commit to the branch's remote repository." };
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line, one per device." };
    private readonly PaceOptions pace = new();
    private readonly InventoryOptions inventory = new();
    private readonly CredentialOptions credentials = new();
    private readonly EngineOptions engine = new();
    private readonly ClusterOptions cluster = new();
    private readonly ScheduleOptions schedule = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new BackupVerb();
        var backup = new Command("backup", "Keeps devices' configurations in a git repository. Exit code: 0 all well, 1 some device failed, 2 bad input.")
        {
            verb.to, verb.groupBy, verb.withSecrets, verb.push, verb.json,
        };
        verb.pace.AddTo(backup);
        verb.inventory.AddTo(backup);
        verb.credentials.AddTo(backup);
        verb.engine.AddTo(backup);
        verb.cluster.AddTo(backup);
        verb.schedule.AddTo(backup);
        backup.SetAction((line, _) => verb.Act(line));
        examples.Add(backup, "trigger backup --to ~/configs --group-by site\ntrigger backup --to /srv/configs --on 'vendor=cisco' --push\ngit -C ~/configs log --stat\n"
            + "trigger backup --cluster node1 --schedule nightly-backup --cron '30 2 * * *' --zone Europe/Berlin --group-by site");
        return backup;
    }

    private async Task<int> Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        if (schedule.Asked(line, mistakes) is var later && (later || cluster.Asked(line)))
            return await Elsewhere(line, later, mistakes);

        var catalog = engine.Platforms(line);
        var (many, refusals) = pace.Read(line, mistakes);
        var login = engine.LoginLimit(line, mistakes);
        var folder = line.GetValue(to) ?? Configured.Settings.Text("backup.to");
        if (string.IsNullOrEmpty(folder))
            mistakes.Add("where to? Name the repository with --to DIR, or for good as backup.to in the settings.");
        var sources = inventory.Files(line, mistakes);
        var known = InventoryOptions.Load(sources, catalog, mistakes);
        var devices = inventory.Choose(line, known, mistakes);
        using var who = credentials.Book(line, known, mistakes);
        using var ways = engine.Ways(line, devices, who?.First, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        try
        {
            using var archive = await ConfigArchive.Open(folder!);
            var field = line.GetValue(groupBy) ?? Configured.Settings.Text("backup.group-by") ?? "";
            var report = new BackupReport(line.GetValue(json), archive, device => field.Length == 0 ? "" : InventoryFields.ValueOf(device, field) is { Length: > 0 } group ? group : "none", line.GetValue(withSecrets));
            await using (var node = engine.Start(line, catalog, login, ways, Console.Error.WriteLine))
            {
                foreach (var alike in devices.GroupBy(device => string.Join('\n', catalog.Get(device.Platform).Backup.Commands), StringComparer.Ordinal))
                    await Fetch(node, Spec(line, alike.Key, sources, many, refusals), [.. alike], who!, catalog, report);
            }

            return await Keep(line, archive, report);
        }
        catch (BackupException failure)
        {
            Console.Error.WriteLine($"trigger: {failure.Message}");
            return ExitCode.SomeFailed;
        }
    }

    /// <summary>Lets a cluster fetch them, now or at certain times; its nodes that have an archive (backup.to) keep them there.</summary>
    private async Task<int> Elsewhere(ParseResult line, bool later, Mistakes mistakes)
    {
        if (line.GetValue(to) is not null || line.GetValue(push) || line.GetValue(withSecrets))
            mistakes.Add("--to, --push and --with-secrets are for a backup that is made here; a cluster keeps its own where its nodes' settings say (backup.to), with secrets masked.");
        var (many, refusals) = pace.Read(line, mistakes);
        using var at = cluster.Open(line, mistakes);
        if (mistakes.Any || at is null)
            return mistakes.Say(Console.Error);

        var order = new RunOrder
        {
            On = inventory.Selection(line) is { Length: > 0 } text ? text : null,
            AnyStatus = inventory.AnyStatus(line),
            Backup = line.GetValue(groupBy) ?? Configured.Settings.Text("backup.group-by") ?? "",
            Parallel = many,
            AuthFailures = refusals,
        };
        if (later)
            return await schedule.Add(line, at, order);

        using var plan = new ViewPlan(result => result, new NotificationDesk([], TimeProvider.System));
        return await ClusterOrder.Run(at, order, null, (run, news) => new RunFollower(new PlainView(null, Console.Error, at.Address.ToString()), null, null, Console.Error, plan).Follow(run, news));
    }

    private RunSpec Spec(ParseResult line, string commands, IReadOnlyList<string> sources, int many, int refusals) => new()
    {
        Id = RunId.New(TimeProvider.System),
        Commands = commands.Split('\n'),
        Selection = inventory.Selection(line) is { Length: > 0 } text ? text : "all",
        Inventory = sources,
        Parallel = many,
        AuthFailures = refusals,
        HideSecrets = !line.GetValue(withSecrets),
        At = TimeProvider.System.GetUtcNow(),
        By = Environment.UserName,
    };

    // A device's answers are kept until its last, then written and let go: ten thousand configurations do not fit into memory at once.
    private static async Task Fetch(TriggerNode node, RunSpec spec, IReadOnlyList<NetDevice> devices, CredentialBook who, PlatformCatalog catalog, BackupReport report)
    {
        var byName = devices.ToDictionary(device => device.Name, StringComparer.OrdinalIgnoreCase);
        if (spec.Commands is [""])
        {
            foreach (var device in devices)
                report.Failed(device.Name, "unknown_command", $"nobody wrote down how {device.Platform} prints its configuration; say so in hocon/platforms: {device.Platform}.backup.commands = [\"…\"]");
            return;
        }

        var run = node.Submit(spec, devices, who);
        using var interrupts = new Interrupts(run);
        var answers = new Dictionary<string, List<StepOutcome>>(StringComparer.OrdinalIgnoreCase);
        await foreach (var news in run.News)
        {
            switch (news)
            {
                case RunNews.StepEnded ended when answers.TryGetValue(ended.Device.Name, out var sofar):
                    sofar.Add(ended.Outcome);
                    break;
                case RunNews.StepEnded ended:
                    answers.Add(ended.Device.Name, [ended.Outcome]);
                    break;
                case RunNews.DeviceEnded ended when answers.Remove(ended.Device.Name, out var all):
                    report.Ended(byName[ended.Device.Name], catalog.Get(ended.Device.Platform).Backup, all);
                    break;
                case RunNews.Declined declined:
                    throw new BackupException(declined.Reason);
                case RunNews.Broke broke:
                    throw new BackupException(broke.Reason);
            }
        }
    }

    private async Task<int> Keep(ParseResult line, ConfigArchive archive, BackupReport report)
    {
        var commit = await archive.Commit(report.Subject);
        if (commit is not null && line.GetValue(push))
            await archive.Push();
        report.Close(commit);
        return report.Failures == 0 ? ExitCode.AllWell : ExitCode.SomeFailed;
    }
}
