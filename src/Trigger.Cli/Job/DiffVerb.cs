using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Cli.Netconf;
using Trigger.Cli.Output;
using Trigger.Node;
using Trigger.Sessions;

namespace Trigger.Cli.Job;

/// <summary><c>trigger job diff</c>: what devices answer now and did not answer then.</summary>
internal sealed class DiffVerb
{
    private readonly Option<StatePlace> state = StateOption.Create();
    private readonly Argument<string> before = new("before") { Description = "The earlier run's id, or the beginning of it.", HelpName = "RUN" };
    private readonly Argument<string> after = new("after") { Description = "The later run's.", HelpName = "RUN" };
    private readonly Option<string?> device = new("--device") { Description = "Only this device.", HelpName = "NAME" };

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new DiffVerb();
        var diff = new Command("diff", "Compares the answers of two runs, by device and command. Exit code: 0 no difference, 1 some.") { verb.before, verb.after, verb.device, verb.state };
        diff.SetAction(line => JobVerb.WithRun(
            line.GetValue(verb.state)!.Address, line.GetValue(verb.before)!, (_, first) => JobVerb.WithRun(
                line.GetValue(verb.state)!.Address, line.GetValue(verb.after)!, (records, second) => Compare(records, first, second, line.GetValue(verb.device)))));
        examples.Add(diff, "trigger job diff 20261120-0559-kqzf 20261121-0559-abcd\ntrigger job diff 20261120 20261121 --device core1");
        return diff;
    }

    private static int Compare(RunRecords records, RunRecord first, RunRecord second, string? only)
    {
        var then = Answers(records, first.Id, only);
        var (same, different) = (0, 0);
        foreach (var (key, now) in Answers(records, second.Id, only))
        {
            var old = then.Remove(key, out var found) ? found : null;
            if (old is not null && Said(old).SequenceEqual(Said(now)))
            {
                same++;
                continue;
            }

            different++;
            Console.WriteLine($"=== {now.Device} · {now.Command}{(old is null ? " · only in the later run" : "")}");
            foreach (var line in LineDiff.Of(old is null ? [] : Said(old), Said(now)))
                Console.WriteLine(line);
        }

        foreach (var gone in then.Values)
            Console.WriteLine($"=== {gone.Device} · {gone.Command} · only in the earlier run");
        Console.Error.WriteLine($"{same} answers are the same, {different} differ, {then.Count} are in the earlier run only");
        return different + then.Count == 0 ? ExitCode.AllWell : ExitCode.SomeFailed;
    }

    // The same command may stand in a run twice: the first is compared with the first.
    private static Dictionary<(string Device, string Command, int Time), OutcomeRecord> Answers(RunRecords records, string run, string? only)
    {
        var answers = new Dictionary<(string Device, string Command, int Time), OutcomeRecord>();
        foreach (var outcome in records.Outcomes(run).Where(outcome => only is null || string.Equals(outcome.Device, only, StringComparison.OrdinalIgnoreCase)))
        {
            var time = 0;
            while (!answers.TryAdd((outcome.Device, outcome.Command, time), outcome))
                time++;
        }

        return answers;
    }

    private static string[] Said(OutcomeRecord outcome) =>
        [.. outcome.FaultKind is { } fault ? [$"!!! {fault}"] : Array.Empty<string>(), .. ResultGroups.Plain(LogLines.Without(outcome.Output, outcome.Notes?.LogLines)) is { Length: > 0 } text ? text.Split('\n') : []];
}
