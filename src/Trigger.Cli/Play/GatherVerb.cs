using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Trigger.Cli.Input;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Jobs;
using Trigger.Jobs.Plays;
using Trigger.Node;
using Trigger.Sessions;

namespace Trigger.Cli.Play;

/// <summary><c>trigger gather</c>: the commandos that come with Trigger.</summary>
internal sealed class GatherVerb
{
    private readonly Argument<string> what = new("what") { Description = "clock (and how far it is from ours), version, or info (version, inventory, clock and configuration).", HelpName = "clock|version|info" };
    private readonly PaceOptions pace = new();
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line, one per device." };
    private readonly RecordOption record = new();
    private readonly GuardOptions guard = new();
    private readonly InventoryOptions inventory = new();
    private readonly CredentialOptions credentials = new();
    private readonly EngineOptions engine = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new GatherVerb();
        var gather = new Command("gather", "Asks devices for their clock, version or more, each in the words of its platform. It is a run like any other: see 'trigger job'.") { verb.what };
        verb.inventory.AddTo(gather);
        verb.pace.AddTo(gather);
        verb.guard.AddTo(gather);
        gather.Add(verb.json);
        verb.record.AddTo(gather);
        verb.credentials.AddTo(gather);
        verb.engine.AddTo(gather);
        gather.SetAction((line, _) => verb.Act(line));
        examples.Add(gather, "trigger gather clock --on site=AMS\ntrigger gather version --on all --json");
        return gather;
    }

    private async Task<int> Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var catalog = engine.Platforms(line);
        var login = engine.LoginLimit(line, mistakes);
        var (parallel, authFailures) = pace.Read(line, mistakes);
        if (line.GetValue(what) is not ("clock" or "version" or "info"))
            mistakes.Add($"'{line.GetValue(what)}' cannot be gathered; it is clock, version or info.");
        var sources = inventory.Files(line, mistakes);
        var known = InventoryOptions.Load(sources, catalog, mistakes);
        var devices = inventory.Choose(line, known, mistakes);
        var spec = new RunSpec
        {
            Id = RunId.New(TimeProvider.System), Commands = [], Selection = inventory.Selection(line) is { Length: > 0 } text ? text : "all", Inventory = sources, Parallel = parallel, AuthFailures = authFailures,
            ReadOnly = guard.ReadOnly(line), At = TimeProvider.System.GetUtcNow(), By = Environment.UserName,
        };
        using var who = credentials.Book(line, known, mistakes);
        using var ways = engine.Ways(line, devices, who?.First, mistakes);
        await using var recorder = record.Open(line, who, SessionLanguage.CommandLine, hidesSecrets: false, mistakes);
        var asked = line.GetValue(what) switch
        {
            "clock" => Prepare(new ShowClock(catalog, TimeProvider.System), Fields),
            "version" => Prepare(new ShowVersion(catalog), version => [new("version", version)]),
            _ => Prepare(new GatherInfo(catalog), info => [.. info]),
        };
        return await asked();

        Func<Task<int>> Prepare<T>(Commando<T> work, Func<T, IReadOnlyList<KeyValuePair<string, string>>> fields)
        {
            var answers = new CommandoAnswers<T>(work, devices);
            guard.Look(line, RunLine.Of(answers.Spec(spec), answers.Devices, answers.SetOf), spec.ReadOnly, known, inventory.Context(line, new Mistakes()), catalog, mistakes);
            return async () =>
            {
                if (mistakes.Any || who is null)
                    return mistakes.Say(Console.Error);

                await using var node = engine.Start(line, catalog, login, ways, Console.Error.WriteLine, recorder);
                return await Show(line, node, work, devices, who, spec, fields);
            };
        }
    }

    private async Task<int> Show<T>(
        ParseResult line, TriggerNode node, Commando<T> work, IReadOnlyList<NetDevice> devices, CredentialBook who, RunSpec spec, Func<T, IReadOnlyList<KeyValuePair<string, string>>> fields)
    {
        var report = await node.Execute(work, devices, who, spec);
        foreach (var device in devices)
        {
            var found = report.Results.TryGetValue(device.Name, out var result) ? fields(result) : [new("error", report.Errors[device.Name])];
            if (line.GetValue(json))
                WriteJson(device, found);
            else
                WriteText(device, found);
        }

        Console.Error.WriteLine($"run {report.Run}: {report.Results.Count} devices answered, {report.Errors.Count} did not");
        return report.Errors.Count == 0 ? ExitCode.AllWell : ExitCode.SomeFailed;
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Fields(ClockReading read) =>
    [
        new("time", read.Local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)),
        new("zone", read.Zone ?? ""),
        new("drift_s", read.Drift is { } drift ? drift.TotalSeconds.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture) : ""),
    ];

    private static void WriteText(NetDevice device, IReadOnlyList<KeyValuePair<string, string>> found)
    {
        if (found.All(field => !field.Value.Contains('\n', StringComparison.Ordinal)))
        {
            Console.WriteLine($"{device.Name}  {string.Join("  ", found.Where(field => field.Value.Length > 0).Select(field => field.Key == "time" ? field.Value : $"{field.Key} {field.Value}"))}");
            return;
        }

        foreach (var (name, value) in found)
            Console.WriteLine($"=== {device.Name} · {name}\n{value.TrimEnd()}");
    }

    private static void WriteJson(NetDevice device, IReadOnlyList<KeyValuePair<string, string>> found)
    {
        using var output = Console.OpenStandardOutput();
        using (var to = new Utf8JsonWriter(output))
        {
            to.WriteStartObject();
            to.WriteString("device", device.Name);
            foreach (var (name, value) in found)
                to.WriteString(name, value);
            to.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
