using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Cli.Run;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Jobs;
using Trigger.Jobs.Plays;

namespace Trigger.Cli.Play;

/// <summary><c>trigger play</c>: a run that is written down in a file.</summary>
internal sealed class PlayVerb
{
    private static readonly string[] OwnWords = ["parallel", "timeout", "stop-on-error", "auth-failures", "read-only", "park"];

    private readonly Argument<string> file = new("playbook") { Description = "The file, in HOCON: name, on, steps, steps-of, init, interval, checks, rules, parallel, timeout, …", HelpName = "FILE" };
    private readonly Option<bool> dryRun = new("--dry-run") { Arity = ArgumentArity.Zero, Description = "Say what would be sent where, and send nothing." };
    private readonly Option<string?> parallel = new("--parallel") { Description = "How many devices at a time. Default: what the file says, else 100.", HelpName = "N" };
    private readonly GuardOptions guard = new();
    private readonly RecordOption record = new();
    private readonly RuleOptions rules = new();
    private readonly InventoryOptions inventory = new();
    private readonly CredentialOptions credentials = new();
    private readonly EngineOptions engine = new();
    private readonly ViewOptions view = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new PlayVerb();
        var play = new Command("play", "Runs a playbook: which devices, what each kind of them is sent and asked, and how carefully. What the command line says counts before the file.") { verb.file };
        verb.inventory.AddTo(play);
        play.Add(verb.parallel);
        play.Add(verb.dryRun);
        verb.guard.AddTo(play);
        verb.record.AddTo(play);
        verb.rules.AddTo(play);
        verb.view.AddTo(play);
        verb.credentials.AddTo(play);
        verb.engine.AddTo(play);
        play.SetAction((line, _) => verb.Act(line));
        examples.Add(play, "trigger play ntp.conf --dry-run\ntrigger play ntp.conf --on 'site=AMS' --canary 1\n"
            + "# ntp.conf:\n#   on = \"vendor=cisco\"\n#   steps = [ \"show clock\", { send = \"reload\", expect = \"confirm\", answer = \"n\" } ]\n#   steps-of { juniper = [ \"show system uptime\" ] }\n"
            + "#   rules { canary = 1, batch = \"10%\", rest = 2m }, checks = [ \"show alarms !~ MAJOR\" ]");
        return play;
    }

    private async Task<int> Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var catalog = engine.Platforms(line);
        var login = engine.LoginLimit(line, mistakes);
        var sources = inventory.Files(line, mistakes);
        var known = InventoryOptions.Load(sources, catalog, mistakes);
        var book = Book(line, mistakes);
        var devices = book is null ? [] : Choose(line, book, known, mistakes);
        var policy = rules.Read(line, known, known is null ? new SelectionContext() : inventory.Context(line, mistakes), TimeProvider.System.GetUtcNow(), mistakes, book);
        RuleOptions.ChecksOnlyRead(policy, known, devices, catalog, mistakes);
        var spec = book is null ? null : Spec(line, book, sources, policy, mistakes);
        StepOptions.Reading("init:", spec?.Init ?? [], devices.Select(device => device.Platform).Distinct().Select(catalog.Get), mistakes);
        if (spec is not null)
            guard.Look(line, RunLine.Of(spec, devices, book!.SetOf, known is null ? null : known.Find), spec.ReadOnly, known, inventory.Context(line, new Mistakes()), catalog, mistakes);
        using var who = line.GetValue(dryRun) ? null : credentials.Book(line, known, mistakes);
        using var ways = line.GetValue(dryRun) ? null : engine.Ways(line, devices, who?.First, mistakes);
        using var plan = view.Prepare(line, mistakes);
        await using var recorder = record.Open(line, who, spec?.Language ?? default, spec?.HideSecrets == true, mistakes);
        if (mistakes.Any || spec is null)
            return mistakes.Say(Console.Error);

        if (line.GetValue(dryRun))
            return DryRun.Show(spec, RunPlan.Choose(policy, devices, rules.Windows, book!.SetOf), devices, catalog, line.GetValue(view.Json));

        await using var node = engine.Start(line, catalog, login, ways, Console.Error.WriteLine, recorder);
        var run = node.Submit(spec, devices, who!, rules.Windows, known!.Find, book!.SetOf);
        using var interrupts = new Interrupts(run);
        return await view.Follow(line, run, engine.State(line), plan);
    }

    private Playbook? Book(ParseResult line, Mistakes mistakes)
    {
        var found = new List<string>();
        var path = line.GetValue(file)!;
        if (!File.Exists(path))
        {
            mistakes.Add($"{path}: there is no such playbook.");
            return null;
        }

        var book = Playbook.ReadFile(path, [.. OwnWords, .. rules.Words], found);
        mistakes.Add(found);
        return book;
    }

    private IReadOnlyList<NetDevice> Choose(ParseResult line, Playbook book, NetDevices? known, Mistakes mistakes)
    {
        // What the command line says narrows or replaces: a playbook for all of a vendor is often tried on one site first.
        if (inventory.Selection(line).Length > 0)
            return inventory.Choose(line, known, mistakes);
        if (book.On is { } on)
            return inventory.Choose(line, known, mistakes, on);

        mistakes.Add("The playbook does not say on which devices; say so with --on, or in the file: on = \"vendor=cisco\".");
        return [];
    }

    private RunSpec Spec(ParseResult line, Playbook book, IReadOnlyList<string> sources, RunPolicy? policy, Mistakes mistakes)
    {
        var words = book.Words;
        return new RunSpec
        {
            Id = RunId.New(TimeProvider.System),
            Commands = book.Steps.Commands,
            Details = book.Steps.Details,
            Sets = book.StepsOf.Count == 0 ? null : [.. book.StepsOf.Select(kind => kind.Value)],
            Init = book.Init.Count == 0 ? null : book.Init,
            Interval = book.Interval,
            Park = (words.GetValueOrDefault("park") ?? Configured.Settings.Text("run.park")) is { } park && park != "0" ? Numbers.Time("park", park, mistakes) : null,
            Selection = inventory.Selection(line) is { Length: > 0 } said ? said : book.On ?? "all",
            Inventory = sources,
            Parallel = Numbers.Whole("--parallel", line.GetValue(parallel) ?? words.GetValueOrDefault("parallel") ?? Configured.Settings.Text("run.parallel")!, 1, 100_000, mistakes),
            Timeout = Numbers.Time("timeout", words.GetValueOrDefault("timeout"), mistakes),
            StopOnError = words.GetValueOrDefault("stop-on-error") is "true" or "yes" or "on",
            AuthFailures = Numbers.Whole("auth-failures", words.GetValueOrDefault("auth-failures") ?? Configured.Settings.Text("run.auth-failures")!, 1, 1_000_000, mistakes),
            HideSecrets = Configured.Settings.Flag("run.hide-secrets"),
            ReadOnly = guard.ReadOnly(line) || words.GetValueOrDefault("read-only") is "true" or "yes" or "on",
            Policy = policy,
            At = TimeProvider.System.GetUtcNow(),
            By = Environment.UserName,
        };
    }
}
