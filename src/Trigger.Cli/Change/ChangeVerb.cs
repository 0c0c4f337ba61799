using System.CommandLine;
using Trigger.Cli.Cluster;
using Trigger.Cli.Input;
using Trigger.Cli.Run;
using Trigger.Jobs;
using Trigger.Node.Api;
using Trigger.Sessions;

namespace Trigger.Cli.Change;

/// <summary><c>trigger change</c>: configurations, looked at first, tried, verified, and taken back when that fails.</summary>
internal sealed class ChangeVerb
{
    private readonly ChangeTexts texts = new();
    private readonly ChangeOptions options = new();
    private readonly Option<string?> keep = new("--keep") { Description = "Write each device's configuration from before to DIR/device.conf. It is on record in any case.", HelpName = "DIR" };
    private readonly Option<string?> timeout = new("--timeout") { Description = "How long one command may take: 30, 90s, 5m. Default: the platform's own limit.", HelpName = "TIME" };
    private readonly Option<bool> hideSecrets = new("--hide-secrets") { Arity = ArgumentArity.Zero, Description = "Mask passwords and keys in answers before they are shown or put on record." };
    private readonly Option<bool> dryRun = new("--dry-run") { Arity = ArgumentArity.Zero, Description = "Say what would be typed where, and what if it fails; nothing is dialled." };
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line on standard output, one per device." };
    private readonly ClusterOptions cluster = new();
    private readonly RecordOption record = new();
    private readonly GuardOptions guard = new();
    private readonly RuleOptions rules = new();
    private readonly PaceOptions pace = new();
    private readonly InventoryOptions inventory = new();
    private readonly CredentialOptions credentials = new();
    private readonly EngineOptions engine = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new ChangeVerb();
        var change = new Command("change", "Changes configurations: copy, load, compare, commit, verify, and take back what fails. Exit code: 0 all well, 1 some device failed, 2 bad input, 3 in doubt.");
        verb.texts.AddTo(change);
        verb.inventory.AddTo(change);
        verb.options.AddTo(change);
        foreach (var option in new Option[] { verb.keep, verb.timeout, verb.hideSecrets, verb.dryRun, verb.json })
            change.Add(option);
        verb.record.AddTo(change);
        verb.cluster.AddTo(change);
        verb.guard.AddTo(change);
        verb.pace.AddTo(change);
        verb.rules.AddTo(change);
        verb.credentials.AddTo(change);
        verb.engine.AddTo(change);
        change.SetAction((line, _) => verb.Act(line));
        examples.Add(change, "trigger change --on 'vendor=juniper site=AMS' ntp.conf --diff\ntrigger change --on 'site=AMS' ntp.conf --confirm 5 --verify 'show ntp associations !~ INIT' --canary 1 --batch 10%\n"
            + "trigger change --from-dir ./configs --replace --confirm 10 --keep ./before\ntrigger change --on edge1 -c 'ntp server 192.0.2.1' --dry-run");
        return change;
    }

    private async Task<int> Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        if (cluster.Asked(line))
            return await Elsewhere(line, mistakes);

        var catalog = engine.Platforms(line);
        var (parallel, authFailures) = pace.Read(line, mistakes);
        var (login, limit) = (engine.LoginLimit(line, mistakes), Numbers.Time("--timeout", line.GetValue(timeout), mistakes));
        var sources = inventory.Files(line, mistakes);
        var known = InventoryOptions.Load(sources, catalog, mistakes);
        if (inventory.Selection(line).Length == 0)
            mistakes.Add("A change needs its devices named: --on SELECTION; --on all means every one.");
        var devices = inventory.Choose(line, known, mistakes);
        var (common, sets, setOf) = texts.Read(line, known, devices, mistakes);
        var hides = line.GetValue(hideSecrets) || Configured.Settings.Flag("run.hide-secrets");
        var id = RunId.New(TimeProvider.System);
        var plan = options.Read(line, id, mistakes.Any ? [] : devices, catalog, device => setOf?.Invoke(device) is { } own ? sets![own].Commands : common, hides, mistakes);
        var policy = rules.Read(line, known, known is null ? new() : inventory.Context(line, mistakes), TimeProvider.System.GetUtcNow(), mistakes);
        RuleOptions.ChecksOnlyRead(policy, known, devices, catalog, mistakes);
        var spec = new RunSpec
        {
            Id = id,
            Commands = common,
            Sets = sets,
            Change = plan,
            Selection = inventory.Selection(line),
            Inventory = sources,
            Parallel = parallel,
            Timeout = limit,
            HideSecrets = hides,
            ReadOnly = guard.ReadOnly(line),
            AuthFailures = authFailures,
            Policy = policy,
            At = TimeProvider.System.GetUtcNow(),
            By = Environment.UserName,
        };
        if (!mistakes.Any)
            guard.Look(line, RunLine.Of(spec, devices, setOf, known!.Find), spec.ReadOnly, known, inventory.Context(line, new Mistakes()), catalog, mistakes);
        using var who = line.GetValue(dryRun) ? null : credentials.Book(line, known, mistakes);
        using var ways = line.GetValue(dryRun) ? null : engine.Ways(line, devices, who?.First, mistakes);
        await using var recorder = record.Open(line, who, SessionLanguage.CommandLine, hides, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        if (line.GetValue(dryRun))
            return ChangeDryRun.Show(spec, RunPlan.Choose(policy, devices, rules.Windows, setOf), devices, catalog);

        await using var node = engine.Start(line, catalog, login, ways, Console.Error.WriteLine, recorder);
        var run = node.Submit(spec, devices, who!, rules.Windows, known!.Find, setOf);
        using var interrupts = new Interrupts(run);
        return await new ChangeFollower(id, line.GetValue(keep), line.GetValue(json)).Follow(run.News);
    }

    /// <summary>Lets a cluster do it, and shows it as if it were done here. The cluster knows the devices, how they are changed, and who to be on them.</summary>
    private async Task<int> Elsewhere(ParseResult line, Mistakes mistakes)
    {
        if (inventory.Selection(line).Length == 0)
            mistakes.Add("A change needs its devices named: --on SELECTION; --on all means every one.");
        var (common, own) = texts.Raw(line, mistakes);
        var (parallel, authFailures) = pace.Read(line, mistakes);
        var order = new RunOrder
        {
            On = inventory.Selection(line),
            Commands = ClusterOrder.Commands(common, []),
            Change = options.Order(line, own, mistakes),
            Parallel = parallel,
            AuthFailures = authFailures,
            Timeout = line.GetValue(timeout),
            HideSecrets = line.GetValue(hideSecrets) || Configured.Settings.Flag("run.hide-secrets"),
            AnyStatus = inventory.AnyStatus(line),
            ReadOnly = guard.ReadOnly(line),
            Rules = rules.Order(line, mistakes),
            DryRun = line.GetValue(dryRun),
        };
        guard.NotElsewhere(line, mistakes);
        var recordings = record.Elsewhere(line, later: false, mistakes);
        using var at = cluster.Open(line, mistakes);
        if (mistakes.Any || at is null)
            return mistakes.Say(Console.Error);
        return await ClusterOrder.Run(at, order, recordings, (run, news) => new ChangeFollower(run, line.GetValue(keep), line.GetValue(json), at.Address.ToString()).Follow(news));
    }
}
