using FsCheck;
using FsCheck.Fluent;
using Trigger.Jobs;
using Trigger.Sessions;

namespace Trigger.Tests.Jobs;

public sealed class The_rules_of_a_run
{
    private static readonly RunSpec Three = Runs.Spec("conf t", "hostname x", "end");

    [Fact]
    public void know_after_its_acceptance_what_it_is_and_after_its_choice_whom_it_asks()
    {
        var run = Runs.After(Three, devices: 2);

        Assert.Same(Three, run.Spec);
        Assert.Equal(["r1", "r2"], run.Devices.Select(device => device.Name));
        Assert.Equal((3, 6), (run.Steps, run.Open));
    }

    [Fact]
    public void hold_a_step_for_doubtful_from_its_intent_to_its_outcome()
    {
        var begun = Runs.After(Three, 1, new RunEvent.StepStarted(0, 0));
        var ended = RunRules.Apply(begun, Runs.Ended(0, 0));

        Assert.True(begun[0].Doubtful);
        Assert.False(ended[0].Doubtful);
        Assert.Equal(1, ended[0].Next);
    }

    [Fact]
    public void count_every_verdict_once()
    {
        var run = Runs.After(Three, 1, Runs.Ended(0, 0), Runs.Ended(0, 1, StepVerdict.Refused), Runs.Ended(0, 2, StepVerdict.Unknown));

        Assert.Equal((1, 1, 1, 0), (run.Accepted, run.Refused, run.Unknown, run.Open));
    }

    [Fact]
    public void change_nothing_for_an_outcome_that_comes_twice()
    {
        var once = Runs.After(Three, 1, Runs.Ended(0, 0));

        Assert.Same(once, RunRules.Apply(once, Runs.Ended(0, 0)));
        Assert.Same(once, RunRules.Apply(once, Runs.Ended(0, 0, StepVerdict.Refused)));
    }

    [Fact]
    public void forget_a_cancellation_and_an_end_when_a_run_is_resumed()
    {
        var at = Three.At;
        var cancelled = Runs.After(Three, 1, new RunEvent.CancelRequested("bob"), new RunEvent.Finished(at));
        var resumed = RunRules.Apply(cancelled, new RunEvent.Resumed(at, "carol"));

        Assert.Equal(("bob", at), (cancelled.CancelledBy, cancelled.FinishedAt));
        Assert.Equal(((string?)null, (DateTimeOffset?)null), (resumed.CancelledBy, resumed.FinishedAt));
    }

    [Fact]
    public void put_a_step_in_doubt_after_a_crash_and_skip_what_stood_behind_it()
    {
        var crashed = Runs.After(Three, 2, Runs.Ended(0, 0), new RunEvent.StepStarted(0, 1));

        var reckoned = RunRules.Reckon(crashed).Cast<RunEvent.StepEnded>().ToArray();

        Assert.Equal([(0, 1, StepVerdict.Unknown, "interrupted"), (0, 2, StepVerdict.Refused, "skipped")], reckoned.Select(Short));
        Assert.Contains("'hostname x' is in doubt", reckoned[1].Outcome.FaultText, StringComparison.Ordinal);
    }

    [Fact]
    public void do_not_enter_again_a_configuration_mode_that_the_crash_left()
    {
        var crashed = Runs.After(Three, 1, new RunEvent.StepStarted(0, 0), Runs.Ended(0, 0, inWorkMode: false));

        var reckoned = RunRules.Reckon(crashed).Cast<RunEvent.StepEnded>();

        Assert.Equal([(0, 1, StepVerdict.Refused, "skipped"), (0, 2, StepVerdict.Refused, "skipped")], reckoned.Select(Short));
    }

    [Fact]
    public void touch_nothing_else_after_a_crash()
    {
        var untouched = Runs.After(Three, 3, Runs.Ended(0, 0), Runs.Ended(1, 0), Runs.Ended(1, 1), Runs.Ended(1, 2, inWorkMode: false));

        Assert.Empty(RunRules.Reckon(untouched));
    }

