using Trigger.Devices;
using Trigger.Devices.Platforms;

namespace Trigger.Jobs;

/// <summary>Completes what somebody wants changed with how that is done on each platform.</summary>
public static class ChangePlanning
{
    // Names a device: longer lists are cut, because a hundred names tell no more than twenty.
    private const int MostNamed = 20;

    /// <summary>The plan with a recipe for every platform among the devices that has all that it asks for, and what the others lack, as sentences.</summary>
    /// <param name="plan">Without recipes.</param>
    /// <param name="linesOf">What is loaded on a device.</param>
    public static (ChangePlan Plan, IReadOnlyList<string> Lacks) Complete(
        ChangePlan plan, RunId id, IReadOnlyList<NetDevice> devices, PlatformCatalog catalog, Func<NetDevice, IReadOnlyList<string>> linesOf, bool hidesSecrets)
    {
        var (recipes, lacks) = (new Dictionary<string, ChangeRecipe>(StringComparer.Ordinal), new List<string>());
        foreach (var alike in devices.GroupBy(device => device.Platform))
        {
            var (platform, members) = (catalog.Get(alike.Key), alike.ToArray());
            var missing = ChangeRules.Mistakes(platform, plan, [.. members.SelectMany(linesOf).Distinct(StringComparer.Ordinal)], hidesSecrets).ToArray();
            lacks.AddRange(missing.Select(lack => $"{platform.Title}: {lack}: {Named(members)}."));
            if (missing.Length == 0)
                recipes.Add(platform.Id, ChangeRecipe.Of(platform, plan, $"trigger-{id}"));
        }

        return (plan with { Recipes = recipes }, lacks);
    }

    /// <summary>What is typed on a device that does not object, part by part.</summary>
    public static IReadOnlyList<(ChangePart Part, IReadOnlyList<string> Lines)> Course(RunSpec spec, ChosenDevice place)
    {
        var (plan, recipe) = (spec.Change!, spec.Change!.Recipes[place.Platform]);
        var verify = (plan.Verify ?? []).Select(check => recipe.ReadInside + check.Command + (check.Pattern.Length == 0 ? "" : $"   (must {(check.MustMatch ? "" : "not ")}show '{check.Pattern}')")).ToArray();
        ChangePart[] parts =
        [
            ChangePart.Copy, ChangePart.Mark, ChangePart.Schedule, ChangePart.Enter, ChangePart.Load,
            .. plan.DiffOnly ? [ChangePart.Compare, ChangePart.Abort]
                : recipe.Candidate ? [ChangePart.Compare, ChangePart.Commit]
                : (ChangePart[])[ChangePart.Commit, ChangePart.Look, ChangePart.Compare],
            .. plan.DiffOnly ? [] : (ChangePart[])[ChangePart.Verify, ChangePart.Confirm, ChangePart.Unschedule, ChangePart.Leave, ChangePart.Save, ChangePart.Tidy],
        ];
        return [.. parts.Select(part => (part, part switch { ChangePart.Load => spec.CommandsOf(place), ChangePart.Verify => verify, _ => recipe.Of(part) }))];
    }

    private static string Named(NetDevice[] devices) =>
        string.Join(", ", devices.Take(MostNamed).Select(device => device.Name)) + (devices.Length > MostNamed ? $" and {devices.Length - MostNamed} more" : "");
}
