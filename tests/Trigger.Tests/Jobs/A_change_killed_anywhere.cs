using Trigger.Jobs;

namespace Trigger.Tests.Jobs;

/// <summary>
/// An engine that dies after every single turn of a change, and another that takes the run up. Whatever the moment: the device ends with the configuration that is reported, or is
/// reported in doubt; and no line that changes something is heard twice.
/// </summary>
public sealed class A_change_killed_anywhere : ChangeSpec
{
    private const int Stride = 7;

    public static TheoryData<string, int?, bool> Changes
    {
        get
        {
            var data = new TheoryData<string, int?, bool>();
            foreach (var platform in new[] { "juniper_junos", "arista_eos", "cisco_xr", "cisco_ios", "cisco_nxos", "cisco_asa", "vyos", "frr" })
            {
                foreach (var fails in new[] { false, true })
                {
                    if (platform != "vyos")
                        data.Add(platform, null, fails);
                    if (platform is not ("cisco_nxos" or "cisco_asa" or "frr"))
                        data.Add(platform, 5, fails);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void ends_with_what_it_reports_or_in_doubt(string platform, int? trial, bool fails)
    {
        var ends = new HashSet<ChangeEnd>();
        var plan = PlanFor(platform, Nothing() with { TrialMinutes = trial, Verify = [fails ? Fails(platform) : Passes(platform)] });
        // Each begins at another turn, so that together they come by all of them.
        for (var turns = 1 + (platform.Length % Stride); ; turns += Stride)
        {
            var world = new World(platform, plan, LineFor(platform), "logging host 192.0.2.7");
            var finished = world.Live(turns);
            if (!finished)
                Assert.True(world.Live(seed: 100));
            if (!world.Recorded.Any(happened => happened is RunEvent.DevicesChosen))
                continue;

            Check(world, plan, platform, turns);
            ends.Add(world.Ending.End);
            if (finished)
                break;
        }

        // Lives in which nothing bad happens would prove nothing.
        Assert.True(ends.Count > 1, string.Join(", ", ends));
    }

    private static void Check(World world, ChangePlan plan, string platform, int turns)
    {
        var (ending, old, now) = (world.Ending, new[] { Old }, new[] { Old, LineFor(platform), "logging host 192.0.2.7" });
        var later = world.Configuration.Running(world.Now + TimeSpan.FromHours(1));
        var why = $"Killed after {turns} turns: {ending}; it has {string.Join(", ", later)}; heard {string.Join(" | ", world.Heard)}.";
        switch (ending.End)
        {
            case ChangeEnd.Unchanged or ChangeEnd.RolledBack or ChangeEnd.TimerUndoes:
                Assert.True(later.SequenceEqual(old), why);
                break;
            case ChangeEnd.Changed or ChangeEnd.Unverified:
                Assert.True(later.SequenceEqual(now), why);
                break;
            case ChangeEnd.InDoubt when ending.BackBy is not null && !plan.Recipes[platform].Candidate:
                Assert.True(later.SequenceEqual(old) || later.SequenceEqual(now), why);
                break;
            default:
                break;
        }

        if (ending.End is not (ChangeEnd.Changed or ChangeEnd.Unverified))
            Assert.True(world.Configuration.Saved.Count == 0, $"It was saved. {why}");

        // Steps that were accepted were heard; none but those of a part that was decided twice was heard twice.
        string[] once = [LineFor(platform), "logging host 192.0.2.7", .. plan.Recipes[platform].Of(ChangePart.Confirm), .. plan.Recipes[platform].Of(ChangePart.Mark)];
        foreach (var line in once.Except(plan.Recipes[platform].Of(ChangePart.Undo)))
            Assert.True(world.Heard.Count(heard => heard == line) <= 1 + (plan.Recipes[platform].Of(ChangePart.Commit).Contains(line) ? 1 : 0), $"'{line}' was heard twice. {why}");
    }
}
