using System.CommandLine;
using Trigger.Cli.Cluster;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Node;
using Trigger.Node.Api;
using Trigger.Sessions;
using Trigger.Sessions.Recording;

namespace Trigger.Cli.Run;

/// <summary><c>trigger run</c>.</summary>
internal sealed class RunVerb
{
    private readonly Argument<string[]> words = new("command") { Description = "A command; quote it. More may follow.", Arity = ArgumentArity.ZeroOrMore, HelpName = "COMMAND" };
    private readonly Option<string[]> commands = new("-c", "--command") { Description = "A command; repeat for more.", HelpName = "COMMAND" };
    private readonly Option<string[]> files = new("-f", "--file") { Description = "A file of commands, one a line; - is standard input.", HelpName = "FILE" };
    private readonly Option<string?> timeout = new("--timeout") { Description = "How long one command may take: 30, 90s, 5m. Default: the platform's own limit.", HelpName = "TIME" };
    private readonly Option<bool> stopOnError = new("--stop-on-error") { Arity = ArgumentArity.Zero, Description = "The first refused command on any device stops the run." };
    private readonly Option<bool> hideSecrets = new("--hide-secrets") { Arity = ArgumentArity.Zero, Description = "Mask passwords and keys in answers before they are shown or put on record." };
    private readonly Option<bool> netconf = new("--netconf")
    {
        Arity = ArgumentArity.Zero, Description = "The commands are NETCONF operations: get-config running, lock candidate, edit-config candidate change.xml, commit, or any as XML.",
    };

