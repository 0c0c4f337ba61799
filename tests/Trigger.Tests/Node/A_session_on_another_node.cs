using Trigger.Devices;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Devices.Credentials;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Kernel.Hosting;
using Trigger.Node.Clustering;
using Trigger.Sessions;
using Trigger.Tests.Jobs;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Node;

/// <summary>Two nodes in one system: the test is the run on the one and the keeper of sessions on the other. Letters are written and read as bytes.</summary>
public sealed class A_session_on_another_node : KernelSpec
{
    private static readonly MemberId Here = new("here", 1);
    private static readonly MemberId There = new("there", 7);
    private static readonly Credentials Who = new("alice", new Secret("pw"));
    private static readonly ConversationId Id = new("run/0");

    private readonly Probe keeper;
    private readonly Probe guard;
    private readonly Probe homes;
    private readonly IActorRef sessions;
    private readonly IActorRef host;
    private ShardHome? home = new(There, 3);
    private long? epoch = 3;
    private bool mayTalk = true;

    public A_session_on_another_node()
        : base(JournalSetup.InMemory(new MemoryEvents()))
    {
        keeper = new Probe(System);
        guard = new Probe(System);
        homes = new Probe(System);
        IActorRef[] ends = new IActorRef[2];
        SendLetter From(MemberId from) => (to, letter) =>
        {
            var read = SessionLetter.Read(letter.Write());
            ends[to == Here ? 0 : 1].Tell(new LetterFrom(from, read), ActorRefs.NoSender);
        };
        sessions = ends[0] = System.ActorOf(Props.Create(() => new ClusterSessions(_ => home, From(Here), TimeSpan.FromMinutes(1))));
        var grounds = new SessionHost.Grounds(() => There, keeper.Ref, _ => epoch, _ => mayTalk, name => name == "r9" ? null : Runs.Device(name), _ => [Who], From(There), Clock, _ => { });
        host = ends[1] = System.ActorOf(Props.Create(() => new SessionHost(grounds)));
    }

