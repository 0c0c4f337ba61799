using Trigger.Jobs;

namespace Trigger.Tests.Jobs;

public sealed class A_change : ChangeSpec
{
    public static TheoryData<string> Everywhere => ["juniper_junos", "arista_eos", "cisco_xr", "cisco_ios", "cisco_xe", "cisco_nxos", "cisco_asa", "vyos", "frr"];

    public static TheoryData<string> WithCandidate => ["juniper_junos", "arista_eos", "cisco_xr", "vyos"];

    public static TheoryData<string> WithAWayBack => ["juniper_junos", "arista_eos", "cisco_xr", "cisco_ios", "cisco_xe", "cisco_nxos", "cisco_asa", "frr"];

    public static TheoryData<string> WithATrial => ["juniper_junos", "arista_eos", "cisco_xr", "cisco_ios", "cisco_xe", "vyos"];

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void is_loaded_verified_and_kept(string platform)
    {
        var world = new World(platform, PlanFor(platform, Nothing() with { Verify = platform == "vyos" ? null : [Passes(platform)] }), LineFor(platform)).ToTheEnd();

        Assert.Equal((ChangeEnd.Changed, true), (world.Ending.End, world.Ending.Well));
        Assert.Equal([Old, LineFor(platform)], world.Running);
        if (platform is not ("juniper_junos" or "cisco_xr"))
            Assert.Equal(world.Running, world.Configuration.Saved);
        Assert.Single(world.Heard, LineFor(platform));
        Assert.Equal(0, Finished(world).Refused);
    }

    [Theory]
    [MemberData(nameof(WithCandidate))]
    public void is_only_shown_when_asked_for_the_difference(string platform)
    {
        var world = new World(platform, PlanFor(platform, Nothing() with { DiffOnly = true }), LineFor(platform)).ToTheEnd();

        Assert.Equal((ChangeEnd.Unchanged, true), (world.Ending.End, world.Ending.Well));
        Assert.Equal([Old], world.Running);
        Assert.Contains(LineFor(platform), Assert.Single(Steps(world), step => step.Part == ChangePart.Compare).Outcome.Output);
    }

    [Theory]
    [MemberData(nameof(WithCandidate))]
    public void is_not_committed_when_there_is_nothing_to_change(string platform)
    {
        var world = new World(platform, PlanFor(platform), Old).ToTheEnd();

        Assert.Equal((ChangeEnd.Unchanged, true), (world.Ending.End, world.Ending.Well));
        Assert.DoesNotContain(Steps(world), step => step.Part == ChangePart.Commit);
    }

    [Theory]
    [MemberData(nameof(WithAWayBack))]
    public void is_taken_back_when_its_verification_fails(string platform)
    {
        var world = new World(platform, PlanFor(platform, Nothing() with { Verify = [Passes(platform), Fails(platform)] }), LineFor(platform)).ToTheEnd();

        Assert.Equal(ChangeEnd.RolledBack, world.Ending.End);
        Assert.Contains("shows 'Trigger Lab'", world.Ending.Why, StringComparison.Ordinal);
        Assert.Equal([Old], world.Running);
        Assert.DoesNotContain(Steps(world), step => step.Part == ChangePart.Save);
    }

    [Theory]
    [MemberData(nameof(WithATrial))]
    public void on_trial_is_confirmed_when_it_is_well(string platform)
    {
        var world = new World(platform, PlanFor(platform, Nothing() with { TrialMinutes = 5, Verify = [Passes(platform)], Settle = TimeSpan.FromMinutes(2) }), LineFor(platform)).ToTheEnd();

        Assert.Equal((ChangeEnd.Changed, true), (world.Ending.End, world.Ending.Well));
        Assert.Equal([Old, LineFor(platform)], world.Configuration.Running(world.Now + TimeSpan.FromHours(1)));
    }

