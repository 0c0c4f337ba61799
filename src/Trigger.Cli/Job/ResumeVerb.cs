using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Cli.Run;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Node;
using Trigger.Sessions;

namespace Trigger.Cli.Job;

/// <summary><c>trigger job resume</c>: finishes a run whose engine died.</summary>
internal sealed class ResumeVerb
{
    private readonly Argument<string> run = JobVerb.Run();
    private readonly Option<string[]> inventory = new("--inventory", "-i") { Description = "The devices' files. Default: those that the run was started with.", HelpName = "FILE" };
    private readonly CredentialOptions credentials = new();
    private readonly EngineOptions engine = new();
    private readonly RecordOption recording = new();
    private readonly ViewOptions view = new();

    private readonly Option<string?> policy = new("--policy")
    {
        Description = "Which commands may be sent by whom to what, as for 'trigger run'; asked again, since it may have changed. Default: the usual places.", HelpName = "FILE",
    };

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new ResumeVerb();
        var resume = new Command("resume", "Finishes a run that was interrupted. Nothing on record is repeated; a changing command that may have been sent is left in doubt.")
        {
            verb.run, verb.inventory, verb.policy,
        };
        verb.view.AddTo(resume);
        verb.credentials.AddTo(resume);
        verb.engine.AddTo(resume);
        verb.recording.AddTo(resume);
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
        if (record is not null)
            Police(line, record, loaded?.Devices, catalog, mistakes);
        using var who = credentials.Book(line, loaded?.Devices, mistakes);
        using var ways = engine.Ways(line, loaded?.Devices.All, who?.First, mistakes);
        using var plan = view.Prepare(line, mistakes);
        var spec = record is null ? null : SpecOf(line, record);
        await using var recorder = recording.Open(line, who, spec?.Language ?? SessionLanguage.CommandLine, spec?.HideSecrets == true, mistakes);
        if (mistakes.Any || who is null)
            return mistakes.Say(Console.Error);

        await using var node = engine.Start(line, catalog, loginLimit, ways, Console.Error.WriteLine, recorder);
        var handle = node.Resume(new RunId(record!.Id), name => loaded?.Devices.Find(name), who, Environment.UserName);
        using var interrupts = new Interrupts(handle);
        return await view.Follow(line, handle, engine.State(line), plan);
    }

    // What may be sent was looked at when the run began; the rules of today count for what is left.
    private void Police(ParseResult line, RunRecord record, NetDevices? known, PlatformCatalog catalog, Mistakes mistakes)
    {
        using var records = RunRecords.Open(engine.State(line));
        if (known is null || records.SpecOf(record.Id) is not { } spec)
            return;

        var left = records.Unfinished(record.Id).ToDictionary(device => device.Name, device => device.Set, StringComparer.Ordinal);
        var devices = left.Keys.Select(known.Find).OfType<NetDevice>().ToList();
        GuardOptions.Look(
            line.GetValue(policy), RunLine.Of(spec, devices, device => left.GetValueOrDefault(device.Name), known.Find), spec.ReadOnly, known, Selections(mistakes), catalog, mistakes);
    }

    private static SelectionContext Selections(Mistakes mistakes)
    {
        var found = new List<string>();
        var context = (Places.Groups() is { } file ? SelectionContext.WithGroups(file, found) : new SelectionContext()) with
        {
            Internal = InternalNetworks.Read(Configured.Settings.Texts("internal-networks"), found),
        };
        mistakes.Add(found);
        return context;
    }

    private RunSpec? SpecOf(ParseResult line, RunRecord record)
    {
        using var records = RunRecords.Open(engine.State(line));
        return records.SpecOf(record.Id);
    }

    private RunRecord? Record(ParseResult line)
    {
        using var records = RunRecords.Open(engine.State(line));
        return records.Run(line.GetValue(run)!);
    }
}
