using System.CommandLine;
using Trigger.Cli.Input;
using Trigger.Node;

namespace Trigger.Cli.Job;

/// <summary><c>trigger job prune</c>: forgets old runs.</summary>
internal sealed class PruneVerb
{
    private readonly Option<StatePlace> state = StateOption.Create();
    private readonly Option<string?> olderThan = new("--older-than") { Description = "Only runs that began longer ago: 90d, 12w, 36h.", HelpName = "AGE" };
    private readonly Option<string?> keepSize = new("--keep-size") { Description = "The oldest finished runs go until all that is on record takes no more than this: 500MB, 10GB.", HelpName = "SIZE" };
    private readonly Option<string> keep = new("--keep") { Description = "The newest N runs stay, however old.", HelpName = "N", DefaultValueFactory = _ => "0" };
    private readonly Option<bool> dryRun = new("--dry-run") { Arity = ArgumentArity.Zero, Description = "Only say which." };

    public static Command Create(Dictionary<Command, string> examples)
    {
        var verb = new PruneVerb();
        var prune = new Command("prune", "Forgets finished runs and all their answers, for good. What is under way, interrupted or unfinished stays.") { verb.olderThan, verb.keepSize, verb.keep, verb.dryRun, verb.state };
        prune.SetAction(verb.Act);
        examples.Add(prune, "trigger job prune --older-than 90d --keep 100 --dry-run\ntrigger job prune --older-than 90d --keep 100\ntrigger job prune --keep-size 10GB");
        return prune;
    }

    private int Act(ParseResult line)
    {
        var mistakes = new Mistakes();
        var age = line.GetValue(olderThan) is { } old ? Retention.AgeOf(old) : null;
        if (line.GetValue(olderThan) is { } text && age is null)
            mistakes.Add($"--older-than is '{text}'; it must be an age such as 36h, 90d or 12w.");
        var size = line.GetValue(keepSize) is { } much ? Retention.SizeOf(much) : null;
        if (line.GetValue(keepSize) is { } wrong && size is null)
            mistakes.Add($"--keep-size is '{wrong}'; it must be a size such as 500MB or 10GB.");
        if (line.GetValue(olderThan) is null && line.GetValue(keepSize) is null)
            mistakes.Add("say which runs: --older-than AGE, --keep-size SIZE, or both.");
        var newest = Numbers.Whole("--keep", line.GetValue(keep)!, 0, int.MaxValue, mistakes);
        if (mistakes.Any)
            return mistakes.Say(Console.Error);

        using var records = RunRecords.Open(line.GetValue(state)!.Address);
        var gone = new Retention { Age = age, Size = size }.Due(records, TimeProvider.System.GetUtcNow(), newest);
        foreach (var run in gone)
            Console.WriteLine($"{run.Id}  {run.Devices} devices  {string.Join("; ", run.Commands)}");
        if (!line.GetValue(dryRun))
            records.Forget(gone);
        Console.Error.WriteLine($"{gone.Count} runs {(line.GetValue(dryRun) ? "would be" : "were")} forgotten");
        return ExitCode.AllWell;
    }
}