    [Theory]
    [MemberData(nameof(WithATrial))]
    public void on_trial_goes_back_when_it_is_not_well(string platform)
    {
        var world = new World(platform, PlanFor(platform, Nothing() with { TrialMinutes = 5, Verify = [Fails(platform)] }), LineFor(platform)).ToTheEnd();

        var waits = platform is "cisco_xr" or "vyos";
        Assert.Equal(waits ? ChangeEnd.TimerUndoes : ChangeEnd.RolledBack, world.Ending.End);
        Assert.Equal([Old], world.Configuration.Running(world.Ending.BackBy ?? world.Now));
        Assert.Equal(waits, world.Ending.BackBy is not null);
    }

    [Theory]
    [MemberData(nameof(WithATrial))]
    public void is_never_confirmed_when_the_trial_may_be_over(string platform)
    {
        // Verifying takes longer than the trial: a confirmation now would confirm nothing, or worse, what came back.
        var world = new World(platform, PlanFor(platform, Nothing() with { TrialMinutes = 2, Verify = [Passes(platform)], Settle = TimeSpan.FromMinutes(3) }), LineFor(platform)).ToTheEnd();

        Assert.Equal(ChangeEnd.TimerUndoes, world.Ending.End);
        Assert.False(world.Ending.Well);
        Assert.DoesNotContain(Steps(world), step => step.Part is ChangePart.Confirm or ChangePart.Undo);
        Assert.Equal([Old], world.Configuration.Running(world.Ending.BackBy!.Value));
    }

    [Theory]
    [MemberData(nameof(WithATrial))]
    public void whose_line_drops_in_the_commit_is_in_doubt_and_undone_by_the_clock(string platform)
    {
        foreach (var heard in new[] { false, true })
        {
            var plan = PlanFor(platform, Nothing() with { TrialMinutes = 5, Verify = [Passes(platform)] });
            var begins = plan.Recipes[platform].Candidate ? plan.Recipes[platform].Of(ChangePart.Commit)[0] : plan.Recipes[platform].Of(ChangePart.Enter)[0];
            var world = new World(platform, plan, LineFor(platform)) { Cuts = (command, now) => command == begins && now == heard }.ToTheEnd();

            Assert.Equal(ChangeEnd.InDoubt, world.Ending.End);
            Assert.Equal(1, Finished(world).Unknown);
            Assert.Equal([Old], world.Configuration.Running(world.Ending.BackBy!.Value));
        }
    }

    [Theory]
    [MemberData(nameof(WithATrial))]
    public void whose_line_drops_behind_the_commit_is_left_to_the_clock(string platform)
    {
        var world = new World(platform, PlanFor(platform, Nothing() with { TrialMinutes = 5, Verify = [Passes(platform)] }), LineFor(platform))
        {
            Cuts = (command, heard) => heard && command.EndsWith(Passes(platform).Command, StringComparison.Ordinal),
        }.ToTheEnd();

        Assert.Equal(ChangeEnd.TimerUndoes, world.Ending.End);
        Assert.Equal([Old], world.Configuration.Running(world.Ending.BackBy!.Value));
        Assert.Equal(0, Finished(world).Unknown);
    }

    [Theory]
    [MemberData(nameof(Everywhere))]
    public void ends_with_the_old_configuration_when_a_line_is_refused(string platform)
    {
        var world = new World(platform, PlanFor(platform), LineFor(platform), "frobnicate all", "never sent").ToTheEnd();

        Assert.Equal(platform is "juniper_junos" or "arista_eos" or "cisco_xr" or "vyos" ? ChangeEnd.Unchanged : ChangeEnd.RolledBack, world.Ending.End);
        Assert.False(world.Ending.Well);
        Assert.Contains("'frobnicate all' failed", world.Ending.Why, StringComparison.Ordinal);
        Assert.Equal([Old], world.Running);
        Assert.DoesNotContain("never sent", world.Heard);
    }