    [Fact]
    public async Task is_asked_for_what_was_asked_here_with_the_credentials_of_that_node()
    {
        var steps = new[] { new Step(2, "reload", Second) { Answers = [new StepAnswer("sure", "y")], HideSecrets = true } };
        Converse(steps, talk => talk with { Init = ["terminal width 500"], Interval = Second, Language = SessionLanguage.Netconf, ReadOnly = true, Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" });

        var (_, there) = await Begun();

        Assert.Same(Who, there.Credentials);
        Assert.Equal(("reload", 2, Second, true), (there.Steps[0].Line, there.Steps[0].Number, there.Steps[0].Timeout, there.Steps[0].HideSecrets));
        Assert.Equal([new StepAnswer("sure", "y")], there.Steps[0].Answers!);
        Assert.Equal(["terminal width 500"], there.Init);
        Assert.Equal((Second, SessionLanguage.Netconf, true), (there.Interval, there.Language, there.ReadOnly));
        Assert.StartsWith("00-0af7651916cd43dd8448eb211c80319c-", there.Trace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task tells_its_facts_here_in_their_order_and_under_the_name_that_was_given_here()
    {
        Converse([new Step(0, "show clock")]);
        var (caller, there) = await Begun();
        SessionFact[] facts =
        [
            new SessionFact.LoggedIn(there.Id, "r1#"), new SessionFact.Answered(there.Id, 0, "12:00 Grüße\0", Second, InWorkMode: true),
            new SessionFact.Refused(there.Id, 1, new DeviceFault.DeviceError("% no"), "x", Second, InWorkMode: false),
            new SessionFact.InDoubt(there.Id, 2, new DeviceFault.LineLost("talking", "reset", "tail"), "y", Second), new SessionFact.Ended(there.Id, null),
        ];
        foreach (var fact in facts)
            caller.Tell(fact, keeper.Ref);

        Assert.Equal(new SessionFact.LoggedIn(Id, "r1#"), await Probe.Next());
        Assert.Equal(new SessionFact.Answered(Id, 0, "12:00 Grüße\0", Second, true), await Probe.Next());
        var refused = await Probe.Expect<SessionFact.Refused>();
        Assert.Equal(("device_error", new DeviceFault.DeviceError("% no").Text, false), (refused.Fault.Kind, refused.Fault.Text, refused.Fault.WorthRetrying));
        Assert.True((await Probe.Expect<SessionFact.InDoubt>()).Fault.WorthRetrying);
        Assert.Null((await Probe.Expect<SessionFact.Ended>()).Fault);
    }

    [Fact]
    public async Task waits_there_at_a_question_for_a_person_here()
    {
        Converse([new Step(0, "reload")], talk => talk with { Park = Second });
        var (caller, there) = await Begun();
        Assert.Equal(Second, there.Park);

        caller.Tell(new SessionFact.Parked(there.Id, 0, "Sure?", Second), keeper.Ref);
        Assert.Equal(new SessionFact.Parked(Id, 0, "Sure?", Second), await Probe.Next());
        sessions.Tell(new Reach(Runs.Device("r1"), new SessionCommand.Answer(Id, 0, "y", "amy")), Probe.Ref);
        Assert.Equal(new SessionCommand.Answer(there.Id, 0, "y", "amy"), (await keeper.Expect<Reach>()).Command);
        Assert.Equal(LetterKinds.ToTalker, LetterKinds.Of(new SessionLetter.Answer(1, 0, "y", "amy")));

        caller.Tell(new SessionFact.Unparked(there.Id, 0, new GivenAnswer("Sure?", "y", "amy")), keeper.Ref);
        caller.Tell(new SessionFact.Answered(there.Id, 0, "", Second, true) { Notes = new StepNotes { Telnet = true } }, keeper.Ref);
        Assert.Equal(new SessionFact.Unparked(Id, 0, new GivenAnswer("Sure?", "y", "amy")), await Probe.Next());
        Assert.True((await Probe.Expect<SessionFact.Answered>()).Notes!.Telnet);
    }

    [Theory]
    [InlineData(16_000)]
    [InlineData(17_000)]
    [InlineData(3_000_000)]
    public async Task answers_at_any_length(int length)
    {
        Converse([new Step(0, "show running-config")]);
        var (caller, there) = await Begun();
        var random = new Random(length);
        var said = string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(' ', 0x250)));
        caller.Tell(new SessionFact.Answered(there.Id, 0, said, Second, InWorkMode: true), keeper.Ref);

        Assert.Equal(said, (await Probe.Expect<SessionFact.Answered>()).Output);
    }

    [Fact]
    public async Task gets_the_leave_that_is_given_here()
    {
        Converse([new Step(0, "reload")]);
        var (caller, there) = await Begun();
        caller.Tell(new SessionFact.WantsLeave(there.Id, 0), keeper.Ref);
        var session = await Asks();
        session.Tell(new SessionCommand.Proceed(Id, 0), Probe.Ref);

        await keeper.Expect(new SessionCommand.Proceed(there.Id, 0));
    }

    [Fact]
    public async Task gets_no_leave_once_its_node_has_lost_the_device()
    {
        Converse([new Step(0, "reload")]);
        var (caller, there) = await Begun();
        caller.Tell(new SessionFact.WantsLeave(there.Id, 0), keeper.Ref);
        var session = await Asks();
        epoch = null;
        session.Tell(new SessionCommand.Proceed(Id, 0), Probe.Ref);
        await Settled(session);
        await Settled(host);
        await Settled(caller);

        await keeper.ExpectNothingBefore("leave");
    }

    [Fact]
    public async Task asks_the_guard_that_is_here_before_it_shows_a_credential()
    {
        Converse([new Step(0, "show clock")]);
        var (caller, _) = await Begun();
        caller.Tell(new CredentialUse.MayShow("its own name for it", "r1"), keeper.Ref);

        Assert.Equal(new CredentialUse.MayShow(Who.Id, "r1"), await guard.Next());
        guard.LastSender.Tell(new CredentialUse.Granted(), guard.Ref);
        await keeper.Expect<CredentialUse.Granted>();
        caller.Tell(new CredentialUse.Judged("its own name for it", "r1", true), keeper.Ref);
        Assert.Equal(new CredentialUse.Judged(Who.Id, "r1", true), await guard.Next());
    }

    [Fact]
    public async Task does_not_keep_the_guard_waiting_when_its_node_is_lost()
    {
        Converse([new Step(0, "show clock")]);
        var (caller, _) = await Begun();
        caller.Tell(new CredentialUse.MayShow("x", "r1"), keeper.Ref);
        await guard.Next();

        home = new(Here, 4);
        await Lost();

        Assert.Equal(new CredentialUse.Judged(Who.Id, "r1", null), await guard.Next());
        Assert.Equal(new SessionFact.Ended(Id, new DeviceFault.NodeLost("there")), await Probe.Next());
    }

    [Fact]
    public async Task is_not_lost_with_its_node_when_its_last_words_were_written_before()
    {
        Converse([new Step(0, "show clock")]);
        var (caller, there) = await Begun();

        home = new(Here, 4);
        sessions.Tell(new ClusterSessions.HomesChanged(), homes.Ref);
        await homes.Expect<ClusterSessions.SweepWanted>();
        caller.Tell(new SessionFact.Answered(there.Id, 0, "12:00", Second, InWorkMode: true), keeper.Ref);
        caller.Tell(new SessionFact.Ended(there.Id, null), keeper.Ref);

        Assert.Equal("12:00", (await Probe.Expect<SessionFact.Answered>()).Output);
        Assert.Null((await Probe.Expect<SessionFact.Ended>()).Fault);
    }

    [Fact]
    public async Task is_waited_for_until_some_node_may_talk_to_the_device()
    {
        home = null;
        Converse([new Step(0, "show clock")]);
        await Settled(sessions);
        await keeper.ExpectNothingBefore("nobody");

        home = new(There, 3);
        sessions.Tell(new ClusterSessions.HomesChanged());

        await Begun();
    }

    [Fact]
    public async Task that_no_node_has_taken_up_is_recalled_at_once_and_any_other_goes_on()
    {
        home = null;
        Converse([new Step(0, "show clock")]);
        await Settled(sessions);
        sessions.Tell(new Reach(Runs.Device("r1"), new SessionCommand.Recall(Id)));
        Assert.Equal("node_lost", (await Probe.Expect<SessionFact.Ended>()).Fault!.Kind);

        home = new(There, 3);
        Converse([new Step(0, "show clock")]);
        var (caller, there) = await Begun();
        sessions.Tell(new Reach(Runs.Device("r1"), new SessionCommand.Recall(Id)));
        caller.Tell(new SessionFact.Ended(there.Id, null), keeper.Ref);
        Assert.Null((await Probe.Expect<SessionFact.Ended>()).Fault);
    }

    [Fact]
    public async Task is_given_up_when_no_node_may_talk_to_the_device_for_too_long()
    {
        home = null;
        Converse([new Step(0, "show clock")]);
        await Settled(sessions);
        await Settled(await Talk());
        Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Contains("r1", (await Probe.Expect<SessionFact.Ended>()).Fault!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task waits_where_the_device_was_taken_from_a_lost_node_until_the_last_bytes_of_that_have_arrived()
    {
        mayTalk = false;
        Converse([new Step(0, "show clock")]);
        await Settled(sessions);
        await Settled(await Talk());
        await Settled(host);
        await keeper.ExpectNothingBefore("nobody");

        mayTalk = true;
        host.Tell(new SessionHost.Settled());

        await Begun();
    }

    [Fact]
    public async Task is_not_asked_for_again_at_once_when_a_node_knows_better_who_owns_the_device()
    {
        epoch = 4;
        Converse([new Step(0, "show clock")]);
        await Settled(sessions);
        var talk = await Talk();
        await Settled(talk);
        await Settled(host);
        await Settled(sessions);
        await Settled(talk);
        await Probe.ExpectNothingBefore("at once");
        await keeper.ExpectNothingBefore("nobody is dialled");

        home = new(There, 4);
        await Lost();

        Assert.Equal(new SessionFact.Ended(Id, new DeviceFault.NodeLost("there")), await Probe.Next());
    }

    [Fact]
    public async Task is_refused_by_a_node_with_other_credentials()
    {
        sessions.Tell(
            new Reach(Runs.Device("r1"), new SessionCommand.Converse(Id, [new Step(0, "show clock")], new Credentials("bob"), guard.Ref, false)), Probe.Ref);

        Assert.True((await Probe.Expect<SessionFact.Ended>()).Fault!.IsOfCredential);
    }

    [Fact]
    public async Task ends_behind_its_step_when_its_node_hands_the_device_over_in_a_hurry()
    {
        Converse([new Step(0, "configure terminal"), new Step(1, "exit"), new Step(2, "show clock")]);
        var (caller, there) = await Begun();
        host.Tell(new SessionHost.GiveUp(_ => true), Probe.Ref);
        caller.Tell(new SessionFact.Answered(there.Id, 0, "", Second, InWorkMode: false), keeper.Ref);
        host.Tell(new SessionHost.Hurry(_ => true));
        await Probe.Expect<SessionFact.Answered>();
        await Settled(host);
        await Settled(caller);
        await keeper.ExpectNothingBefore("a configuration mode is not left");

        caller.Tell(new SessionFact.Answered(there.Id, 1, "", Second, InWorkMode: true), keeper.Ref);
        await Probe.Expect<SessionFact.Answered>();
        var cancel = Assert.IsType<SessionCommand.Cancel>((await keeper.Expect<Reach>()).Command);
        caller.Tell(new SessionFact.Ended(there.Id, new DeviceFault.Cancelled(cancel.By)), keeper.Ref);

        await Probe.Expect<SessionHost.GivenUp>();
        await Settled(sessions);
        await Settled(await Talk());
        home = new(Here, 4);
        await Lost();
        Assert.Equal(new SessionFact.Ended(Id, new DeviceFault.NodeLost("there")), await Probe.Next());
    }

    [Fact]
    public async Task is_cancelled_when_the_node_that_asked_for_it_is_gone()
    {
        Converse([new Step(0, "show clock")]);
        var (_, there) = await Begun();
        host.Tell(new SessionHost.NodeGone(Here));

        var cancel = Assert.IsType<SessionCommand.Cancel>((await keeper.Expect<Reach>()).Command);
        Assert.Equal(there.Id, cancel.Id);
    }

    [Fact]
    public async Task is_reset_when_its_node_loses_the_device()
    {
        Converse([new Step(0, "show clock")]);
        await Begun();
        host.Tell(new SessionHost.Lose(device => device.Name == "r1"));

        Assert.IsType<SessionCommand.Abandon>((await keeper.Expect<Reach>()).Command);
    }

    private void Converse(IReadOnlyList<Step> steps, Func<SessionCommand.Converse, SessionCommand.Converse>? with = null)
    {
        var talk = new SessionCommand.Converse(Id, steps, Who, guard.Ref, StopAtError: true);
        sessions.Tell(new Reach(Runs.Device("r1"), with?.Invoke(talk) ?? talk), Probe.Ref);
    }

    private async Task Lost()
    {
        sessions.Tell(new ClusterSessions.HomesChanged(), homes.Ref);
        await homes.Expect<ClusterSessions.SweepWanted>();
        sessions.Tell(new ClusterSessions.Swept());
    }

    private async Task<(IActorRef Caller, SessionCommand.Converse Talk)> Begun()
    {
        var reach = await keeper.Expect<Reach>();
        return (keeper.LastSender, Assert.IsType<SessionCommand.Converse>(reach.Command));
    }

    private async Task<IActorRef> Asks()
    {
        await Probe.Expect<SessionFact.WantsLeave>();
        return Probe.LastSender;
    }

    private Task<IActorRef> Talk() => System.ActorSelection(sessions.Path / "talk-0").ResolveOne(Patience, TestContext.Current.CancellationToken);

    private static Task Settled(IActorRef actor) => Processed(actor);
}
