using Trigger.Jobs;
using Trigger.Sessions;

namespace Trigger.Tests.Jobs;

public sealed class The_course_of_a_run
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void waits_for_approval_before_anything_else()
    {
        var run = Begun(new RunPolicy { Approval = true }, 1, new RunEvent.Paused("bob", Now));

        Assert.Equal(RunStanding.AwaitingApproval, RunCourse.Standing(run));
        Assert.Equal(RunStanding.Paused, RunCourse.Standing(RunRules.Apply(run, new RunEvent.Approved("bob", Now))));
    }

    [Fact]
    public void lets_nobody_approve_what_they_asked_for_nor_twice_nor_what_needs_none()
    {
        var run = Begun(new RunPolicy { Approval = true }, 1);

        Assert.Contains("somebody else", RunCourse.WhyNotApprove(run, "alice"), StringComparison.Ordinal);
        Assert.Null(RunCourse.WhyNotApprove(run, "bob"));
        Assert.Contains("by bob already", RunCourse.WhyNotApprove(RunRules.Apply(run, new RunEvent.Approved("bob", Now)), "carol"), StringComparison.Ordinal);
        Assert.Contains("needs no approval", RunCourse.WhyNotApprove(Begun(null, 1), "bob"), StringComparison.Ordinal);
    }

    [Fact]
    public void stays_paused_over_a_restart()
    {
        var run = Begun(null, 1, new RunEvent.Paused("bob", Now), new RunEvent.Resumed(Now, "carol"));

        Assert.Equal(RunStanding.Paused, RunCourse.Standing(run));
        Assert.Equal(RunStanding.Running, RunCourse.Standing(RunRules.Apply(run, new RunEvent.Unpaused("carol", Now))));
    }

    [Fact]
    public void stops_with_one_failed_device_more_than_may_fail()
    {
        var policy = new RunPolicy { MaxFailures = new RunAmount(1, Percent: false) };
        var one = Begun(policy, 3, Failed(0));

        Assert.Null(RunCourse.WhyStop(one, Now));
        Assert.Contains("more than 1 of 3", RunCourse.WhyStop(RunRules.Apply(one, Failed(1)), Now), StringComparison.Ordinal);
    }

    [Fact]
    public void counts_a_device_that_failed_twice_once()
    {
        var policy = new RunPolicy { MaxFailures = new RunAmount(1, Percent: false) };
        var run = Runs.After(Runs.Spec("show a", "show b") with { Policy = policy }, 2, Failed(0), Failed(0, 1));

        Assert.Equal(1, run.FailedDevices);
        Assert.Null(RunCourse.WhyStop(run, Now));
    }

    [Fact]
    public void lets_no_canary_fail_when_no_limit_is_said()
    {
        var policy = new RunPolicy { Canary = new RunAmount(1, Percent: false) };

        Assert.NotNull(RunCourse.WhyStop(Placed(policy, 100, Failed(0)), Now));
        Assert.Null(RunCourse.WhyStop(Placed(policy with { MaxFailures = new RunAmount(1, Percent: false) }, 100, Failed(0)), Now));
    }

    [Fact]
    public void holds_a_percentage_against_the_batch_as_well_as_against_the_run()
    {
        // One of a hundred is 1 %, but the canary's only device is all of it.
        var policy = new RunPolicy { Canary = new RunAmount(1, Percent: false), MaxFailures = new RunAmount(10, Percent: true) };

        Assert.Contains("the canary", RunCourse.WhyStop(Placed(policy, 100, Failed(0)), Now), StringComparison.Ordinal);
        Assert.Null(RunCourse.WhyStop(Placed(policy, 100, Runs.Ended(0, 0), new RunEvent.BatchJudged(0, null, Now), Failed(1)), Now));
    }

    [Fact]
    public void ends_at_its_deadline_and_not_a_tick_before()
    {
        var run = Begun(new RunPolicy { Deadline = Now }, 1);

        Assert.Null(RunCourse.WhyStop(run, Now.AddTicks(-1)));
        Assert.Contains("deadline", RunCourse.WhyStop(run, Now), StringComparison.Ordinal);
    }

    [Fact]
    public void needs_the_verdict_on_the_last_batch_as_well()
    {
        var run = Placed(new RunPolicy { Canary = new RunAmount(1, Percent: false) }, 2, Runs.Ended(0, 0));
        Assert.True(RunCourse.BatchIsOver(run));

        run = RunRules.Apply(RunRules.Apply(run, new RunEvent.BatchJudged(0, null, Now)), Runs.Ended(1, 0));
        Assert.True(RunCourse.BatchIsOver(run));
        Assert.False(RunCourse.IsDone(run));
        Assert.True(RunCourse.IsDone(RunRules.Apply(run, new RunEvent.BatchJudged(1, null, Now))));
    }

    [Fact]
    public void stops_again_after_a_crash_when_a_batch_was_found_unwell()
    {
        var run = Placed(new RunPolicy { Canary = new RunAmount(1, Percent: false) }, 2, Runs.Ended(0, 0), new RunEvent.BatchJudged(0, "r1 is ill", Now), new RunEvent.Resumed(Now, "carol"));

        Assert.Equal("r1 is ill", RunCourse.WhyStop(run, Now));
    }

    [Fact]
    public void counts_a_verdict_that_comes_twice_once()
    {
        var run = Placed(new RunPolicy { Canary = new RunAmount(1, Percent: false) }, 2, Runs.Ended(0, 0), new RunEvent.BatchJudged(0, null, Now));

        Assert.Same(run, RunRules.Apply(run, new RunEvent.BatchJudged(0, null, Now)));
    }

    [Fact]
    public void tries_again_only_what_passes_and_only_so_often()
    {
        var run = Begun(new RunPolicy { Retries = 1 }, 1);
        var lost = new DeviceFault.LineLost("dialling", "gone", "");

        Assert.True(RunRetries.May(run, 0, lost));
        Assert.False(RunRetries.May(run, 0, new DeviceFault.LoginRefused("alice", "no")));
        Assert.False(RunRetries.May(run, 0, new DeviceFault.DeviceError("% Invalid input")));
        Assert.False(RunRetries.May(RunRules.Apply(run, new RunEvent.RetryPlanned(0, Now, "line_lost", "")), 0, lost));
        Assert.False(RunRetries.May(Begun(null, 1), 0, lost));
    }

    [Fact]
    public void tries_nothing_again_that_may_have_changed_the_device_or_left_it_in_another_mode()
    {
        var lost = new DeviceFault.LineLost("dialling", "gone", "");
        var spec = Runs.Spec("conf t", "end") with { Policy = new RunPolicy { Retries = 5 } };

        Assert.False(RunRetries.May(Runs.After(spec, 1, new RunEvent.StepStarted(0, 0)), 0, lost));
        Assert.False(RunRetries.May(Runs.After(spec, 1, new RunEvent.StepStarted(0, 0), Runs.Ended(0, 0, inWorkMode: false)), 0, lost));
        Assert.True(RunRetries.May(Runs.After(spec, 1, new RunEvent.StepStarted(0, 0), Runs.Ended(0, 0)), 0, lost));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(1, 10)]
    [InlineData(3, 40)]
    [InlineData(6, 320)]
    [InlineData(7, 600)]
    [InlineData(99, 600)]
    public void waits_twice_as_long_before_each_retry_and_ten_minutes_at_most(int retries, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RunRetries.Wait(new RunPolicy(), retries));

    [Theory]
    [InlineData("show alarms !~ MAJOR", "no alarms\r\n", null)]
    [InlineData("show alarms !~ MAJOR", "1 MAJOR\r\n", "'show alarms' shows 'MAJOR'")]
    [InlineData("show bgp =~ ^Up$", "a\r\nUp\r\nb", null)]
    [InlineData("show bgp =~ ^Up$", "Upper", "'show bgp' does not show '^Up$'")]
    [InlineData("show x =~ a!~b", "a!~b", null)]
    public void checks_what_must_be_there_and_what_must_not(string text, string answer, string? unwell) => Assert.Equal(unwell, HealthCheck.Parse(text, out _)!.WhyUnwell(answer));

    [Theory]
    [InlineData("show alarms")]
    [InlineData("=~ x")]
    [InlineData("show x =~")]
    [InlineData("show x =~ (")]
    public void takes_no_check_that_says_too_little(string text)
    {
        Assert.Null(HealthCheck.Parse(text, out var mistake));
        Assert.NotNull(mistake);
    }

    private static RunEvent Failed(int device, int step = 0) => Runs.Ended(device, step, StepVerdict.Refused);

    private static RunState Begun(RunPolicy? policy, int devices, params RunEvent[] events) => Runs.After(Runs.Spec("show clock") with { Policy = policy }, devices, events);

    /// <summary>A run whose devices were placed in batches.</summary>
    private static RunState Placed(RunPolicy policy, int devices, params RunEvent[] events) => events
        .Prepend(RunPlan.Choose(policy, [.. Enumerable.Range(1, devices).Select(number => Runs.Device($"r{number}"))], null))
        .Prepend(new RunEvent.Accepted(Runs.Spec("show clock") with { Policy = policy })).Aggregate(RunState.Empty, RunRules.Apply);
}
