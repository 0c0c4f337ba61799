using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Jobs;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Sessions;

namespace Trigger.Tests.Jobs;

public sealed class A_commando : CommandoSpec
{
    private readonly MemoryEvents events;

    public A_commando()
        : this(new MemoryEvents())
    {
    }

    private A_commando(MemoryEvents events)
        : base(JournalSetup.InMemory(events)) => this.events = events;

    [Fact]
    public async Task tries_the_next_credential_that_fits_when_a_device_has_refused_one()
    {
        using var local = new Credentials("local", new Secret("lpw"));
        Book = new CredentialBook([Who, local], device => device.Name == "r1" ? [Who, local] : [Who]);
        Submit(Runs.Spec("show clock"), "r1", "r2");
        await Probe.Expect<RunNews.Began>();
        var (first, second) = (await Begun(), await Begun());
        End(first.Talk, new DeviceFault.LoginRefused("alice", "no"));
        End(second.Talk, new DeviceFault.LoginRefused("alice", "no"));

        var again = await Begun();
        Assert.Equal(("r1", "local"), (again.Device, again.Talk.Credentials.UserName));
        Assert.NotEqual(first.Talk.Id, again.Talk.Id);
        Assert.Equal(("r2", 0, StepVerdict.Refused, "login_refused"), await Outcome());
        AnswerAll(again.Talk);
        Assert.Equal(("r1", 0, StepVerdict.Accepted, null), await Outcome());
        Assert.Equal((1, 1, 0), await Finished());
    }

    [Fact]
    public async Task shows_no_credential_twice_to_a_device_and_ends_with_the_last_refusal()
    {
        using var local = new Credentials("local", new Secret("lpw"));
        Book = new CredentialBook([Who, local], _ => [Who, local]);
        Submit(Runs.Spec("show clock"), "r1");
        await Probe.Expect<RunNews.Began>();
        End((await Begun()).Talk, new DeviceFault.CredentialSuspended("alice", 3));
        End((await Begun()).Talk, new DeviceFault.LoginRefused("local", "no"));

        Assert.Equal(("r1", 0, StepVerdict.Refused, "login_refused"), await Outcome());
        await SessionsHearNothing();
    }

    [Fact]
    public async Task shows_a_device_s_own_password_once_however_many_credentials_fit()
    {
        using var local = new Credentials("local", new Secret("lpw"));
        Book = new CredentialBook([Who, local], _ => [Who, local]);
        Commando.Tell(new RunCommand.Submit(Runs.Spec("show clock"), [Runs.Device("r1", loginPassword: new Secret("own"))], Book, Probe.Ref), Probe.Ref);
        await Probe.Expect<RunNews.Began>();
        End((await Begun()).Talk, new DeviceFault.LoginRefused("alice", "no"));

        Assert.Equal(("r1", 0, StepVerdict.Refused, "login_refused"), await Outcome());
        await SessionsHearNothing();
    }

    [Fact]
    public async Task dials_no_device_that_no_credential_fits()
    {
        Book = new CredentialBook([], _ => []);
        Submit(Runs.Spec("show clock"), "r1");
        await Probe.Expect<RunNews.Began>();

        Assert.Equal(("r1", 0, StepVerdict.Refused, "credential_missing"), await Outcome());
        Assert.Equal((0, 1, 0), await Finished());
    }

    [Fact]
    public async Task asks_every_device_and_tells_what_became_of_each_step()
    {
        Submit(Runs.Spec("show clock", "show version"), "r1", "r2");
        var began = await Probe.Expect<RunNews.Began>();
        var (first, second) = (await Begun(), await Begun());
        AnswerAll(first.Talk);
        Answer(second.Talk, 0);
        Refuse(second.Talk, 1);
        End(second.Talk);

        Assert.Equal(4, began.Open);
        Assert.Equal(["show clock", "show version"], first.Talk.Steps.Select(step => step.Line));
        Assert.Equal(("r1", 0, StepVerdict.Accepted, null), await Outcome());
        Assert.Equal(("r1", 1, StepVerdict.Accepted, null), await Outcome());
        Assert.Equal(("r2", 0, StepVerdict.Accepted, null), await Outcome());
        Assert.Equal(("r2", 1, StepVerdict.Refused, "device_error"), await Outcome());
        Assert.Equal((3, 1, 0), await Finished());
    }

    [Fact]
    public async Task talks_to_as_many_devices_at_a_time_as_the_run_allows_and_no_more()
    {
        Submit(Runs.Spec("show clock") with { Parallel = 2 }, "r1", "r2", "r3");
        var first = await Begun();
        await Begun();
        await SessionsHearNothing();

        AnswerAll(first.Talk);

        Assert.Equal("r3", (await Begun()).Device);
    }

