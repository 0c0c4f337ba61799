using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Cli.Output;
using Trigger.Node;

namespace Trigger.Cli.Job;

/// <summary><c>trigger job results</c>: every answer of a run, as text, JSON, CSV, a page, or gathered by what is the same.</summary>
internal sealed class ResultsVerb
{
    private readonly Option<StatePlace> state = StateOption.Create();
    private readonly Argument<string> run = JobVerb.Run();
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line." };
    private readonly Option<bool> csv = new("--csv") { Arity = ArgumentArity.Zero, Description = "Comma-separated values with a header (RFC 4180)." };
    private readonly Option<bool> table = new("--table") { Arity = ArgumentArity.Zero, Description = "One table, a row for each answer; with --parse, the rows of the answers' own tables." };
    private readonly Option<bool> group = new("--group") { Arity = ArgumentArity.Zero, Description = "Each answer once, with the devices that gave it." };
    private readonly Option<string?> html = new("--html") { Description = "Write a report that a browser shows.", HelpName = "FILE" };
    private readonly Option<bool> failed = new("--failed") { Arity = ArgumentArity.Zero, Description = "Only what was not accepted." };
    private readonly Option<string?> device = new("--device") { Description = "Only this device.", HelpName = "NAME" };
    private readonly ParseOptions parse = new();
    private readonly Option<string?> folder = new("--out") { Description = "Write every answer to a file of its own under DIR.", HelpName = "DIR" };

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new ResultsVerb();
        var results = new Command("results", "Shows every answer of a run.") { verb.run, verb.json, verb.csv, verb.table, verb.group, verb.html, verb.failed, verb.device, verb.folder, verb.state };
        verb.parse.AddTo(results);
        results.SetAction(line => JobVerb.WithRun(line.GetValue(verb.state)!.Address, line.GetValue(verb.run)!, (records, record) => verb.Show(line, records, record)));
        examples.Add(results, "trigger job results 20261121-0559-kqzf --device core1\ntrigger job results 20261121-0559-kqzf --failed --json | jq .fault.kind\n"
            + "trigger job results 20261121-0559-kqzf --group\ntrigger job results 20261121-0559-kqzf --html report.html");
        return results;
    }

    private int Show(ParseResult line, RunRecords records, RunRecord record)
    {
        var mistakes = new Mistakes();
        var read = parse.Load(line, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);
        var found = records.Outcomes(record.Id)
            .Where(outcome => !line.GetValue(failed) || outcome.Verdict != "accepted")
            .Where(outcome => line.GetValue(device) is not { } name || string.Equals(outcome.Device, name, StringComparison.OrdinalIgnoreCase))
            .Select(outcome => read(JobText.LineOf(outcome)));
        if (line.GetValue(html) is { } file)
            ResultHtml.Write(file, $"{record.Id}: {string.Join("; ", record.Commands)}", $"{record.Selection}, {record.At:yyyy-MM-dd HH:mm}Z by {record.By}", ResultGroups.Of(found));
        else if (line.GetValue(group))
            ResultGroups.Write(Console.Out, ResultGroups.Of(found));
        else if (line.GetValue(csv))
            WriteCsv(line, found);
        else if (line.GetValue(table))
            WriteTable(found);
        else
            Print(line, found);
        return ExitCode.Of(record.Refused, record.Unknown);
    }

    private static void WriteTable(IEnumerable<ResultLine> found)
    {
        var rows = new ResultTable();
        foreach (var result in found)
            rows.Add(result);
        rows.Write(Console.Out);
    }

    private void WriteCsv(ParseResult line, IEnumerable<ResultLine> found)
    {
        if (parse.IsAsked(line))
            ResultCsv.WriteTables(Console.Out, found);
        else
            ResultCsv.Write(Console.Out, found);
    }

    private void Print(ParseResult line, IEnumerable<ResultLine> found)
    {
        using var output = new ResultPrinter(line.GetValue(json), line.GetValue(folder));
        foreach (var result in found)
            output.Print(result);
    }
}
