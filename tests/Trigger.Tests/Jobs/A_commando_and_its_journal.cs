using System.Collections.Immutable;
using System.Threading.Channels;
using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Sessions;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Jobs;

/// <summary>The journal's writes end when the test says so.</summary>
public sealed class A_commando_and_its_journal : CommandoSpec
{
    private readonly Channel<GatedJournal.Call> calls;

    public A_commando_and_its_journal()
        : this(Channel.CreateUnbounded<GatedJournal.Call>())
    {
    }

    private A_commando_and_its_journal(Channel<GatedJournal.Call> calls)
        : base(new JournalSetup(() => Props.Create(() => new GatedJournal(calls.Writer)))) => this.calls = calls;

    [Fact]
    public async Task have_the_intent_on_record_before_leave_is_given()
    {
        var talk = await Begin();
        Say(new SessionFact.WantsLeave(talk.Id, 0));
        var write = await Writes<RunEvent.StepStarted>();
        await SessionsHearNothing();

        write.End.SetResult(null);

        await Sessions.Expect(new SessionCommand.Proceed(talk.Id, 0));
    }

    [Fact]
    public async Task have_an_outcome_on_record_before_anybody_is_told()
    {
        var talk = await Begin();
        Answer(talk, 0, "12:00");
        var write = await Writes<RunEvent.StepEnded>();
        await Processed(Commando);
        await Probe.ExpectNothingBefore("nothing");

        write.End.SetResult(null);

        Assert.Equal("12:00", (await Probe.Expect<RunNews.StepEnded>()).Outcome.Output);
    }

    [Fact]
    public async Task say_once_that_the_run_broke_when_a_write_fails()
    {
        var talk = await Begin();
        Answer(talk, 0);
        Probe.Watch(Commando);
        (await Writes<RunEvent.StepEnded>()).End.SetException(new IOException("the disk is full"));

        Assert.Contains("the disk is full", (await Probe.Expect<RunNews.Broke>()).Reason, StringComparison.Ordinal);
        await Probe.Expect<Terminated>();
        Assert.Equal("r1", (await Cancelled()).Device);
    }

    [Fact]
    public async Task say_so_when_the_very_first_write_fails()
    {
        Probe.Watch(Commando);
        Submit(Runs.Spec("conf t"), "r1");
        (await Writes<RunEvent.Accepted>()).End.SetException(new IOException("the disk is full"));

        await Probe.Expect<RunNews.Broke>();
        await Probe.Expect<Terminated>();
        await Sessions.ExpectNothingBefore("nothing");
    }

    [Fact]
    public async Task have_the_run_on_record_before_the_first_device_is_dialled()
    {
        Submit(Runs.Spec("show clock"), "r1");
        var write = await Writes<RunEvent.Accepted>();
        await SessionsHearNothing();

        write.End.SetResult(null);
        if (!HoldsChoice(write))
            (await Writes<RunEvent.DevicesChosen>()).End.SetResult(null);

        await Begun();
    }

    [Fact]
    public async Task confirm_what_was_asked_only_when_what_came_of_it_is_written()
    {
        await Begin();
        Commando.Tell(new RunCommand.Pause("bob"), Probe.Ref);
        Commando.Tell(new RunCommand.Confirm(7), Probe.Ref);
        var write = await Writes<RunEvent.Paused>();
        await Processed(Commando);
        await Probe.ExpectNothingBefore("nothing");

        write.End.SetResult(null);

        await Probe.Expect<RunNews.Turned>();
        await Probe.Expect(new RunCommand.Confirm(7));
    }

    [Fact]
    public async Task confirm_nothing_when_it_cannot_be_written()
    {
        await Begin();
        Commando.Tell(new RunCommand.Cancel("bob"), Probe.Ref);
        Commando.Tell(new RunCommand.Confirm(7), Probe.Ref);
        Probe.Watch(Commando);
        (await Writes<RunEvent.CancelRequested>()).End.SetException(new IOException("the disk is full"));

        await Probe.Expect<RunNews.Broke>();
        await Probe.Expect<Terminated>();
    }

    [Fact]
    public async Task give_a_run_up_whose_event_the_journal_rejects()
    {
        var talk = await Begin();
        Probe.Watch(Commando);
        Say(new SessionFact.WantsLeave(talk.Id, 0));
        (await Writes<RunEvent.StepStarted>()).End.SetResult(ImmutableList.Create<Exception?>(new NotSupportedException("no words for it")));

        Assert.Contains("no words for it", (await Probe.Expect<RunNews.Broke>()).Reason, StringComparison.Ordinal);
        await Probe.Expect<Terminated>();
    }

    private async Task<SessionCommand.Converse> Begin()
    {
        Submit(Runs.Spec("conf t", "end"), "r1");
        GatedJournal.Call call;
        do
        {
            call = await Next();
            call.End.SetResult(null);
        }
        while (!HoldsChoice(call));
        await Probe.Expect<RunNews.Began>();
        return (await Begun()).Talk;
    }

    private static bool HoldsChoice(GatedJournal.Call call) => call.Writes.Any(write => write.Payload[0].Payload is RunEvent.DevicesChosen);

    private async Task<GatedJournal.Call> Writes<T>()
    {
        var call = await Next();
        Assert.IsType<T>(call.Writes[0].Payload[0].Payload);
        return call;
    }

    private async Task<GatedJournal.Call> Next()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await calls.Reader.ReadAsync(patience.Token);
    }
}
