using System.CommandLine;
using System.Globalization;
using Trigger.Cli.Input;
using Trigger.Node;

namespace Trigger.Cli.Job;

/// <summary><c>trigger job prune</c>: forgets old runs.</summary>
internal sealed class PruneVerb
{
    private readonly Option<StatePlace> state = StateOption.Create();
    private readonly Option<string> olderThan = new("--older-than") { Description = "Only runs that began longer ago: 90d, 12w, 36h.", HelpName = "AGE", Required = true };
    private readonly Option<string> keep = new("--keep") { Description = "The newest N runs stay, however old.", HelpName = "N", DefaultValueFactory = _ => "0" };
    private readonly Option<bool> dryRun = new("--dry-run") { Arity = ArgumentArity.Zero, Description = "Only say which." };

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new PruneVerb();
        var prune = new Command("prune", "Forgets finished runs and all their answers, for good. What is under way, interrupted or unfinished stays.") { verb.olderThan, verb.keep, verb.dryRun, verb.state };
        prune.SetAction(verb.Act);
        examples.Add(prune, "trigger job prune --older-than 90d --keep 100 --dry-run\ntrigger job prune --older-than 90d --keep 100");
        return prune;
    }

    /// <summary>"90d", "12w", "36h".</summary>
    internal static TimeSpan? Age(string text, Mistakes mistakes)
    {
        var hours = text.Length == 0 ? 0 : text[^1] switch { 'h' => 1, 'd' => 24, 'w' => 24 * 7, _ => 0 };
        if (hours > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 100_000)
            return TimeSpan.FromHours((double)hours * count);

        mistakes.Add($"--older-than is '{text}'; it must be an age such as 36h, 90d or 12w.");
        return null;
    }

    private int Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var age = Age(line.GetValue(olderThan)!, mistakes);
        var newest = Numbers.Whole("--keep", line.GetValue(keep)!, 0, int.MaxValue, mistakes);
        if (age is null || mistakes.Any)
            return mistakes.Say(Console.Error);

        using var records = RunRecords.Open(line.GetValue(state)!.Address);
        var old = records.Old(TimeProvider.System.GetUtcNow() - age.Value, newest);
        foreach (var run in old)
            Console.WriteLine($"{run.Id}  {run.Devices} devices  {string.Join("; ", run.Commands)}");
        if (!line.GetValue(dryRun))
            records.Forget(old);
        Console.Error.WriteLine($"{old.Count} runs {(line.GetValue(dryRun) ? "would be" : "were")} forgotten");
        return ExitCode.AllWell;
    }
}
