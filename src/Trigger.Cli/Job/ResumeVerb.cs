using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Cli.Run;
using Trigger.Jobs;
using Trigger.Node;

namespace Trigger.Cli.Job;

/// <summary><c>trigger job resume</c>: finishes a run whose engine died.</summary>
internal sealed class ResumeVerb
{
    private readonly Argument<string> run = JobVerb.Run();
    private readonly Option<string[]> inventory = new("--inventory", "-i") { Description = "The devices' files. Default: those that the run was started with.", HelpName = "FILE" };
    private readonly CredentialOptions credentials = new();
    private readonly EngineOptions engine = new();
    private readonly ViewOptions view = new();

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new ResumeVerb();
        var resume = new Command("resume", "Finishes a run that was interrupted. Nothing on record is repeated; a changing command that may have been sent is left in doubt.")
        {
            verb.run, verb.inventory,
        };
        verb.view.AddTo(resume);
        verb.credentials.AddTo(resume);
        verb.engine.AddTo(resume);
        resume.SetAction((line, _) => verb.Act(line));
        examples.Add(resume, "trigger job resume 20261121-0559-kqzf");
        return resume;
    }

    private async Task<int> Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var catalog = engine.Platforms(line);
        var loginLimit = engine.LoginLimit(line, mistakes);
        var record = Record(line);
        if (record is null)
            mistakes.Add($"no run in {RunRecords.Shown(engine.State(line))} is called '{line.GetValue(run)}', or several begin so. See: trigger job list");

        var files = line.GetValue(inventory) is { Length: > 0 } named ? named : record?.Inventory ?? [];
        var loaded = files.Count == 0 ? null : Places.Reader().Load(files, catalog);
        mistakes.Add(loaded?.Mistakes ?? []);
        using var who = credentials.Book(line, loaded?.Devices, mistakes);
        using var ways = engine.Ways(line, loaded?.Devices.All, who?.First, mistakes);
        using var plan = view.Prepare(line, mistakes);
        if (mistakes.Any || who is null)
            return mistakes.Say(Console.Error);

        await using var node = engine.Start(line, catalog, loginLimit, ways, Console.Error.WriteLine);
        var handle = node.Resume(new RunId(record!.Id), name => loaded?.Devices.Find(name), who, Environment.UserName);
        using var interrupts = new Interrupts(handle);
        return await view.Follow(line, handle, engine.State(line), plan);
    }

    private RunRecord? Record(ParseResult line)
    {
        using var records = RunRecords.Open(engine.State(line));
        return records.Run(line.GetValue(run)!);
    }
}
