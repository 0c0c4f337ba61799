using System.Text;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Sharding;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence.Journal;
using Trigger.Node.Clustering;
using Trigger.Node.Terminals;
using Trigger.Sessions;
using Trigger.Tests.Jobs;
using Trigger.Tests.Kernel;
using Trigger.Wire;

namespace Trigger.Tests.Node;

/// <summary>Two nodes in one system: a person sits at the one, and the test is the keeper of sessions, and the line, on the other. Letters are written and read as bytes.</summary>
public sealed class A_terminal_on_another_node : KernelSpec, ILineObserver
{
    private static readonly MemberId Here = new("here", 1);
    private static readonly MemberId There = new("there", 7);
    private static readonly Credentials Central = new("alice", new Secret("pw"));
    private static readonly Credentials Local = new("admin", new Secret("pw"));

    private readonly Probe keeper;
    private readonly Probe news;
    private readonly IActorRef sessions;
    private readonly IActorRef host;
    private readonly LineTaps taps = new();
    private readonly TaskCompletionSource<DeviceFault?> loggedIn = new();
    private readonly TaskCompletionSource<DeviceFault?> ended = new();
    private readonly ConcurrentLine line = new();
    private readonly Lock gate = new();
    private bool takesNoMore;
    private ShardHome? home = new(There, 3);
    private HandOver person = null!;

    public A_terminal_on_another_node()
        : base(JournalSetup.InMemory(new MemoryEvents()))
    {
        keeper = new Probe(System);
        news = new Probe(System);
        IActorRef[] ends = new IActorRef[2];
        SendLetter From(MemberId from) => (to, letter) => ends[to == Here ? 0 : 1].Tell(new LetterFrom(from, SessionLetter.Read(letter.Write())), ActorRefs.NoSender);
        sessions = ends[0] = System.ActorOf(Props.Create(() => new ClusterSessions(_ => home, From(Here), TimeSpan.FromMinutes(1))));
        var grounds = new SessionHost.Grounds(() => There, keeper.Ref, _ => 3, _ => true, name => Runs.Device(name), _ => [Central, Local], From(There), Clock, _ => { }) { Taps = taps };
        host = ends[1] = System.ActorOf(Props.Create(() => new SessionHost(grounds)));
    }

    [Fact]
    public async Task takes_keys_to_the_line_and_brings_bytes_to_the_person()
    {
        var (talk, there) = await LoggedIn();
        person.Write("show clock\r"u8);
        person.Resize(120, 50);
        Assert.Equal("write show clock\r", await line.Next());
        Assert.Equal("resize 120x50", await line.Next());

        there.Person.Received("12:00\r\n"u8.ToArray());
        Assert.Equal("12:00\r\n", await news.Next());
        Assert.NotNull(talk);
    }

    [Fact]
    public async Task drops_what_is_typed_before_the_login_is_over_and_has_its_window_then()
    {
        Sit();
        var (caller, talk) = await Begun();
        talk.To!.Join(line);
        person.Write("rm -rf /\r"u8);
        caller.Tell(new SessionFact.LoggedIn(talk.Id, "r1#"), keeper.Ref);
        talk.To.Take();
        Assert.Null(await loggedIn.Task.WaitAsync(Patience, TestContext.Current.CancellationToken));
        person.Write("exit\r"u8);

        Assert.Equal("resize 90x30", await line.Next());
        Assert.Equal("write exit\r", await line.Next());
    }

    [Fact]
    public async Task holds_the_device_back_while_the_screen_is_full_and_loses_nothing()
    {
        var (_, there) = await LoggedIn();
        Full(true);
        var said = string.Concat(Enumerable.Range(0, 40_000).Select(n => $"line {n:000000}\n"));
        foreach (var piece in said.Chunk(10_000))
            there.Person.Received(Encoding.ASCII.GetBytes(piece));
        Assert.Equal("pause", await line.Next());

        Full(false);
        var heard = new StringBuilder();
        while (heard.Length < said.Length)
            heard.Append((string)await news.Next());

        Assert.Equal(said, heard.ToString());
        Assert.Equal("resume", await line.Next());
    }

