using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Node;

namespace Trigger.Cli.Job;

/// <summary>What another process may ask of the one that runs a run: to stop, to pause, to go on, to begin.</summary>
internal static class AskVerbs
{
    public static Command Cancel(Dictionary<Command, string> examples) => Create(
        examples, "cancel", "Asks a running run to send nothing more; what was sent is waited for.",
        (record, by) => Gone(record), (records, run, by) => records.AskToCancel(run, by), "was asked to stop");

    public static Command Pause(Dictionary<Command, string> examples) => Create(
        examples, "pause", "Asks a running run to begin no further device; those begun are finished. It stays paused, also over a crash, until 'trigger job unpause'.",
        (record, by) => record.State == "paused" ? $"run {record.Id} is paused already." : Gone(record), (records, run, by) => records.AskToPause(run, by), "was asked to pause");

    public static Command Unpause(Dictionary<Command, string> examples) => Create(
        examples, "unpause", "Lets a paused run go on.",
        (record, by) => Over(record), (records, run, by) => records.AskToUnpause(run, by), "was asked to go on");

    public static Command Approve(Dictionary<Command, string> examples) => Create(
        examples, "approve", "Approves a run that was started with --approval. Whoever started it cannot.",
        (record, by) => record.By == by ? $"{by} asked for run {record.Id}; somebody else must approve it." : Over(record), (records, run, by) => records.AskToApprove(run, by), "was approved");

    private static string? Over(RunRecord record) => record.State == "finished" ? $"run {record.Id} is finished." : null;

    private static string? Gone(RunRecord record) => record.State is "finished" or "interrupted" ? $"run {record.Id} is {record.State}; nothing of it is being sent." : null;

    private static Command Create(
        Dictionary<Command, string> examples, string name, string description, Func<RunRecord, string, string?> whyNot, Action<RunRecords, string, string> ask, string done)
    {
        var (state, run) = (StateOption.Create(), JobVerb.Run());
        var verb = new Command(name, description) { run, state };
        verb.SetAction(line => JobVerb.WithRun(line.GetValue(state)!.Address, line.GetValue(run)!, (records, record) =>
        {
            if (whyNot(record, Environment.UserName) is { } why)
            {
                Console.Error.WriteLine($"trigger: {why}");
                return ExitCode.BadInput;
            }

            ask(records, record.Id, Environment.UserName);
            Console.WriteLine($"run {record.Id} {done}{(record.State == "interrupted" ? $"; it hears of it with: trigger job resume {record.Id}" : "")}");
            return ExitCode.AllWell;
        }));
        examples.Add(verb, $"trigger job {name} 20261121-0559-kqzf");
        return verb;
    }
}
