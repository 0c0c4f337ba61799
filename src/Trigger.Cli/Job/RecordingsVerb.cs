using System.CommandLine;
using System.Text.Json;
using Trigger.Cli.Cluster;
using Trigger.Cli.Input;
using Trigger.Node;
using Trigger.Sessions.Recording;

namespace Trigger.Cli.Job;

/// <summary><c>trigger job recordings</c>: what nodes have recorded of a run's sessions.</summary>
internal sealed class RecordingsVerb
{
    private readonly Option<StatePlace> state = StateOption.Create();
    private readonly Argument<string> run = JobVerb.Run();
    private readonly Option<string?> folder = new("--to") { Description = "Write each session to DIR/DEVICE.N.dialogue.", HelpName = "DIR" };
    private readonly Option<string?> device = new("--device") { Description = "Only this device.", HelpName = "NAME" };
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new RecordingsVerb();
        var recordings = new Command("recordings", "Shows or fetches the sessions that a cluster has recorded for a run ('trigger run --cluster … --record DIR').") { verb.run, verb.folder, verb.device, verb.json, verb.state };
        recordings.SetAction(line => JobVerb.WithRun(line.GetValue(verb.state)!.Address, line.GetValue(verb.run)!, (records, record) => verb.Show(line, records, record)));
        examples.Add(recordings, "trigger job recordings 20261121-0559-kqzf --state postgres://trigger@db/trigger --to ./seen\ntrigger lab --replay ./seen/core1.1.dialogue --inventory lab.csv");
        return recordings;
    }

    private int Show(ParseResult line, RunRecords records, RunRecord found)
    {
        var recordings = records.Recordings(found.Id)
            .Where(recording => line.GetValue(device) is not { } name || string.Equals(recording.Device, name, StringComparison.OrdinalIgnoreCase)).ToList();
        if (line.GetValue(folder) is { } path)
            return Fetch(records, found.Id, recordings, path);

        foreach (var recording in recordings)
        {
            Console.WriteLine(line.GetValue(json)
                ? JsonSerializer.Serialize(recording, JsonSerializerOptions.Web)
                : $"{recording.Device}  {recording.At:yyyy-MM-dd HH:mm:ss}Z  {recording.Session}{(recording.Whole ? "" : "  (its end is missing)")}");
        }

        return ExitCode.AllWell;
    }

    private static int Fetch(RunRecords records, string run, List<RecordingRecord> recordings, string path)
    {
        try
        {
            var folder = new RecordingFolder(path);
            foreach (var recording in recordings)
                RecordingFile.Write(folder, recording, records.Recording(run, recording.Session) ?? "");
            Console.Error.WriteLine($"trigger: {recordings.Count} {(recordings.Count == 1 ? "session" : "sessions")} in {path}");
            return ExitCode.AllWell;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"trigger: --to {path}: {failure.Message}");
            return ExitCode.BadInput;
        }
    }
}
