using Trigger.Jobs;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Sessions;

namespace Trigger.Tests.Jobs;

/// <summary>What a run does when nodes come and go.</summary>
public sealed class A_commando_in_a_cluster() : CommandoSpec(JournalSetup.InMemory(new MemoryEvents()))
{
    private static readonly DeviceFault Lost = new DeviceFault.NodeLost("node-2");

    [Fact]
    public async Task begins_again_with_a_device_whose_node_was_lost_while_it_was_only_read_from()
    {
        Submit(Runs.Spec("show clock"), "r1");
        var (_, first) = await Begun();
        End(first, Lost);

        var (device, second) = await Begun();
        AnswerAll(second);

        Assert.Equal("r1", device);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(("r1", 0, StepVerdict.Accepted, null), await Outcome());
    }

    [Fact]
    public async Task goes_on_behind_the_steps_that_have_an_outcome()
    {
        Submit(Runs.Spec("show clock", "show version"), "r1");
        var (_, first) = await Begun();
        Answer(first, 0);
        End(first, Lost);

        var (_, second) = await Begun();

        Assert.Equal([1], second.Steps.Select(step => step.Number));
    }

    [Fact]
    public async Task leaves_in_doubt_what_the_lost_node_had_leave_to_send()
    {
        Submit(Runs.Spec("reload"), "r1");
        var (_, talk) = await Begun();
        Say(new SessionFact.WantsLeave(talk.Id, 0));
        await Sessions.Expect(new SessionCommand.Proceed(talk.Id, 0));
        End(talk, Lost);

        Assert.Equal(("r1", 0, StepVerdict.Unknown, "node_lost"), await Outcome());
    }

    [Fact]
    public async Task does_not_type_on_where_a_configuration_mode_was_lost()
    {
        Submit(Runs.Spec("configure terminal", "hostname x"), "r1");
        var (_, talk) = await Begun();
        Say(new SessionFact.WantsLeave(talk.Id, 0));
        await Sessions.Expect(new SessionCommand.Proceed(talk.Id, 0));
        Say(new SessionFact.Answered(talk.Id, 0, "", Second, InWorkMode: false));
        End(talk, Lost);

        Assert.Equal(StepVerdict.Accepted, (await Outcome()).Verdict);
        Assert.Equal(("r1", 1, StepVerdict.Refused, "node_lost"), await Outcome());
    }

    [Fact]
    public async Task hands_over_when_those_it_talks_to_have_answered_and_begins_with_nobody_else()
    {
        Submit(Runs.Spec("show clock") with { Parallel = 1 }, "r1", "r2");
        var (_, talk) = await Begun();
        Probe.Watch(Commando);
        Commando.Tell(new RunCommand.HandOver());
        Assert.Equal(new SessionCommand.Recall(talk.Id), (await Sessions.Expect<Reach>()).Command);
        AnswerAll(talk);

        await Outcome();
        while (await Probe.Next() is var news and not Terminated)
            Assert.IsType<RunNews.DeviceEnded>(news);
        await SessionsHearNothing();
    }

    [Fact]
    public async Task hands_over_at_once_what_no_node_has_taken_up()
    {
        Submit(Runs.Spec("show clock", "reload"), "r1");
        var (_, talk) = await Begun();
        Probe.Watch(Commando);
        Commando.Tell(new RunCommand.HandOver());
        Assert.Equal(new SessionCommand.Recall(talk.Id), (await Sessions.Expect<Reach>()).Command);
        End(talk, new DeviceFault.NodeLost("none"));
        await Until<Terminated>();

        var next = System.ActorOf(Props.Create(() => new Commando(Runs.Id, Sessions.Ref, Clock)));
        next.Tell(new RunCommand.Adopt(name => Runs.Device(name), Book, Probe.Ref, "node-3"));

        Assert.Equal([0, 1], (await Begun()).Talk.Steps.Select(step => step.Number));
    }

    [Fact]
    public async Task is_taken_up_by_the_next_node_where_the_last_one_left_it()
    {
        Submit(Runs.Spec("show clock") with { Parallel = 1 }, "r1", "r2");
        var (_, talk) = await Begun();
        Probe.Watch(Commando);
        Commando.Tell(new RunCommand.HandOver());
        Assert.Equal(new SessionCommand.Recall(talk.Id), (await Sessions.Expect<Reach>()).Command);
        AnswerAll(talk);
        await Until<Terminated>();

        var next = System.ActorOf(Props.Create(() => new Commando(Runs.Id, Sessions.Ref, Clock)));
        next.Tell(new RunCommand.Adopt(name => Runs.Device(name), Book, Probe.Ref, "node-3"));

        Assert.Equal("r2", (await Begun()).Device);
    }

    [Fact]
    public async Task stays_cancelled_when_another_node_takes_it_up()
    {
        Submit(Runs.Spec("show clock") with { Parallel = 1 }, "r1", "r2");
        await Begun();
        Commando.Tell(new RunCommand.Cancel("bob"));
        await Cancelled();
        Probe.Watch(Commando);
        System.Stop(Commando);
        await Until<Terminated>();

        var next = System.ActorOf(Props.Create(() => new Commando(Runs.Id, Sessions.Ref, Clock)));
        next.Tell(new RunCommand.Adopt(name => Runs.Device(name), Book, Probe.Ref, "node-3"));

        Assert.Equal(("r1", 0, StepVerdict.Refused, "cancelled"), await Outcome());
    }

    private async Task Until<T>()
    {
        while (await Probe.Next() is not T)
        {
        }
    }
}