    [Fact]
    public async Task tells_that_the_login_is_over_behind_everything_that_the_login_showed()
    {
        Sit();
        var (caller, talk) = await Begun();
        Full(true);
        talk.To!.Person.Received("Password: "u8.ToArray());
        talk.To.Person.Received("\r\nr1>enable"u8.ToArray());
        talk.To.Person.Received("\r\nr1#"u8.ToArray());
        Assert.Equal("Password: ", await news.Next());
        caller.Tell(new SessionFact.LoggedIn(talk.Id, "r1#"), keeper.Ref);
        await Processed(caller);
        await Processed(sessions);
        Assert.False(loggedIn.Task.IsCompleted);

        Full(false);
        var shown = "";
        while (!shown.EndsWith("r1#", StringComparison.Ordinal))
            shown += await news.Next();
        await loggedIn.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task hangs_up_when_the_person_does()
    {
        var (caller, _) = await LoggedIn();
        person.Close();

        var cancel = Assert.IsType<SessionCommand.Cancel>((await keeper.Expect<Reach>()).Command);
        caller.Tell(new SessionFact.Ended(cancel.Id, new DeviceFault.Cancelled(cancel.By)), keeper.Ref);
        Assert.Null(await ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken));
        await NobodyTalks();
    }

    [Fact]
    public async Task ends_in_order_when_the_device_hangs_up_and_else_with_what_broke()
    {
        var (caller, there) = await LoggedIn();
        there.Person.Received("bye\r\n"u8.ToArray());
        there.Person.Closed(null);
        caller.Tell(new SessionFact.Ended(new ConversationId("x"), new DeviceFault.LineLost("talking", "closed", "")), keeper.Ref);

        Assert.Equal("bye\r\n", await news.Next());
        Assert.Null(await ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken));
        Assert.Equal("closed in order", await news.Next());
    }

    [Fact]
    public async Task says_what_broke_the_line()
    {
        var (caller, there) = await LoggedIn();
        there.Person.Closed(new WireFault.LineLost("talking", "reset"));
        caller.Tell(new SessionFact.Ended(new ConversationId("x"), new DeviceFault.LineLost("talking", "reset", "")), keeper.Ref);

        Assert.Equal("line_lost", (await ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken))!.Kind);
    }

    [Fact]
    public async Task leaves_nothing_behind_when_the_person_s_node_is_gone_with_bytes_on_their_way()
    {
        var (caller, there) = await LoggedIn();
        Full(true);
        for (var n = 0; n < 20; n++)
            there.Person.Received(new byte[100_000]);
        await Processed(caller);
        host.Tell(new SessionHost.NodeGone(Here));

        SessionCommand command;
        while ((command = (await keeper.Expect<Reach>()).Command) is not SessionCommand.Cancel)
        {
        }

        caller.Tell(new SessionFact.Ended(((SessionCommand.Cancel)command).Id, new DeviceFault.Cancelled("x")), keeper.Ref);
        await NobodyTalks();
    }

    [Fact]
    public async Task is_offered_each_credential_once_until_one_is_taken()
    {
        Sit();
        var (caller, first) = await Begun();
        caller.Tell(new CredentialUse.MayShow("its own name", "r1"), keeper.Ref);
        await keeper.Expect<CredentialUse.Granted>();
        caller.Tell(new SessionFact.Ended(first.Id, new DeviceFault.LoginRefused("alice", "")), keeper.Ref);
        var (second, talk) = await Begun();
        Assert.Equal((Central, Local), (first.Credentials, talk.Credentials));

        second.Tell(new SessionFact.Ended(talk.Id, new DeviceFault.LoginRefused("admin", "")), keeper.Ref);
        Assert.Equal("login_refused", (await ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken))!.Kind);
        Assert.Equal("login_refused", (await loggedIn.Task)!.Kind);
    }

    [Fact]
    public async Task waits_for_who_talks_to_the_device_and_says_who_that_is()
    {
        Sit();
        await Begun();
        var other = new HandOver(this, raise: false);
        sessions.Tell(new ClusterSessions.Sit(
            Runs.Device("r1"), new SessionCommand.Converse(new ConversationId("bob"), [], Central, news.Ref, true) { To = other }, new TerminalWish(false, 80, 24, TerminalManner.Wait)), news.Ref);

        Assert.Contains("alice", (await news.Expect<SessionLetter.Waits>()).Others, StringComparison.Ordinal);
        await Begun();
    }

    [Fact]
    public async Task takes_the_device_over_before_it_asks_for_it()
    {
        Sit(TerminalManner.TakeOver);

        Assert.IsType<SessionCommand.Abandon>((await keeper.Expect<Reach>()).Command);
        await Begun();
    }

    [Fact]
    public async Task looks_on_without_a_conversation_of_its_own()
    {
        Sit(TerminalManner.Watch);
        Assert.Equal("opened", await news.Next());
        var dial = taps.Into((_, _, observer) =>
        {
            observer.Received("r1#"u8.ToArray());
            return line;
        });
        dial(Runs.Device("r1"), null!, new HandOverListener());
        dial(Runs.Device("r2"), null!, new HandOverListener());
        Assert.Equal("r1#", await news.Next());
        person.Write("reload\r"u8);
        person.Close();

        Assert.Null(await ended.Task.WaitAsync(Patience, TestContext.Current.CancellationToken));
        await NobodyTalks();
        dial(Runs.Device("r1"), null!, new HandOverListener());
        Assert.Equal("closed in order", await news.Next());
        await keeper.ExpectNothingBefore("nobody is dialled, nothing is typed");
        await news.ExpectNothingBefore("nothing is heard any more");
    }

    [Fact]
    public async Task looks_on_no_more_when_its_node_loses_the_device()
    {
        Sit(TerminalManner.Watch);
        Assert.Equal("opened", await news.Next());
        host.Tell(new SessionHost.Lose(_ => true));

        await NobodyTalks();
    }

    void ILineObserver.Authenticating(LineGreeting greeting)
    {
    }

    void ILineObserver.Opened(LineGreeting greeting) => news.Ref.Tell("opened");

    void ILineObserver.Received(ReadOnlyMemory<byte> bytes)
    {
        lock (gate)
        {
            if (takesNoMore)
                person.Pause();
        }

        news.Ref.Tell(Encoding.ASCII.GetString(bytes.Span));
    }

    void ILineObserver.Closed(WireFault? fault) => news.Ref.Tell(fault is null ? "closed in order" : "broken");

    // In one piece, as a screen does it: else it could be told to go on before it has said that it is full.
    private void Full(bool full)
    {
        lock (gate)
        {
            takesNoMore = full;
            if (!full)
                person.Resume();
        }
    }

    private void Sit(TerminalManner manner = TerminalManner.Wait)
    {
        person = new HandOver(this, raise: true);
        var setup = new TerminalPorter.Setup(
            Runs.Device("r1"), [Central, Local], "alice's terminal", person, new TerminalWish(true, 90, 30, manner), sessions, _ => { }, loggedIn, ended);
        System.ActorOf(Props.Create(() => new TerminalPorter(setup)));
    }

    private async Task<(IActorRef Caller, SessionCommand.Converse Talk)> Begun()
    {
        var reach = await keeper.Expect<Reach>();
        while (reach.Command is SessionCommand.Abandon)
            reach = await keeper.Expect<Reach>();
        return (keeper.LastSender, Assert.IsType<SessionCommand.Converse>(reach.Command));
    }

    private async Task<(IActorRef Caller, HandOver There)> LoggedIn()
    {
        Sit();
        var (caller, talk) = await Begun();
        talk.To!.Join(line);
        talk.To.Take();
        caller.Tell(new SessionFact.LoggedIn(talk.Id, "r1#"), keeper.Ref);
        await loggedIn.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal("resize 90x30", await line.Next());
        return (caller, talk.To);
    }

    // Every question is a turn of the host's, and what it waits for is on its way.
    private async Task NobodyTalks()
    {
        using var patience = new CancellationTokenSource(Patience);
        while ((await host.Ask<SessionHost.Talks>(new SessionHost.TellTalks(), patience.Token)).All.Count > 0)
            patience.Token.ThrowIfCancellationRequested();
    }

    private sealed class HandOverListener : ILineObserver
    {
        public void Authenticating(LineGreeting greeting)
        {
        }

        public void Opened(LineGreeting greeting)
        {
        }

        public void Received(ReadOnlyMemory<byte> bytes)
        {
        }

        public void Closed(WireFault? fault)
        {
        }
    }

    private sealed class ConcurrentLine : ILine
    {
        private readonly global::System.Threading.Channels.Channel<string> done = global::System.Threading.Channels.Channel.CreateUnbounded<string>();

        public async Task<string> Next()
        {
            using var patience = new CancellationTokenSource(Patience);
            return await done.Reader.ReadAsync(patience.Token);
        }

        public void Write(ReadOnlySpan<byte> bytes) => done.Writer.TryWrite($"write {Encoding.ASCII.GetString(bytes)}");

        public void Authenticate(LineCredentials credentials)
        {
        }

        public void Pause() => done.Writer.TryWrite("pause");

        public void Resume() => done.Writer.TryWrite("resume");

        public void Resize(int columns, int rows) => done.Writer.TryWrite($"resize {columns}x{rows}");

        public void Close() => done.Writer.TryWrite("close");

        public void Abort() => done.Writer.TryWrite("abort");
    }
}
