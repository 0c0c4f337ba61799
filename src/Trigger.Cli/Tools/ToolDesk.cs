using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Sessions;

namespace Trigger.Cli.Tools;

/// <summary>What <c>run_cmds</c> and <c>load_config</c> do alike: gather, show what would be sent, send it when told to, and print what came of it.</summary>
/// <param name="prepare">What is sent to one device of a platform for the texts that are meant for it; given whether the device wants a full commit; adds to the mistakes.</param>
internal sealed class ToolDesk(string name, ToolOptions options, Func<ParseResult, Platform, IReadOnlyList<ToolText>, bool, Mistakes, ToolWork> prepare)
{
    private readonly InventoryOptions inventory = new();
    private readonly CredentialOptions credentials = new();
    private readonly EngineOptions engine = new();
    private readonly RecordOption record = new();

    public void AddTo(Command command)
    {
        options.AddTo(command);
        inventory.AddTo(command);
        credentials.AddTo(command);
        engine.AddTo(command);
        record.AddTo(command);
        command.SetAction((line, _) => Act(line));
    }

    private async Task<int> Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var catalog = engine.Platforms(line);
        var (parallel, timeout, login) = (options.Parallel(line, mistakes), options.Timeout(line, mistakes), engine.LoginLimit(line, mistakes));
        var sources = inventory.Files(line, mistakes);
        var known = InventoryOptions.Load(sources, catalog, mistakes);
        var fullCommits = FullCommits.Read(known, inventory.Context(line, new Mistakes()), mistakes);
        var work = Work(line, options.Read(line, inventory, known, mistakes), catalog, fullCommits, mistakes);
        var lines = options.Pushes(line) ? work.SelectMany(part => RunLine.Of(part.Language, part.Commands, part.Devices)).ToArray() : [];
        GuardOptions.Look(null, lines, Configured.Settings.Flag("run.read-only"), known, inventory.Context(line, new Mistakes()), catalog, mistakes);
        using var who = options.Pushes(line) ? credentials.Book(line, known, mistakes) : null;
        using var ways = options.Pushes(line) ? engine.Ways(line, [.. work.SelectMany(part => part.Devices)], who?.First, mistakes) : null;
        await using var recorder = record.Open(line, who, SessionLanguage.CommandLine, hidesSecrets: false, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        Plan(line, work);
        if (!options.Pushes(line))
        {
            Console.WriteLine("*** Dry-run mode; Skipping command execution *** (--push sends it)");
            return ExitCode.AllWell;
        }

        var request = new ToolRequest
        {
            Catalog = catalog, Inventory = sources, Selection = $"{name} {string.Join(' ', work.SelectMany(part => part.Devices).Select(device => device.Name).Take(20))}", Timeout = timeout, LoginLimit = login,
            AuthFailures = int.Parse(Configured.Settings.Text("run.auth-failures")!, System.Globalization.CultureInfo.InvariantCulture),
        };
        var code = await new ToolEngine(engine).Send(line, request, work, parallel, who!, ways, recorder, answer => Print(line, answer));
        if (!options.IsQuiet(line))
            Console.WriteLine("Done.");
        return code;
    }

    private List<ToolWork> Work(ParseResult line, IReadOnlyList<(NetDevice Device, IReadOnlyList<ToolText> Texts)> read, PlatformCatalog catalog, IReadOnlySet<NetDevice> fullCommits, Mistakes mistakes)
    {
        if (mistakes.Any)
            return [];

        // What two devices of one platform are to be sent is prepared, and wrong, once.
        var works = read
            .GroupBy(pair => (pair.Device.Platform, Full: fullCommits.Contains(pair.Device), string.Join('\n', pair.Texts.Select(text => text.Place))))
            .Select(same => prepare(line, catalog.Get(same.Key.Platform), same.First().Texts, same.Key.Full, mistakes) with { Devices = [.. same.Select(pair => pair.Device)] })
            .ToList();
        if (works.Exists(work => work.Commands.Count == 0) && !mistakes.Any)
            mistakes.Add($"You must specify at least one command: -c TEXT, -C FILE or -p DIR{(works.Count > 1 ? $"; there is none for {works.First(work => work.Commands.Count == 0).Devices[0].Name}" : "")}.");
        return [.. works.GroupBy(work => (work.Language, string.Join('\n', work.Commands))).Select(same => same.First() with { Devices = [.. same.SelectMany(work => work.Devices)] })];
    }

    private void Plan(ParseResult line, List<ToolWork> work)
    {
        if (options.IsQuiet(line) || (options.Pushes(line) && !options.IsVerbose(line)))
            return;

        foreach (var part in work)
        {
            Console.WriteLine($"{part.Devices.Count} device{(part.Devices.Count == 1 ? "" : "s")}: {string.Join(", ", part.Devices.Select(device => device.Name))}");
            foreach (var command in part.Commands)
                Console.WriteLine($"    {command}");
        }
    }

    private void Print(ParseResult line, ToolAnswer answer)
    {
        if (!options.IsQuiet(line))
        {
            Console.WriteLine($"\n###\n# {answer.Device}\n###");
            var shortName = System.Net.IPAddress.TryParse(answer.Device, out _) ? answer.Device : answer.Device.Split('.')[0];
            foreach (var (command, outcome) in answer.Steps.Where(step => step.Outcome.Verdict == StepVerdict.Accepted || step.Outcome.Output.Length > 0))
                Console.WriteLine($"{shortName}# {command}{(outcome.Output.Length == 0 ? "" : "\n" + outcome.Output.TrimEnd())}");
        }

        if (!answer.IsWhole)
        {
            var (command, outcome) = answer.Steps.First(step => step.Outcome.Verdict != StepVerdict.Accepted);
            Console.Error.WriteLine($"{answer.Device} - Error: {(outcome.Verdict == StepVerdict.Unknown ? "in doubt: " : "")}{command}: {outcome.FaultText}");
        }
    }
}
