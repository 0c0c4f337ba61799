using System.CommandLine;
using System.Text.Json;
using System.Text.RegularExpressions;
using Trigger.Cli.Input;
using Trigger.Node;

namespace Trigger.Cli.Job;

/// <summary><c>trigger job search</c>: looks through everything that devices ever answered.</summary>
internal sealed class SearchVerb
{
    private readonly Option<StatePlace> state = StateOption.Create();
    private readonly Argument<string> pattern = new("pattern") { Description = "A regular expression; it is looked for in each line.", HelpName = "REGEX" };
    private readonly Option<bool> ignoreCase = new("--ignore-case") { Arity = ArgumentArity.Zero, Description = "Capital letters are the same as small ones." };
    private readonly Option<string?> device = new("--device") { Description = "Only devices whose whole name fits this regular expression.", HelpName = "REGEX" };
    private readonly Option<string?> command = new("--command") { Description = "Only answers to commands in which this regular expression is found.", HelpName = "REGEX" };
    private readonly Option<bool> latest = new("--latest") { Arity = ArgumentArity.Zero, Description = "Only the newest answer of each device to each command." };
    private readonly Option<bool> json = new("--json") { Arity = ArgumentArity.Zero, Description = "One JSON object a line, one per line found." };

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new SearchVerb();
        var search = new Command("search", "Looks through all answers on record, the newest first. Exit code: 0 found, 1 nothing, 2 bad input.")
        {
            verb.pattern, verb.ignoreCase, verb.device, verb.command, verb.latest, verb.json, verb.state,
        };
        search.SetAction(verb.Act);
        examples.Add(search, "trigger job search 'serial number FOC1234'\ntrigger job search 'ip route .* 10\\.9\\.' --command '^show run' --latest\ntrigger job search 'err-disabled' --device 'core.*' --json");
        return search;
    }

    private int Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var wanted = Expression("REGEX", line.GetValue(pattern), line.GetValue(ignoreCase) ? RegexOptions.IgnoreCase : RegexOptions.None, mistakes);
        var named = Expression("--device", line.GetValue(device) is { } name ? $@"\A(?:{name})\z" : null, RegexOptions.IgnoreCase, mistakes);
        var asked = Expression("--command", line.GetValue(command), RegexOptions.None, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        using var records = RunRecords.Open(line.GetValue(state)!.Address);
        using var output = new BufferedStream(Console.OpenStandardOutput(), 64 * 1024);
        using var text = new StreamWriter(output);
        var seen = new HashSet<(string, string)>();
        var found = 0;
        foreach (var run in records.AllRuns())
        {
            foreach (var outcome in records.Outcomes(run.Id).Where(outcome => named?.IsMatch(outcome.Device) != false && asked?.IsMatch(outcome.Command) != false))
            {
                if (line.GetValue(latest) && !seen.Add((outcome.Device, outcome.Command)))
                    continue;
                foreach (var hit in outcome.Output.Split('\n').Where(one => wanted!.IsMatch(one)))
                {
                    found++;
                    if (line.GetValue(json))
                        WriteJson(text, run, outcome, hit.TrimEnd('\r'));
                    else
                        text.Write($"{run.Id}  {outcome.Device}  {outcome.Command}: {hit.TrimEnd('\r')}\n");
                }
            }
        }

        return found > 0 ? ExitCode.AllWell : ExitCode.SomeFailed;
    }

    private static Regex? Expression(string option, string? text, RegexOptions options, Mistakes mistakes)
    {
        if (text is null)
            return null;
        try
        {
            return new Regex(text, options | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            mistakes.Add($"{option} is no regular expression that can be searched for in linear time: {wrong.Message}");
            return null;
        }
    }

    private static void WriteJson(TextWriter to, RunRecord run, OutcomeRecord outcome, string hit) =>
        to.Write(JsonSerializer.Serialize(new Dictionary<string, string> { ["run"] = run.Id, ["at"] = $"{run.At:O}", ["device"] = outcome.Device, ["command"] = outcome.Command, ["line"] = hit }, Plain) + "\n");

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