    [Fact]
    public void that_fails_and_is_to_stay_stays_and_says_so()
    {
        var world = new World("cisco_ios", PlanFor("cisco_ios", Nothing() with { Verify = [Fails("cisco_ios")], Stays = true }), Line).ToTheEnd();

        Assert.Equal(ChangeEnd.Unverified, world.Ending.End);
        Assert.Equal([Old, Line], world.Running);
        Assert.Empty(world.Configuration.Saved);
    }

    [Fact]
    public void replaces_the_whole_configuration_where_that_can_be_done()
    {
        foreach (var platform in new[] { "juniper_junos", "arista_eos" })
        {
            var world = new World(platform, PlanFor(platform, Nothing() with { Replace = true }), LineFor(platform)).ToTheEnd();

            Assert.Equal(ChangeEnd.Changed, world.Ending.End);
            Assert.Equal([LineFor(platform)], world.Running);
        }
    }

    [Fact]
    public void plans_a_restart_and_calls_it_off_when_all_is_well()
    {
        var plan = PlanFor("cisco_asa", Nothing() with { ReloadMinutes = 10, Verify = [Passes("cisco_asa")] });
        var world = new World("cisco_asa", plan, Line).ToTheEnd();

        Assert.Equal(ChangeEnd.Changed, world.Ending.End);
        Assert.Null(world.Configuration.RestartsAt);
        Assert.Contains("reload in 10", world.Heard);
        Assert.Contains("reload cancel", world.Heard);
    }

    [Fact]
    public void leaves_a_planned_restart_standing_when_the_line_is_gone()
    {
        var plan = PlanFor("cisco_asa", Nothing() with { ReloadMinutes = 10, Verify = [Passes("cisco_asa")] });
        var world = new World("cisco_asa", plan, Line) { Cuts = (command, heard) => command == Line && heard };
        world.Configuration.Commit([Old], null, default);
        world.Configuration.Save(default);
        world.ToTheEnd();

        Assert.Equal(ChangeEnd.InDoubt, world.Ending.End);
        Assert.Equal([Old], world.Configuration.Running(world.Ending.BackBy!.Value));
    }

    [Fact]
    public void takes_back_by_name_what_a_broken_line_left_half_done()
    {
        foreach (var platform in new[] { "cisco_ios", "cisco_nxos" })
        {
            var world = new World(platform, PlanFor(platform), Line, "logging host 192.0.2.7") { Cuts = (command, heard) => command == "logging host 192.0.2.7" && heard }.ToTheEnd();

            Assert.Equal(ChangeEnd.RolledBack, world.Ending.End);
            Assert.Equal([Old], world.Running);
            Assert.Equal(1, Finished(world).Unknown);
        }
    }

    [Fact]
    public void sends_no_line_to_the_ordinary_prompt_when_one_line_has_led_there()
    {
        var world = new World("cisco_nxos", PlanFor("cisco_nxos"), Line, "end", "reload").ToTheEnd();

        Assert.DoesNotContain("reload", world.Heard);
        Assert.NotEqual(ChangeEnd.Changed, world.Ending.End);
    }

    [Fact]
    public void is_brought_to_an_end_when_its_run_is_cancelled_in_the_middle()
    {
        var cancelled = false;
        var world = new World("juniper_junos", PlanFor("juniper_junos", Nothing() with { TrialMinutes = 5, Verify = [Passes("juniper_junos")] }), LineFor("juniper_junos"));
        world.Live(each: (_, commando) =>
        {
            if (cancelled || !world.Recorded.Any(happened => happened is RunEvent.PartDecided { Part: ChangePart.Verify }))
                return;

            cancelled = true;
            commando.Tell(new RunCommand.Cancel("alice"), Trigger.Kernel.Actor.ActorRefs.NoSender);
        });

        Assert.True(cancelled);
        Assert.Equal(ChangeEnd.Changed, world.Ending.End);
    }

    private static RunNews.Finished Finished(World world) => Assert.Single(world.News.OfType<RunNews.Finished>());

    private static IEnumerable<RunNews.StepEnded> Steps(World world) => world.News.OfType<RunNews.StepEnded>();
}
