using Trigger.Kernel.Actor;
using Trigger.Sessions;
using Trigger.Wire;

namespace Trigger.Node.Clustering;

/// <summary>
/// The device's end of a terminal at which a person on another node sits: the line is here. Its other half is <see cref="FarSession"/>. What the device says goes out when what went
/// before has been shown, so that a slow screen or way holds the device back, and a fast one gets every byte at once.
/// </summary>
internal sealed class FarTerminal : ReceiveActor
{
    private const int UsualPiece = 32 * 1024;
    private const int High = 256 * 1024;
    private const string HandOverOfDevice = "the hand-over of the device";

    private readonly FarCaller.Setup setup;
    private readonly TerminalWish wish;
    private readonly LineTaps taps;
    private readonly ConversationId id;
    private readonly HandOver door;
    private readonly Queue<ReadOnlyMemory<byte>> unsent = [];
    private int length;
    private IActorRef asker = ActorRefs.Nobody;
    private IDisposable? tap;
    private (int Columns, int Rows) size;
    private bool underWay;
    private bool held;
    private bool over;
    private bool deserted;
    private SessionLetter? loggedIn;
    private SessionLetter.Ended? ended;

    public FarTerminal(FarCaller.Setup setup, LineTaps taps)
    {
        this.setup = setup;
        this.taps = taps;
        wish = setup.Letter.Terminal!;
        size = (wish.Columns, wish.Rows);
        id = new ConversationId($"{setup.Letter.Id}@{setup.From.Node}.{setup.From.Incarnation}");
        door = new HandOver(new Ear(Self), wish.Raise);

        Receive<LineGreeting>(greeting => Write(new SessionLetter.Opened(Talk, greeting.Address, greeting.ServerVersion, greeting.Banner, greeting.HostKeyFingerprint, greeting.InsteadOfSsh)));
        Receive<Bytes>(bytes => Hear(bytes.Of));
        Receive<LineOver>(over => ended ??= over.InOrder ? new SessionLetter.Ended(Talk, null) : null);
        Receive<SessionFact.LoggedIn>(fact =>
        {
            door.Resize(size.Columns, size.Rows);
            loggedIn = SessionLetter.Of(Talk, fact);
            Flush();
        });
        Receive<SessionFact.Ended>(End);
        Receive<CredentialUse.MayShow>(_ =>
        {
            asker = Sender;
            Write(new SessionLetter.MayShow(Talk));
        });
        Receive<CredentialUse.Judged>(judged => Write(new SessionLetter.Judged(Talk, judged.Accepted)));
        Receive<SessionLetter.Granted>(_ => asker.Tell(new CredentialUse.Granted()));
        Receive<SessionLetter.Withheld>(withheld => asker.Tell(new CredentialUse.Withheld(withheld.Refusals)));
        Receive<SessionLetter.Typed>(typed => door.Write(typed.Bytes));
        Receive<SessionLetter.Resized>(resized =>
        {
            size = (resized.Columns, resized.Rows);
            door.Resize(resized.Columns, resized.Rows);
        });
        Receive<SessionLetter.Shown>(_ =>
        {
            underWay = false;
            Flush();
        });
        Receive<SessionLetter.Cancel>(cancel => HangUp(cancel.By));
        Receive<FarCaller.Hurry>(_ => HangUp(HandOverOfDevice));
        ReceiveAny(_ => { });
    }

    private sealed record Bytes(ReadOnlyMemory<byte> Of);

    private sealed record LineOver(bool InOrder);

    private long Talk => setup.Letter.Talk;

    protected override void PreStart()
    {
        if (wish.Manner == TerminalManner.Watch)
        {
            var self = Self;
            tap = taps.Watch(setup.Device.Name, bytes => self.Tell(new Bytes(bytes), ActorRefs.NoSender));
            Write(new SessionLetter.Opened(Talk, "", null, null, null));
            return;
        }

        if (wish.Manner == TerminalManner.TakeOver)
            Reach(new SessionCommand.Abandon(setup.Node));
        Reach(new SessionCommand.Converse(id, [], setup.Credentials, Self, StopAtError: true) { To = door });
    }

    protected override void PostStop()
    {
        tap?.Dispose();
        door.Abort();
        Context.Parent.Tell(new SessionHost.Over(setup.From, Talk));
    }

    private void Hear(ReadOnlyMemory<byte> bytes)
    {
        // Who only watches cannot hold the device back, and misses what is too much.
        if (deserted || (tap is not null && length > High))
            return;

        unsent.Enqueue(bytes);
        length += bytes.Length;
        if (length > High && !held)
        {
            held = true;
            door.Pause();
        }

        Flush();
    }

    private void Flush()
    {
        if (underWay)
            return;

        if (length == 0)
        {
            // Behind everything that the login has brought to the screen.
            if (loggedIn is { } news)
                Write(news);
            loggedIn = null;
            if (ended is { } last && over)
                Last(last);
            return;
        }

        using var piece = new MemoryStream();
        while (piece.Length < UsualPiece && unsent.TryDequeue(out var bytes))
            piece.Write(bytes.Span);
        length -= (int)piece.Length;
        underWay = true;
        Write(new SessionLetter.Heard(Talk, piece.ToArray()));
        if (held && length < High / 4)
        {
            held = false;
            door.Resume();
        }
    }

    private void End(SessionFact.Ended fact)
    {
        // To the session every end of the line is a fault; to a person the one in order is none.
        ended ??= fact.Fault is DeviceFault.Cancelled { By: HandOverOfDevice }
            ? new SessionLetter.Ended(Talk, FaultNote.Of(new DeviceFault.NodeLost(setup.Node)))
            : (SessionLetter.Ended)SessionLetter.Of(Talk, fact);
        over = true;
        if (deserted)
            Last(ended);
        else
            Flush();
    }

    private void Last(SessionLetter.Ended last)
    {
        Write(last);
        Context.Stop(Self);
    }

    private void HangUp(string by)
    {
        if (tap is not null)
        {
            Last(new SessionLetter.Ended(Talk, by == HandOverOfDevice ? FaultNote.Of(new DeviceFault.NodeLost(setup.Node)) : null));
            return;
        }

        // To a person who has gone nothing is shown any more.
        deserted |= by != HandOverOfDevice;
        Reach(new SessionCommand.Cancel(id, by));
    }

    private void Reach(SessionCommand command) => setup.Keeper.Tell(new Reach(setup.Device, command), Self);

    private void Write(SessionLetter letter) => setup.Send(setup.From, letter);

    /// <summary>Carries the line's news into the mailbox.</summary>
    private sealed class Ear(IActorRef terminal) : ILineObserver
    {
        public void Authenticating(LineGreeting greeting)
        {
            // The session answers it.
        }

        public void Opened(LineGreeting greeting) => terminal.Tell(greeting, ActorRefs.NoSender);

        public void Received(ReadOnlyMemory<byte> bytes) => terminal.Tell(new Bytes(bytes), ActorRefs.NoSender);

        public void Closed(WireFault? fault) => terminal.Tell(new LineOver(fault is null), ActorRefs.NoSender);
    }
}
