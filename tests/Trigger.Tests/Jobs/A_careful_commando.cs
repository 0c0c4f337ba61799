using Trigger.Jobs;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Sessions;

namespace Trigger.Tests.Jobs;

/// <summary>The rules of a run as its actor keeps them: batches, checks, retries, pauses, approval, and what of them a crash leaves.</summary>
public sealed class A_careful_commando : CommandoSpec
{
    private static readonly DeviceFault Lost = new DeviceFault.Unreachable("r1", "no route");
    private static readonly RunAmount One = new(1, Percent: false);

    private readonly MemoryEvents events;

    public A_careful_commando()
        : this(new MemoryEvents())
    {
    }

    private A_careful_commando(MemoryEvents events)
        : base(JournalSetup.InMemory(events)) => this.events = events;

    [Fact]
    public async Task begins_no_batch_before_the_one_before_is_over_has_rested_and_is_on_record()
    {
        Submit(Spec(new RunPolicy { Canary = One, Rest = TimeSpan.FromMinutes(2) }), "r1", "r2", "r3");
        AnswerAll((await Begun()).Talk);
        await Turn("settles for 120 s");
        await Processed(Commando);
        Clock.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromTicks(1));
        await SessionsHearNothing();

        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(("r2", "r3"), ((await Begun()).Device, (await Begun()).Device));
        Assert.Contains(Recorded(), happened => happened is RunEvent.BatchJudged { Batch: 0, Unwell: null });
    }

    [Fact]
    public async Task stops_after_a_canary_that_failed()
    {
        Submit(Spec(new RunPolicy { Canary = One }), "r1", "r2");
        var (_, talk) = await Begun();
        Refuse(talk, 0);
        End(talk);

        Assert.Equal(("r1", 0, StepVerdict.Refused, "device_error"), await Outcome());
        Assert.Equal(("r2", 0, StepVerdict.Refused, "skipped"), await Outcome());
        Assert.Equal((0, 2, 0), await Finished());
        await Cancelled();
        await Sessions.ExpectNothingBefore("nothing");
    }

    [Fact]
    public async Task checks_a_batch_and_stops_when_it_is_not_well()
    {
        Submit(Spec(new RunPolicy { Canary = One, Checks = [new HealthCheck("show alarms", "MAJOR", MustMatch: false)] }), "r1", "r2");
        AnswerAll((await Begun()).Talk);
        var (device, check) = await Begun();
        Assert.Equal(("r1", "show alarms"), (device, check.Steps[0].Line));
        var round = Sessions.LastSender;
        await SessionsHearNothing();
        round.Tell(new SessionFact.Answered(check.Id, 0, "1 MAJOR", Second, InWorkMode: true), Sessions.Ref);
        round.Tell(new SessionFact.Ended(check.Id, null), Sessions.Ref);

        await Turn("the canary is not well: r1: 'show alarms' shows 'MAJOR'");
        Assert.Equal(("r2", 0, StepVerdict.Refused, "skipped"), await Outcome());
        await Probe.Expect<RunNews.DeviceEnded>();
        Assert.Equal("the canary is not well: r1: 'show alarms' shows 'MAJOR'", (await Probe.Expect<RunNews.Finished>()).StoppedBecause);
    }

    [Fact]
    public async Task goes_on_after_a_check_that_is_well_and_checks_the_last_batch_too()
    {
        Submit(Spec(new RunPolicy { Canary = One, Checks = [new HealthCheck("show alarms", "none", MustMatch: true)] }), "r1", "r2");
        AnswerAll((await Begun()).Talk);
        await Well();
        var (second, talk) = await Begun();
        Assert.Equal("r2", second);
        AnswerAll(talk);
        await Well();

        Assert.Equal((2, 0, 0), await Finished());
    }

    [Fact]
    public async Task gives_no_leave_to_a_check_that_would_change_something()
    {
        Submit(Spec(new RunPolicy { Checks = [new HealthCheck("reload", "ok", MustMatch: true)] }), "r1");
        AnswerAll((await Begun()).Talk);
        var (_, check) = await Begun();
        var round = Sessions.LastSender;
        round.Tell(new SessionFact.WantsLeave(check.Id, 0), Sessions.Ref);
        Assert.Equal(check.Id, (await Cancelled()).Order.Id);
        round.Tell(new SessionFact.Ended(check.Id, new DeviceFault.Cancelled("its check")), Sessions.Ref);

        await Outcome();
        await Turn("not known to only read");
    }

    [Fact]
    public async Task checks_again_after_a_crash_what_no_verdict_is_on_record_for()
    {
        Submit(Spec(new RunPolicy { Canary = One, Checks = [new HealthCheck("show alarms", "none", MustMatch: true)] }), "r1", "r2");
        AnswerAll((await Begun()).Talk);
        await Begun();
        await System.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);

        await using var next = new A_careful_commando(events);
        next.Resume();

        Assert.Equal("show alarms", (await next.Begun()).Talk.Steps[0].Line);
    }

    [Fact]
    public async Task tries_a_device_again_when_its_time_has_come_and_counts_that_over_a_crash()
    {
        Submit(Spec(new RunPolicy { Retries = 2, RetryWait = TimeSpan.FromMinutes(1) }), "r1");
        End((await Begun()).Talk, Lost);
        await Turn("r1 is tried again");
        await Processed(Commando);
        Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        await SessionsHearNothing();
        Clock.Advance(TimeSpan.FromTicks(1));
        End((await Begun()).Talk, Lost);
        await Turn("retry 2 of 2");
        await System.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);

        await using var next = new A_careful_commando(events);
        next.Resume();
        await next.Probe.Expect<RunNews.Began>();
        await Processed(next.Commando);
        next.Clock.Advance(TimeSpan.FromMinutes(3));
        next.End((await next.Begun()).Talk, Lost);

        Assert.Equal(("r1", 0, StepVerdict.Refused, "unreachable"), await next.Outcome());
        Assert.Equal((0, 1, 0), await next.Finished());
    }

    [Fact]
    public async Task reads_again_what_the_line_took_and_keeps_what_it_had()
    {
        Submit(Spec(new RunPolicy { Retries = 1, RetryWait = Second }, "show clock", "show version"), "r1");
        var (_, talk) = await Begun();
        Answer(talk, 0);
        Say(new SessionFact.Refused(talk.Id, 1, new DeviceFault.LineLost("reading", "gone", ""), "half", Second, InWorkMode: true));
        End(talk, new DeviceFault.Skipped("the session ended"));
        await Outcome();
        await Turn("r1 is tried again");
        await Processed(Commando);
        Clock.Advance(Second);
        var (_, again) = await Begun();
        Assert.Equal([new Step(1, "show version")], again.Steps);
        AnswerAll(again);

        Assert.Equal((2, 0, 0), await Finished());
    }

    [Fact]
    public async Task never_tries_again_after_a_refused_login_or_a_step_in_doubt()
    {
        Submit(Spec(new RunPolicy { Retries = 5 }, "reload"), "r1", "r2");
        var (first, second) = (await Begun(), await Begun());
        End(first.Talk, new DeviceFault.LoginRefused("alice", "no"));
        Say(new SessionFact.WantsLeave(second.Talk.Id, 0));
        await Sessions.Expect<SessionCommand.Proceed>();
        End(second.Talk, Lost);

        Assert.Equal((0, 1, 1), await Finished());
        await Sessions.ExpectNothingBefore("nothing");
    }

    [Fact]
    public async Task puts_a_lost_step_on_record_when_it_is_cancelled_before_the_retry()
    {
        Submit(Spec(new RunPolicy { Retries = 1 }, "show clock", "show version"), "r1");
        var (_, talk) = await Begun();
        Say(new SessionFact.Refused(talk.Id, 0, new DeviceFault.LineLost("reading", "gone", ""), "half", Second, InWorkMode: true));
        Commando.Tell(new RunCommand.Cancel("bob"), Probe.Ref);
        await Cancelled();
        End(talk, new DeviceFault.Skipped("the session ended"));
        await Turn("cancelled by bob");

        Assert.Equal(("r1", 0, StepVerdict.Refused, "line_lost"), await Outcome());
        Assert.Equal(("r1", 1, StepVerdict.Refused, "skipped"), await Outcome());
        Assert.Equal((0, 2, 0), await Finished());
    }

    [Fact]
    public async Task begins_nothing_while_it_is_paused_and_finishes_what_was_begun()
    {
        Submit(Spec(null) with { Parallel = 1 }, "r1", "r2");
        var (_, talk) = await Begun();
        Commando.Tell(new RunCommand.Pause("bob"), Probe.Ref);
        await Turn("paused by bob");
        AnswerAll(talk);
        Assert.Equal(("r1", 0, StepVerdict.Accepted, null), await Outcome());
        await SessionsHearNothing();

        Commando.Tell(new RunCommand.Unpause("carol"), Probe.Ref);

        Assert.Equal("r2", (await Begun()).Device);
    }

    [Fact]
    public async Task stays_paused_over_a_crash()
    {
        Submit(Spec(null) with { Parallel = 1 }, "r1", "r2");
        await Begun();
        Commando.Tell(new RunCommand.Pause("bob"), Probe.Ref);
        await Turn("paused by bob");
        await System.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);

        await using var next = new A_careful_commando(events);
        next.Resume();
        await next.Turn("is paused by bob");
        await next.SessionsHearNothing();
        next.Commando.Tell(new RunCommand.Unpause("carol"), next.Probe.Ref);

        Assert.Equal("r1", (await next.Begun()).Device);
    }

    [Fact]
    public async Task begins_nothing_before_somebody_else_has_approved()
    {
        Submit(Spec(new RunPolicy { Approval = true }), "r1");
        await Turn("somebody else than alice");
        Commando.Tell(new RunCommand.Approve("alice"), Probe.Ref);
        await Turn("somebody else must approve it");
        await SessionsHearNothing();

        Commando.Tell(new RunCommand.Approve("bob"), Probe.Ref);

        await Begun();
        Assert.Contains(Recorded(), happened => happened is RunEvent.Approved { By: "bob" });
    }

    [Fact]
    public async Task may_be_cancelled_while_it_waits_for_approval()
    {
        Submit(Spec(new RunPolicy { Approval = true }), "r1");
        await Turn("somebody else than alice");
        Commando.Tell(new RunCommand.Cancel("alice"), Probe.Ref);

        await Turn("cancelled by alice");
        Assert.Equal(("r1", 0, StepVerdict.Refused, "cancelled"), await Outcome());
        Assert.Equal((0, 1, 0), await Finished());
    }

    [Fact]
    public async Task begins_nothing_after_its_deadline_and_waits_for_what_was_sent()
    {
        Submit(Spec(new RunPolicy { Deadline = Clock.GetUtcNow().AddHours(1) }) with { Parallel = 1 }, "r1", "r2");
        var (_, talk) = await Begun();
        await Processed(Commando);
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(talk.Id, (await Cancelled()).Order.Id);
        AnswerAll(talk);

        Assert.Equal(("r2", 0, StepVerdict.Refused, "skipped"), await Outcome());
        Assert.Equal((1, 1, 0), await Finished());
    }

    [Fact]
    public async Task goes_on_stopping_after_a_crash_between_the_first_error_and_the_rest()
    {
        var spec = Spec(null) with { StopOnError = true };
        await using var next = new A_careful_commando(Left(new RunEvent.Accepted(spec), Runs.Chosen(3), Runs.Ended(0, 0, StepVerdict.Refused)));
        next.Resume();

        Assert.Equal(("r2", 0, StepVerdict.Refused, "skipped"), await next.Outcome());
        Assert.Equal((0, 3, 0), await next.Finished());
        await next.Sessions.ExpectNothingBefore("nothing");
    }

    [Fact]
    public async Task sends_each_device_the_commands_of_its_set_and_nothing_where_there_are_none()
    {
        var spec = Spec(null, "show version") with { Sets = [new CommandSet(["show a", "show b"]), new CommandSet([])] };
        Commando.Tell(
            new RunCommand.Submit(spec, [Runs.Device("r1"), Runs.Device("r2"), Runs.Device("r3")], Book, Probe.Ref) { SetOf = device => device.Name switch { "r1" => 0, "r2" => 1, _ => null } },
            Probe.Ref);
        var (first, third) = (await Begun(), await Begun());
        Assert.Equal(["show a", "show b"], first.Talk.Steps.Select(step => step.Line));
        Assert.Equal(("r3", "show version"), (third.Device, third.Talk.Steps[0].Line));
        AnswerAll(first.Talk);
        AnswerAll(third.Talk);

        Assert.Equal((3, 0, 0), await Finished());
    }

    private static RunSpec Spec(RunPolicy? policy, params string[] commands) => Runs.Spec(commands.Length == 0 ? ["show clock"] : commands) with { Policy = policy };

    private async Task Well()
    {
        var (_, check) = await Begun();
        var round = Sessions.LastSender;
        round.Tell(new SessionFact.Answered(check.Id, 0, "none", Second, InWorkMode: true), Sessions.Ref);
        round.Tell(new SessionFact.Ended(check.Id, null), Sessions.Ref);
    }

    /// <summary>The next turn's text holds these words.</summary>
    private async Task Turn(string words)
    {
        object news;
        do
        {
            news = await Probe.Next();
        }
        while (news is RunNews.Began or RunNews.DeviceEnded or RunNews.StepEnded);
        Assert.Contains(words, Assert.IsType<RunNews.Turned>(news).Text, StringComparison.Ordinal);
    }

    /// <summary>A journal that a crash has left with these events.</summary>
    private static MemoryEvents Left(params RunEvent[] happened)
    {
        var left = new MemoryEvents();
        var stream = Trigger.Jobs.Commando.StreamOf(Runs.Id);
        left.Append(happened.Select((e, index) => new AtomicWrite(new Persistent(e, index + 1, stream))));
        return left;
    }

    private IEnumerable<RunEvent> Recorded() =>
        events.Between(Trigger.Jobs.Commando.StreamOf(Runs.Id), 1, long.MaxValue, long.MaxValue).Select(stored => (RunEvent)stored.Payload);
}
