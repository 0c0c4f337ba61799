using Trigger.Devices;
using Trigger.Sessions;

namespace Trigger.Jobs;

/// <summary>What is typed for each part of a change.</summary>
public static class ChangeLines
{
    /// <summary>The lines of a part. Pure: whoever reads the same events gets the same lines.</summary>
    public static IReadOnlyList<string> Of(RunState run, int device, RunEvent.PartDecided decided)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(decided);
        var (plan, place) = (run.Spec!.Change!, run.Devices[device]);
        return decided.Lines ?? decided.Part switch
        {
            ChangePart.Load => run.Spec.CommandsOf(place),
            ChangePart.Verify => [.. (plan.Verify ?? []).Select(check => decided.Anew || run[device].InWorkMode ? check.Command : plan.Recipes[place.Platform].ReadInside + check.Command)],
            var part => plan.Recipes[place.Platform].Of(part),
        };
    }

    /// <summary>Every line that a change may type on its devices, but for those that are worked out from what they say.</summary>
    internal static IReadOnlyList<RunLine> All(RunSpec spec, IReadOnlyList<NetDevice> devices, Func<NetDevice, int?>? setOf, Func<string, NetDevice?>? find)
    {
        var (plan, lines) = (spec.Change!, new List<RunLine>());
        foreach (var alike in devices.GroupBy(device => (device.Platform, Set: setOf?.Invoke(device))))
        {
            var (members, recipe) = (alike.ToArray(), plan.Recipes[alike.Key.Platform]);
            var place = new ChosenDevice(members[0].Name, alike.Key.Platform) { Set = alike.Key.Set };
            var typed = recipe.Lines.SelectMany(part => part.Value).Concat(spec.CommandsOf(place)).Concat((plan.Verify ?? []).Select(check => check.Command)).Distinct();
            lines.AddRange(typed.Select(line => new RunLine(alike.Key.Platform, SessionLanguage.CommandLine, new Step(0, line), members, Prepares: false)));
        }

        lines.AddRange(RunLine.Checks(spec, devices, find));
        return lines;
    }

    /// <summary>A step with what belongs to it.</summary>
    internal static Step Step(RunState run, int device, int number)
    {
        var (spec, part) = (run.Spec!, PartOf(run, device, number));
        var answers = spec.Change!.Recipes[run.Devices[device].Platform].Answers;
        return new Step(number, run.CommandOf(device, number), spec.Timeout)
        {
            Answers = Reads(part.Part) || part.Part == ChangePart.Load ? null : answers,
            Wait = part.Part == ChangePart.Verify && part.From == number ? spec.Change.Settle ?? TimeSpan.Zero : TimeSpan.Zero,
            HideSecrets = spec.HideSecrets,
        };
    }

    internal static PartProgress PartOf(RunState run, int device, int number) => run[device].Parts.First(part => number < part.End);

    /// <summary>Whether nothing of the part can change the device, so that it may be done again.</summary>
    internal static bool Reads(ChangePart part) => part is ChangePart.Copy or ChangePart.Compare or ChangePart.Look or ChangePart.Verify or ChangePart.Prove;
}