    private readonly Option<bool> dryRun = new("--dry-run") { Arity = ArgumentArity.Zero, Description = "Say what would be sent where, and send nothing." };
    private readonly GuardOptions guard = new();
    private readonly RecordOption record = new();
    private readonly StepOptions steps = new();
    private readonly RuleOptions rules = new();
    private readonly PaceOptions pace = new();
    private readonly InventoryOptions inventory = new();
    private readonly CredentialOptions credentials = new();
    private readonly EngineOptions engine = new();
    private readonly ViewOptions view = new();
    private readonly ClusterOptions cluster = new();
    private readonly ScheduleOptions schedule = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new RunVerb();
        var run = new Command("run", "Runs commands on devices. Exit code: 0 all well, 1 some device failed, 2 bad input, 3 in doubt.") { verb.words, verb.commands, verb.files };
        verb.inventory.AddTo(run);
        foreach (var option in new Option[] { verb.netconf, verb.timeout, verb.stopOnError, verb.hideSecrets, verb.dryRun })
            run.Add(option);
        verb.guard.AddTo(run);
        verb.record.AddTo(run);
        verb.pace.AddTo(run);
        verb.steps.AddTo(run);
        verb.rules.AddTo(run);
        verb.view.AddTo(run);
        verb.credentials.AddTo(run);
        verb.engine.AddTo(run);
        verb.cluster.AddTo(run);
        verb.schedule.AddTo(run);
        run.SetAction((line, _) => verb.Act(line));
        examples.Add(run, "trigger run --on 'vendor=cisco site=AMS' -c 'show version'\ntrigger run --on 'core*' -f changes.txt --parallel 10 --stop-on-error\ntrigger run --on 'site=AMS' -f changes.txt --canary 1 --batch 10% --rest 2m --check 'show ip bgp summary !~ Idle'\ntrigger run --on all -c 'show clock' --json | jq -r 'select(.ok|not).device'\ntrigger run --on 'site=AMS' --netconf -c 'lock candidate' -c 'edit-config candidate change.xml' -c commit -c 'unlock candidate'");
        return run;
    }

    private async Task<int> Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var later = schedule.Asked(line, mistakes);
        if (later || cluster.Asked(line))
            return await Elsewhere(line, later, mistakes);

        var catalog = engine.Platforms(line);
        var (parallel, authFailures) = pace.Read(line, mistakes);
        var limits = (Timeout: Numbers.Time("--timeout", line.GetValue(timeout) ?? Configured.Settings.Text("run.timeout"), mistakes),
            Login: engine.LoginLimit(line, mistakes));
        var (language, lines) = Lines(line, mistakes);
        var sources = inventory.Files(line, mistakes);
        var known = InventoryOptions.Load(sources, catalog, mistakes);
        var devices = inventory.Choose(line, known, mistakes);
        Consider(line, devices, lines, language, catalog, mistakes);
        var policy = rules.Read(line, known, known is null ? new SelectionContext() : inventory.Context(line, mistakes), TimeProvider.System.GetUtcNow(), mistakes);
        RuleOptions.ChecksOnlyRead(policy, known, devices, catalog, mistakes);
        var platforms = devices.Select(device => device.Platform).Distinct().Select(catalog.Get).ToArray();
        var (init, details, interval) = (steps.Init(line, platforms, mistakes), steps.Details(line, lines, language, platforms, mistakes), steps.Interval(line, mistakes));
        using var who = line.GetValue(dryRun) ? null : credentials.Book(line, known, mistakes);
        using var ways = line.GetValue(dryRun) ? null : engine.Ways(line, devices, who?.First, mistakes);
        using var plan = view.Prepare(line, mistakes);
        var spec = new RunSpec
        {
            Id = RunId.New(TimeProvider.System),
            Language = language,
            Commands = lines,
            Details = details,
            Init = init,
            Interval = interval,
            Park = steps.Park(line, mistakes),
            Selection = inventory.Selection(line) is { Length: > 0 } text ? text : "all",
            Inventory = sources,
            Parallel = parallel,
            Timeout = limits.Timeout,
            StopOnError = line.GetValue(stopOnError) || Configured.Settings.Flag("run.stop-on-error"),
            HideSecrets = line.GetValue(hideSecrets) || Configured.Settings.Flag("run.hide-secrets"),
            ReadOnly = guard.ReadOnly(line),
            AuthFailures = authFailures,
            Policy = policy,
            At = TimeProvider.System.GetUtcNow(),
            By = Environment.UserName,
        };
        guard.Look(line, RunLine.Of(spec, devices, null, known is null ? null : known.Find), spec.ReadOnly, known, inventory.Context(line, new Mistakes()), catalog, mistakes);
        await using var recorder = record.Open(line, who, language, spec.HideSecrets, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        if (line.GetValue(dryRun))
            return DryRun.Show(spec, RunPlan.Choose(policy, devices, rules.Windows), devices, catalog, line.GetValue(view.Json));

        return await Engine(line, catalog, limits.Login, spec, devices, known!, who!, ways, plan, recorder);
    }

    private (SessionLanguage Language, IReadOnlyList<string> Lines) Lines(ParseResult line, Mistakes mistakes)
    {
        foreach (var word in (line.GetValue(words) ?? []).Where(word => word.StartsWith('-')))
            mistakes.Add($"There is no option '{word}'. If it is a command for the devices, give it with -c '{word}'.");
        var language = line.GetValue(netconf) ? SessionLanguage.Netconf : SessionLanguage.CommandLine;
        var (given, read, input) = ((line.GetValue(words) ?? []).Concat(line.GetValue(commands) ?? []), line.GetValue(files) ?? [], Console.IsInputRedirected ? Console.In : null);
        return (language, language == SessionLanguage.Netconf ? NetconfLines.Gather(given, read, input, mistakes) : CommandLines.Gather(given, read, input, mistakes));
    }

    /// <summary>Lets a cluster do it, and shows it as if it were done here. The cluster knows the devices and who to be on them.</summary>
    private async Task<int> Elsewhere(ParseResult line, bool later, Mistakes mistakes)
    {
        var (language, lines) = Lines(line, mistakes);
        var (init, interval) = steps.Raw(line);
        var (parallel, authFailures) = pace.Read(line, mistakes);
        var order = new RunOrder
        {
            On = inventory.Selection(line) is { Length: > 0 } text ? text : null,
            Commands = ClusterOrder.Commands(lines, steps.Answers(line, mistakes)),
            Netconf = language == SessionLanguage.Netconf,
            Init = init,
            Interval = interval,
            Park = steps.Park(line),
            Parallel = parallel,
            AuthFailures = authFailures,
            Timeout = line.GetValue(timeout),
            StopOnError = line.GetValue(stopOnError),
            HideSecrets = line.GetValue(hideSecrets),
            AnyStatus = inventory.AnyStatus(line),
            ReadOnly = guard.ReadOnly(line),
            Rules = rules.Order(line, mistakes),
            DryRun = line.GetValue(dryRun),
        };
        guard.NotElsewhere(line, mistakes);
        var recordings = record.Elsewhere(line, later, mistakes);
        using var plan = view.Prepare(line, mistakes);
        using var at = cluster.Open(line, mistakes);
        if (mistakes.Any || at is null)
            return mistakes.Say(Console.Error);

        if (later)
            return await schedule.Add(line, at, order);

        return await ClusterOrder.Run(at, order, recordings, (run, news) => view.Follow(line, run, news, at.Address.ToString(), plan));
    }

    private async Task<int> Engine(ParseResult line, PlatformCatalog catalog, TimeSpan? loginLimit, RunSpec spec, IReadOnlyList<NetDevice> devices, NetDevices known, CredentialBook who, SshWays? ways, ViewPlan plan, SessionRecorder? recorder)
    {
        await using var node = engine.Start(line, catalog, loginLimit, ways, Console.Error.WriteLine, recorder);
        var run = node.Submit(spec, devices, who, rules.Windows, known.Find);
        using var interrupts = new Interrupts(run);
        return await view.Follow(line, run, engine.State(line), plan);
    }

    // To forget --on must not send a change to every device there is.
    private void Consider(ParseResult line, IReadOnlyList<NetDevice> devices, IReadOnlyList<string> lines, SessionLanguage language, PlatformCatalog catalog, Mistakes mistakes)
    {
        if (inventory.Selection(line).Length > 0 || devices.Count == 0)
            return;

        foreach (var platform in devices.Select(device => device.Platform).Distinct().Select(catalog.Get))
        {
            if (lines.FirstOrDefault(command => !CommandKind.Reads(language, platform, command)) is not { } change)
                continue;

            mistakes.Add($"'{Quoted.Command(change)}' may change something, and no devices were chosen. Say which with --on; --on all means every one.");
            return;
        }
    }
}