    [Fact]
    public void give_the_fault_to_the_first_unsent_step_and_a_reference_to_the_rest()
    {
        var run = Runs.After(Three, 1);
        var unsent = RunRules.Unsent(run, 0, 0, new DeviceFault.EngineFailed("no")).Cast<RunEvent.StepEnded>().Select(Short);
        var cancelled = RunRules.Unsent(run, 0, 1, new DeviceFault.Cancelled("bob")).Cast<RunEvent.StepEnded>().Select(Short);

        Assert.Equal([(0, 0, StepVerdict.Refused, "engine_failed"), (0, 1, StepVerdict.Refused, "skipped"), (0, 2, StepVerdict.Refused, "skipped")], unsent);
        Assert.Equal([(0, 1, StepVerdict.Refused, "cancelled"), (0, 2, StepVerdict.Refused, "cancelled")], cancelled);
    }

    [Theory]
    [InlineData(false, StepVerdict.Refused, false)]
    [InlineData(false, StepVerdict.Unknown, false)]
    [InlineData(true, StepVerdict.Accepted, false)]
    [InlineData(true, StepVerdict.Refused, true)]
    [InlineData(true, StepVerdict.Unknown, true)]
    public void stop_the_run_only_when_asked_and_only_for_an_error(bool stopOnError, StepVerdict verdict, bool stops) =>
        Assert.Equal(stops, RunCourse.WhyStop(Runs.After(Three with { StopOnError = stopOnError }, 1, Runs.Ended(0, 0, verdict)), Three.At) is not null);

    [Fact]
    public void lose_no_outcome_and_repeat_none_wherever_the_engine_dies() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var chance = new System.Random(seed);
            var (spec, devices, events) = Story(chance);
            var told = events.Take(chance.Next(events.Count + 1)).ToList();
            var crashed = Runs.After(spec, devices, told);

            var reckoned = RunRules.Reckon(crashed).Cast<RunEvent.StepEnded>().ToList();
            var resumed = reckoned.Aggregate(crashed, RunRules.Apply);

            var before = told.OfType<RunEvent.StepEnded>().Select(Place).ToHashSet();
            Assert.Equal(before.Count, crashed.Accepted + crashed.Refused + crashed.Unknown);
            Assert.DoesNotContain(reckoned.Select(Place), before.Contains);
            Assert.Equal(reckoned.Count, reckoned.Select(Place).Distinct().Count());
            Assert.Equal(crashed.Open - reckoned.Count, resumed.Open);
            Assert.Empty(RunRules.Reckon(resumed));
            Assert.All(Enumerable.Range(0, devices), device => Assert.Equal(crashed[device].Outcomes, resumed[device].Outcomes.Take(crashed[device].Next)));
            Assert.Equal(resumed, told.Concat(reckoned).OfType<RunEvent.StepEnded>().Aggregate(resumed, RunRules.Apply));
        }).QuickCheckThrowOnFailure();

    private static (int Device, int Step) Place(RunEvent.StepEnded ended) => (ended.Device, ended.Step);

    private static (int Device, int Step, StepVerdict Verdict, string? Kind) Short(RunEvent.StepEnded ended) =>
        (ended.Device, ended.Step, ended.Outcome.Verdict, ended.Outcome.FaultKind);

    /// <summary>A run as it might have been: each device at its own pace, steps in order, an intent before some of them.</summary>
    private static (RunSpec Spec, int Devices, List<RunEvent> Events) Story(System.Random chance)
    {
        var devices = chance.Next(1, 5);
        var spec = Runs.Spec([.. Enumerable.Range(1, chance.Next(1, 5)).Select(number => $"command {number}")]);
        var next = new int[devices];
        var events = new List<RunEvent>();
        var begun = new bool[devices];
        for (var moves = chance.Next(40); moves > 0; moves--)
        {
            var device = chance.Next(devices);
            if (next[device] == spec.Commands.Count)
                continue;

            if (!begun[device] && chance.Next(2) == 0)
                events.Add(new RunEvent.StepStarted(device, next[device]));
            else
                events.Add(Runs.Ended(device, next[device]++, (StepVerdict)chance.Next(3), inWorkMode: chance.Next(3) > 0));
            begun[device] = events[^1] is RunEvent.StepStarted;
        }

        return (spec, devices, events);
    }
}