    [Fact]
    public async Task goes_on_with_others_while_a_device_waits_for_a_person_and_passes_on_what_is_said()
    {
        Submit(Runs.Spec("reload") with { Parallel = 1, Park = TimeSpan.FromMinutes(5) }, "r1", "r2");
        await Probe.Expect<RunNews.Began>();
        var (_, first) = await Begun();
        Assert.Equal(TimeSpan.FromMinutes(5), first.Park);

        Say(new SessionFact.Parked(first.Id, 0, "Sure?", TimeSpan.FromMinutes(5)));
        Assert.Contains("Sure?", (await Probe.Expect<RunNews.Turned>()).Text, StringComparison.Ordinal);
        Assert.Equal("r2", (await Begun()).Device);

        // Meant for another step, and for another device: nobody's.
        Commando.Tell(new RunCommand.Answer("r1", 1, "y", "amy"), Probe.Ref);
        Commando.Tell(new RunCommand.Answer("r2", 0, "y", "amy"), Probe.Ref);
        Commando.Tell(new RunCommand.Answer("r1", 0, "y", "amy"), Probe.Ref);
        var said = Assert.IsType<SessionCommand.Answer>((await Sessions.Expect<Reach>()).Command);
        Assert.Equal((first.Id, 0, "y", "amy"), (said.Id, said.Step, said.Text, said.By));

        Say(new SessionFact.Unparked(first.Id, 0, new GivenAnswer("Sure?", "y", "amy")));
        Assert.Contains("amy has answered 'y'", (await Probe.Expect<RunNews.Turned>()).Text, StringComparison.Ordinal);
        Say(new SessionFact.Answered(first.Id, 0, "done", Second, InWorkMode: true) { Notes = new StepNotes { Answers = [new GivenAnswer("Sure?", "y", "amy")] } });
        Assert.Equal("amy", Assert.Single((await Probe.Expect<RunNews.StepEnded>()).Outcome.Notes!.Answers!).By);
    }

    [Fact]
    public async Task begins_no_device_after_the_first_error_when_it_is_to_stop_there()
    {
        Submit(Runs.Spec("show clock", "show version") with { Parallel = 1, StopOnError = true }, "r1", "r2");
        var (_, talk) = await Begun();
        Refuse(talk, 0);
        Assert.Equal("r1", (await Cancelled()).Device);
        End(talk, new DeviceFault.Cancelled("its run"));

        Assert.Equal(("r1", 0, StepVerdict.Refused, "device_error"), await Outcome());
        Assert.Equal(("r2", 0, StepVerdict.Refused, "skipped"), await Outcome());
        Assert.Equal(("r2", 1, StepVerdict.Refused, "skipped"), await Outcome());
        Assert.Equal(("r1", 1, StepVerdict.Refused, "skipped"), await Outcome());
        Assert.Equal((0, 4, 0), await Finished());
        await Sessions.ExpectNothingBefore("nothing");
    }

    [Fact]
    public async Task goes_on_after_an_error_when_it_is_not_to_stop()
    {
        Submit(Runs.Spec("show clock") with { Parallel = 1 }, "r1", "r2");
        var first = await Begun();
        Refuse(first.Talk, 0);
        End(first.Talk);
        AnswerAll((await Begun()).Talk);

        Assert.Equal((1, 1, 0), await Finished());
    }

    [Fact]
    public async Task sends_nothing_more_when_cancelled_and_waits_for_what_was_sent()
    {
        Submit(Runs.Spec("show clock", "show version") with { Parallel = 1 }, "r1", "r2");
        var (_, talk) = await Begun();
        Commando.Tell(new RunCommand.Cancel("bob"), Probe.Ref);
        Assert.Equal(("r1", talk.Id), ((await Cancelled()) is var c ? (c.Device, c.Order.Id) : default));
        Answer(talk, 0);
        End(talk, new DeviceFault.Cancelled("its run"));

        Assert.Equal(("r2", 0, StepVerdict.Refused, "cancelled"), await Outcome());
        Assert.Equal(("r2", 1, StepVerdict.Refused, "cancelled"), await Outcome());
        Assert.Equal(("r1", 0, StepVerdict.Accepted, null), await Outcome());
        Assert.Equal(("r1", 1, StepVerdict.Refused, "cancelled"), await Outcome());
        Assert.Equal((1, 3, 0), await Finished());
    }

