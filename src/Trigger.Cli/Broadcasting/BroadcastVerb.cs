using System.CommandLine;
using Trigger.Cli.Cluster;
using Trigger.Cli.Input;
using Trigger.Cli.Output;
using Trigger.Jobs;
using Trigger.Sessions;

namespace Trigger.Cli.Broadcasting;

/// <summary><c>trigger broadcast</c>: a shell on many devices at once, which stay logged in between the lines.</summary>
internal sealed class BroadcastVerb
{
    private readonly InventoryOptions inventory = new();
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "Every answer as a JSON object, one a line; as 'trigger run --json'." };
    private readonly Option<bool> yes = new("--yes", "-y") { Arity = ArgumentArity.Zero, Description = "Send lines that may change something without a question. A script ends at such a line without this." };
    private readonly GuardOptions guard = new();
    private readonly CredentialOptions credentials = new();
    private readonly EngineOptions engine = new();
    private readonly RecordOption record = new();
    private readonly ClusterOptions cluster = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new BroadcastVerb();
        var broadcast = new Command("broadcast", "A prompt for many devices: each line goes to all, and equal answers are told once. Lines from standard input are a script.") { verb.json, verb.yes };
        verb.inventory.AddTo(broadcast);
        verb.guard.AddTo(broadcast);
        verb.credentials.AddTo(broadcast);
        verb.engine.AddTo(broadcast);
        verb.record.AddTo(broadcast);
        verb.cluster.AddTo(broadcast);
        broadcast.SetAction(verb.Act);
        examples.Add(broadcast, "trigger broadcast --on 'vendor=cisco site=AMS'\ntrigger broadcast --on all --cluster https://node1:9110\nprintf 'show version\\nshow clock\\n' | trigger broadcast --on all --json");
        return broadcast;
    }

    private async Task<int> Act(ParseResult line, CancellationToken cancel)
    {
        var mistakes = new Mistakes();
        var selection = inventory.Selection(line);
        if (selection.Length == 0)
            mistakes.Add("Say for which devices: --on SELECTION; --on all means every one.");
        if (cluster.Asked(line))
        {
            guard.NotElsewhere(line, mistakes);
            record.NotElsewhere(line, mistakes);
            using var at = cluster.Open(line, mistakes);
            if (mistakes.Any || at is null)
                return mistakes.Say(Console.Error);
            await using var far = await ClusterBroadcast.Open(at, selection, inventory.AnyStatus(line), cancel);
            return await Talk(line, far, cancel);
        }

        var catalog = engine.Platforms(line);
        var known = InventoryOptions.Load(inventory.Files(line, mistakes), catalog, mistakes);
        var devices = inventory.Choose(line, known, mistakes);
        var context = inventory.Context(line, new Mistakes());
        var limit = engine.LoginLimit(line, mistakes);
        using var who = mistakes.Any ? null : credentials.Book(line, known, mistakes);
        using var ways = mistakes.Any ? null : engine.Ways(line, devices, who?.First, mistakes);
        await using var recorder = record.Open(line, who, SessionLanguage.CommandLine, hidesSecrets: false, mistakes);
        if (mistakes.Any || who is null)
            return mistakes.Say(Console.Error);

        var node = engine.Start(line, catalog, limit, ways, Console.Error.WriteLine, recorder);
        await using var near = new LocalBroadcast(node, node.Broadcast(devices, who), selection, Denied);
        return await Talk(line, near, cancel);

        IReadOnlyList<string> Denied(IReadOnlyList<RunLine> lines)
        {
            var found = new Mistakes();
            guard.Look(line, lines, guard.ReadOnly(line), known, context, catalog, found);
            return found.All;
        }
    }

    private async Task<int> Talk(ParseResult line, IBroadcastCall call, CancellationToken cancel)
    {
        using var stdout = Console.OpenStandardOutput();
        using var lines = line.GetValue(json) ? new ResultJson(stdout) : null;
        var shell = new BroadcastShell(call, line.GetValue(yes), lines, Console.Out, Console.Error);
        return Console.IsInputRedirected ? await shell.Script(Console.In, cancel) : await shell.Talk(new LineEditor(), cancel);
    }
}
