using Trigger.Devices;
using Trigger.Devices.Platforms;
using Trigger.Jobs;

namespace Trigger.Cli.Change;

/// <summary><c>--dry-run</c>: every line that would be typed where, in which order, and what would be typed if something went wrong. Nothing is dialled.</summary>
internal static class ChangeDryRun
{
    public static int Show(RunSpec spec, RunEvent.DevicesChosen plan, IReadOnlyList<NetDevice> devices, PlatformCatalog catalog)
    {
        var batches = plan.Devices.Count == 0 ? 0 : plan.Devices[^1].Batch + 1;
        for (var number = 0; number < devices.Count; number++)
        {
            var place = plan.Devices[number];
            if (batches > 1 && (number == 0 || plan.Devices[number - 1].Batch != place.Batch))
                Console.WriteLine($"-- {RunBatches.Name(spec.Policy, place.Batch, batches)}: {plan.Devices.Count(other => other.Batch == place.Batch)} devices");
            Console.WriteLine($"{place.Name}  {place.Platform}");
            var (recipe, platform) = (spec.Change!.Recipes[place.Platform], catalog.Get(place.Platform));
            foreach (var (part, lines) in ChangePlanning.Course(spec, place))
                Type(part, lines, platform);
            Otherwise(spec.Change, recipe, platform);
        }

        Console.WriteLine($"{devices.Count} devices; nothing was sent.");
        return ExitCode.AllWell;
    }

    private static void Otherwise(ChangePlan plan, ChangeRecipe recipe, Platform platform)
    {
        if (recipe.Candidate && !plan.DiffOnly)
        {
            Console.WriteLine("    if a line is refused, or nothing would change:");
            Type(ChangePart.Abort, recipe.Of(ChangePart.Abort), platform);
        }

        if (plan.DiffOnly || plan.Stays)
            return;

        Console.WriteLine(recipe.Candidate ? "    if it fails behind the commit:" : "    if it fails behind its first line:");
        if (recipe.UndoIsComputed)
            Console.WriteLine("      changes  undo       lines worked out from the configuration before and after");
        else if (recipe.Of(ChangePart.Undo).Count > 0)
            Type(ChangePart.Undo, recipe.Of(ChangePart.Undo), platform);
        else
            Console.WriteLine(plan.TrialMinutes is { } minutes ? $"      nothing: the device takes it back by itself, {minutes} minutes after the commit" : "      nothing: there is no way back");
    }

    private static void Type(ChangePart part, IReadOnlyList<string> lines, Platform platform)
    {
        foreach (var line in lines)
            Console.WriteLine($"      {(part == ChangePart.Verify || platform.MayRepeat(line) ? "reads  " : "changes")}  {part.ToString().ToLowerInvariant(),-10} {line}");
    }
}