    [Fact]
    public async Task calls_a_step_unknown_whose_session_died_between_leave_and_outcome()
    {
        Submit(Runs.Spec("reload", "show clock"), "r1");
        var (_, talk) = await Begun();
        Say(new SessionFact.WantsLeave(talk.Id, 0));
        await Sessions.Expect<SessionCommand.Proceed>();
        End(talk, new DeviceFault.EngineFailed("the session died"));

        Assert.Equal(("r1", 0, StepVerdict.Unknown, "engine_failed"), await Outcome());
        Assert.Equal(("r1", 1, StepVerdict.Refused, "engine_failed"), await Outcome());
        Assert.Equal((0, 1, 1), await Finished());
    }

    [Fact]
    public async Task hears_an_outcome_once_however_often_it_is_told()
    {
        Submit(Runs.Spec("show clock", "show version"), "r1");
        var (_, talk) = await Begun();
        Answer(talk, 0);
        End(talk, new DeviceFault.EngineFailed("lost"));
        AnswerAll(talk);

        Assert.Equal((1, 1, 0), await Finished());
    }

    [Fact]
    public async Task finishes_after_a_crash_what_was_left_and_each_step_once()
    {
        Submit(Runs.Spec("conf t", "show clock"), "r1", "r2", "r3");
        var (done, doubtful) = (await Begun(), await Begun());
        Assert.Equal("r3", (await Begun()).Device);
        AnswerAll(done.Talk);
        Say(new SessionFact.WantsLeave(doubtful.Talk.Id, 0));
        await Sessions.Expect<SessionCommand.Proceed>();
        await Outcome();
        await Outcome();
        await System.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);

        await using var next = new A_commando(events);
        next.Resume();
        var (device, left) = await next.Begun();
        next.AnswerAll(left);

        Assert.Equal(("r3", 2), (device, left.Steps.Count));
        Assert.Equal(("r2", 0, StepVerdict.Unknown, "interrupted"), await next.Outcome());
        Assert.Equal(("r2", 1, StepVerdict.Refused, "skipped"), await next.Outcome());
        Assert.Equal(("r3", 0, StepVerdict.Accepted, null), await next.Outcome());
        Assert.Equal((4, 1, 1), await next.Finished());
        var steps = Recorded().OfType<RunEvent.StepEnded>().Select(ended => (ended.Device, ended.Step)).Order();
        Assert.Equal([(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)], steps);
    }

    [Fact]
    public async Task goes_on_after_a_crash_at_the_step_where_a_device_stood()
    {
        Submit(Runs.Spec("show clock", "show version"), "r1");
        var (_, talk) = await Begun();
        Answer(talk, 0);
        await Outcome();
        await System.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);

        await using var next = new A_commando(events);
        next.Resume();
        var (_, left) = await next.Begun();
        next.AnswerAll(left);

        Assert.Equal([new Step(1, "show version")], left.Steps);
        Assert.Equal((2, 0, 0), await next.Finished());
    }

    [Fact]
    public async Task says_so_of_a_device_that_has_left_the_inventory_since()
    {
        Submit(Runs.Spec("show clock"), "r1");
        await Begun();
        await System.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);

        await using var next = new A_commando(events);
        next.Resume(find: _ => null);

        Assert.Equal(("r1", 0, StepVerdict.Refused, "engine_failed"), await next.Outcome());
        Assert.Equal((0, 1, 0), await next.Finished());
    }

    [Fact]
    public async Task runs_once_what_is_submitted_twice()
    {
        Submit(Runs.Spec("show clock"), "r1");
        var (_, talk) = await Begun();
        await Probe.Expect<RunNews.Began>();
        Submit(Runs.Spec("show clock"), "r1");

        Assert.Contains("on record already", (await Probe.Expect<RunNews.Declined>()).Reason, StringComparison.Ordinal);
        await SessionsHearNothing();
        AnswerAll(talk);
        Assert.Equal((1, 0, 0), await Finished());
    }

    [Fact]
    public async Task declines_to_resume_what_never_was_what_is_under_way_and_what_is_over()
    {
        Resume();
        Assert.Contains("There is no run", (await Probe.Expect<RunNews.Declined>()).Reason, StringComparison.Ordinal);

        Submit(Runs.Spec("show clock"), "r1");
        var (_, talk) = await Begun();
        await Probe.Expect<RunNews.Began>();
        Resume();
        Assert.Contains("is under way", (await Probe.Expect<RunNews.Declined>()).Reason, StringComparison.Ordinal);

        AnswerAll(talk);
        await Finished();
        await using var next = new A_commando(events);
        next.Resume();
        Assert.Contains("has finished", (await next.Probe.Expect<RunNews.Declined>()).Reason, StringComparison.Ordinal);
    }

    private IEnumerable<RunEvent> Recorded() =>
        events.Between(Trigger.Jobs.Commando.StreamOf(Runs.Id), 1, long.MaxValue, long.MaxValue).Select(stored => (RunEvent)stored.Payload);
}
