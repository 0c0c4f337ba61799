using System.Text;
using System.Text.Json;
using Spectre.Console;
using Trigger.Cli.Output;
using Trigger.Node;

namespace Trigger.Cli.Job;

/// <summary>Runs on record, for people and for programs.</summary>
internal static class JobText
{
    public static ResultLine LineOf(OutcomeRecord outcome) => new()
    {
        Run = outcome.Run,
        Device = outcome.Device,
        Platform = outcome.Platform,
        Step = outcome.Step,
        Command = outcome.Command,
        Verdict = outcome.Verdict,
        Output = outcome.Output,
        FaultKind = outcome.FaultKind,
        FaultText = outcome.FaultText,
        ElapsedMicroseconds = outcome.ElapsedMicroseconds,
        Notes = outcome.Notes,
    };

    public static void WriteList(IReadOnlyList<RunRecord> runs)
    {
        if (!Screens.OutputIsTerminal)
        {
            foreach (var run in runs)
                Console.WriteLine($"{run.Id}  {run.State}  {run.Devices} devices  {run.Accepted} accepted, {run.Refused} refused, {run.Unknown} unknown, {run.Open} open  {Short(run)}");
            return;
        }

        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn(new TableColumn("run").NoWrap()).AddColumn("state").AddColumn(new TableColumn("devices").RightAligned()).AddColumn("ok/bad/?").AddColumn("commands");
        foreach (var run in runs)
            table.AddRow(run.Id, run.State, $"{run.Devices}", $"{run.Accepted}/{run.Refused}/{run.Unknown}", Markup.Escape(Short(run)));
        AnsiConsole.Write(table);
    }

    public static void WriteJson(IEnumerable<RunRecord> runs)
    {
        using var output = Console.OpenStandardOutput();
        foreach (var run in runs)
        {
            using (var json = new Utf8JsonWriter(output))
            {
                json.WriteStartObject();
                json.WriteString("run", run.Id);
                json.WriteString("state", run.State);
                json.WriteString("at", run.At);
                json.WriteString("by", run.By);
                json.WriteString("selection", run.Selection);
                json.WriteStartArray("commands");
                foreach (var command in run.Commands)
                    json.WriteStringValue(command);
                json.WriteEndArray();
                json.WriteNumber("devices", run.Devices);
                json.WriteNumber("accepted", run.Accepted);
                json.WriteNumber("refused", run.Refused);
                json.WriteNumber("unknown", run.Unknown);
                json.WriteNumber("open", run.Open);
                json.WriteEndObject();
            }

            output.WriteByte((byte)'\n');
        }
    }

    public static void WriteOne(RunRecord run, IEnumerable<(string Kind, long Outcomes, string Example)> faults, IEnumerable<string> endings)
    {
        var text = new StringBuilder()
            .AppendLine($"run        {run.Id}")
            .AppendLine($"state      {run.State}")
            .AppendLine($"started    {run.At:yyyy-MM-dd HH:mm:ss}Z by {run.By}");
        if (run.FinishedAt is { } finished)
            text.AppendLine($"finished   {finished:yyyy-MM-dd HH:mm:ss}Z");
        text.AppendLine($"selection  {run.Selection}").AppendLine($"devices    {run.Devices}");
        foreach (var command in run.Commands)
            text.AppendLine($"command    {command}");
        text.AppendLine($"steps      {run.Accepted} accepted, {run.Refused} refused, {run.Unknown} unknown, {run.Open} without an outcome");
        foreach (var (kind, outcomes, example) in faults)
            text.AppendLine($"fault      {kind}: {outcomes} (for example {example})");
        foreach (var ending in endings)
            text.AppendLine($"device     {ending}");
        if (run.State == "interrupted")
            text.AppendLine($"finish it  trigger job resume {run.Id}");
        Console.Write(text);
    }

    private static string Short(RunRecord run)
    {
        var text = string.Join("; ", run.Commands);
        return text.Length > 40 ? text[..39] + "…" : text;
    }
}
