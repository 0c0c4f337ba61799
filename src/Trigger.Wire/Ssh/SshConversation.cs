using System.Net;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// One SSH session, stepped by its reactor whenever its socket moves. Each phase repeats its one libssh call until that stops saying "again".
/// <code>
///   Lookup ─▶ Tcp ─▶ Handshake ─▶ LoggingIn ──▶ Waiting ──Authenticate──▶ LoggingIn ─▶ Opening ─▶ Running ─▶ Closing
///                    host key     "none"        for credentials             ▲  │          └─▶ Carrying (a jump host: no channel of its own)
///                                                                        Answering
///   Every phase may end in Closed, by a fault, a deadline or the caller. Nothing leaves Closed.
/// </code>
/// </summary>
internal sealed class SshConversation(SshReactor reactor, SshDial dial, ILineObserver observer, HostKeyGate gate, SshTunnels? tunnels = null) : IWatched
{
    // How long a person may think about a question; sshd's LoginGraceTime is two minutes, too.
    private static readonly TimeSpan QuestionPatience = TimeSpan.FromMinutes(2);

    private readonly SshApproach approach = new(dial);
    private readonly SshChannelSetup setup = new(dial);
    private readonly SshLogin login = new(dial);
    private SshHandshake? handshake = new(reactor);
    private SshFarewell? farewell;
    private SshPulse? pulse;
    private SshPath? path;
    private SshProxy? proxy;
    private SshPhase phase = SshPhase.Lookup;
    private ulong key;
    private long due;
    private long overallDue;
    private long connectDue;
    private IReadOnlyList<string> recordedTypes = [];
    private SshLink? link;
    private bool stepsSoon;
    private string address = "";
    private string? fingerprint;

    internal SshReactor Reactor => reactor;

    // Made on first use: a jump host has none.
    private SshExchange Exchange => field ??= new SshExchange(this, reactor, dial, observer);

    private SshLink Link => link!;

    private nint Native => link!.Session;

    private bool IsOpen => phase is SshPhase.Running or SshPhase.Carrying or SshPhase.Closing;

    private string During => phase.Told();

    public void Happened(uint events) => Step();

    /// <summary>Steps before the reactor sleeps: there is more to read that epoll knows nothing of, or something to write.</summary>
    internal void StepSoon()
    {
        if (!stepsSoon)
            reactor.StepAgain(this);

        stepsSoon = true;
    }

    /// <summary>The socket moved, or there is more to read. Never called while a connect is still under way.</summary>
    internal void Step()
    {
        stepsSoon = false;
        try
        {
            while (phase != SshPhase.Closed && Advance())
            {
            }

            if (phase != SshPhase.Closed && !Link.Watch(Interest()))
                StepSoon(); // libssh has heard the end, and tells it when it is asked again.
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            GiveUp(e);
        }
    }

    internal void Obey(SshCommand command)
    {
        if (phase == SshPhase.Closed)
        {
            command.Discard();
            return;
        }

        try
        {
            CarryOut(command);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            GiveUp(e);
        }
    }

    private void CarryOut(SshCommand command)
    {
        switch (command.Kind)
        {
            case SshCommandKind.Begin:
                Begin();
                break;
            case SshCommandKind.Dial:
                (var addresses, recordedTypes) = ((IPEndPoint[], IReadOnlyList<string>))command.Load!;
                approach.To(addresses);
                ConnectNext(null);
                break;
            case SshCommandKind.Adopt:
                Adopt((SshAdoption)command.Load!);
                break;
            case SshCommandKind.Fail:
                Finish((WireFault)command.Load!);
                break;
            case SshCommandKind.Authenticate:
                TakeSecrets((SshSecrets)command.Load!);
                break;
            case SshCommandKind.Answer:
                TakeAnswers((NativeSecret[]?)command.Load);
                break;
            case SshCommandKind.Carry:
                tunnels!.Add((SshTunnel)command.Load!);
                if (IsOpen)
                    Step();
                break;
            case SshCommandKind.Recognised:
                if (phase == SshPhase.Handshake) // Else it went on already: the store answered as it was being asked.
                    Step();
                break;
            case SshCommandKind.Close:
                TakeLeave();
                break;
            case SshCommandKind.Abort:
                Finish(null, reset: true);
                break;
            case var _ when phase != SshPhase.Closing && Exchange.Take(command):
                if (IsOpen)
                    StepSoon(); // Not now: a caller who writes many things at once has the rest of them queued behind.
                break;
        }
    }

    public void Expire(long moment)
    {
        if (phase == SshPhase.Closed)
            return;

        if (moment == overallDue && !IsOpen)
            Finish(new WireFault.Overdue(During, dial.Limits.Overall!.Value, ""));
        else if (pulse is not null && moment == pulse.Due)
            Beat(pulse);
        else if (tunnels?.Expire(moment) == true)
            Finish(null);
        else if (moment == due)
            Expire();
    }

    /// <summary>Ends the session without ceremony, as ours to end.</summary>
    public void Abandon() => Finish(null);

    private void Expire()
    {
        due = 0;
        if (phase == SshPhase.Tcp && approach.HasMore)
        {
            approach.GiveUpThisOne();
            ConnectNext(null);
            return;
        }

        Finish(phase switch
        {
            SshPhase.Running or SshPhase.Closing => null,
            SshPhase.Handshake => handshake!.Overdue(Link, dial.Limits.Handshake),
            SshPhase.Lookup or SshPhase.Tcp => Overdue(dial.Limits.Connect),
            SshPhase.Answering => Overdue(QuestionPatience),
            SshPhase.LoggingIn => Overdue(dial.Limits.Authenticate),
            _ => Overdue(dial.Limits.OpenShell),
        });
    }

    private WireFault.Overdue Overdue(TimeSpan waited) => new(During, waited, "");

    private bool Advance() => phase switch
    {
        SshPhase.Tcp => Connected(),
        SshPhase.Handshake => ShakeHands(),
        SshPhase.LoggingIn => LogIn(),
        SshPhase.Waiting or SshPhase.Answering => Fail(new WireFault.LineLost(During, "the far end closed the connection before it had credentials")),
        SshPhase.Opening => AskForService(),
        SshPhase.Running => Converse(),
        SshPhase.Carrying => !tunnels!.Step() && Fail(Lost()),
        SshPhase.Closing => Leave(),
        _ => false,
    };

    private uint Interest()
    {
        // Before credentials come nothing is read, so only the end of the line is of interest.
        if (phase == SshPhase.Tcp)
            return Epoll.Writable;

        if (phase is SshPhase.Waiting or SshPhase.Answering)
            return Epoll.FarEndClosed;

        if (handshake is { IsAsking: true })
            return 0;

        var reads = phase == SshPhase.Running && Exchange.Paused ? 0 : Epoll.Readable;
        if (reads == 0 && SshLink.IsClosed(Native))
            return 0; // What libssh still holds is read after Resume, and only then is the line over.

        return Link.WritePending ? reads | Epoll.Writable : reads;
    }

    private void Begin()
    {
        key = reactor.Adopt(this);
        if (dial.Limits.Overall is { } overall)
            overallDue = reactor.SetDeadline(key, overall);

        // Through a jump host the hop has deadlines of its own, for its login and for the way on.
        if (dial.Jump is null)
            SetDeadline(dial.Limits.Connect);

        connectDue = due;
    }

    // Tcp: a connect is under way; the deadline is this address's share of the whole.
    private void ConnectNext(WireFault? last)
    {
        link?.Dispose(reset: false);
        link = null;
        var fd = approach.Connect(last, out var fault);
        if (fd < 0)
        {
            Finish(fault);
            return;
        }

        phase = SshPhase.Tcp;
        link = new SshLink(reactor.Epoll, key, fd);
        _ = link.Watch(Epoll.Writable);
        SetDeadline(approach.Share(reactor.Until(connectDue)));
    }

    private bool Connected()
    {
        var error = TcpSocket.ConnectError(Link.Fd);
        if (error == 0)
        {
            address = approach.Address.ToString();
            return BeginHandshake(approach.Address);
        }

        var fault = approach.FaultOf(error);
        approach.GiveUpThisOne();
        ConnectNext(fault);
        return false;
    }

    private void Adopt(SshAdoption adoption)
    {
        (address, path, proxy) = (adoption.Address, adoption.Path, adoption.Proxy);
        proxy?.Watch(reactor);
        link = new SshLink(reactor.Epoll, key, adoption.Fd);
        if (dial.Recognize is null)
            recordedTypes = gate.RecordedTypes(dial);

        // The address is for libssh's own messages only, and any will do.
        if (BeginHandshake(new IPEndPoint(IPAddress.Loopback, dial.Port)))
            Step();
    }

    private bool BeginHandshake(IPEndPoint to)
    {
        phase = SshPhase.Handshake;
        SetDeadline(dial.Limits.Handshake);
        return Link.Begin(to, dial.Algorithms, recordedTypes) is not { } mistake || Fail(new WireFault.Misconfigured(mistake));
    }

    // Handshake: identification strings, key exchange.
    private bool ShakeHands()
    {
        if (!handshake!.Step(Link, out var broken) || !handshake.Recognise(gate, dial, Native, () => reactor.Post(new SshCommand(this, SshCommandKind.Recognised)), out broken))
            return broken is not null && Fail(broken);

        (fingerprint, handshake) = (handshake.Fingerprint, null);
        LegacyAudit.Report(Link, dial, reactor.Warn);
        return BeginLogin();
    }

    private bool BeginLogin()
    {
        phase = SshPhase.LoggingIn;
        SetDeadline(dial.Limits.Authenticate);
        return true;
    }

    private bool LogIn()
    {
        switch (login.Step(Link, During, out var fault))
        {
            case SshLogin.Progress.Done:
                login.Forget();
                return tunnels is null ? OpenChannel() : BeginCarrying(tunnels);
            case SshLogin.Progress.Failed:
                return Fail(fault);
            case SshLogin.Progress.WantsCredentials:
                phase = SshPhase.Waiting;
                due = 0;
                observer.Authenticating(Greeting());
                return false;
            case SshLogin.Progress.Asking:
                phase = SshPhase.Answering;
                SetDeadline(QuestionPatience);
                dial.Ask!(SshAnswers.Question(Native, answers => reactor.Post(new SshCommand(this, SshCommandKind.Answer, answers))));
                return false;
            default:
                return false;
        }
    }

    private void TakeSecrets(SshSecrets offered)
    {
        if (login.HasCredentials || phase > SshPhase.Waiting)
        {
            offered.Dispose();
            return;
        }

        login.Take(offered);
        if (offered.Mistake is { } mistake)
            Finish(new WireFault.Misconfigured(mistake));
        else if (phase == SshPhase.Waiting && BeginLogin())
            Step();
    }

    private void TakeAnswers(NativeSecret[]? answers)
    {
        if (!login.Answer(Link, answers, out var fault))
            new SshCommand(this, SshCommandKind.Answer, answers).Discard();
        else if (fault is not null)
            Finish(fault);
        else if (BeginLogin())
            Step();
    }

    private bool OpenChannel()
    {
        SetDeadline(dial.Limits.OpenShell);
        phase = SshPhase.Opening;
        if (!Link.OpenChannel())
            return Fail(new WireFault.ChannelRefused("session channel", Link.ErrorText));

        Exchange.Begin(Link);
        return true;
    }

    private bool AskForService()
    {
        if (!setup.Step(Link, out var refused))
            return refused is not null && Fail(SshLink.IsClosed(Native) ? Lost() : new WireFault.ChannelRefused(refused, Link.ErrorText));

        BeginPulse(SshPhase.Running);
        return true;
    }

    private bool BeginCarrying(SshTunnels ours)
    {
        BeginPulse(SshPhase.Carrying);
        ours.Begin(this, Link, key);
        return true;
    }

    private void BeginPulse(SshPhase open)
    {
        phase = open;
        due = 0;
        if (dial.KeepAlive is { } wanted)
        {
            pulse = new SshPulse(wanted);
            pulse.Due = reactor.SetDeadline(key, wanted.Interval);
        }

        observer.Opened(Greeting());
    }

    private void Beat(SshPulse beating)
    {
        // While nothing is read, nothing can be heard; and a line that is being closed has a deadline of its own.
        if (phase == SshPhase.Closing)
            return;

        if (!(phase == SshPhase.Running && Exchange.Paused) && beating.Beat(Link) is { } silence)
        {
            Finish(silence);
            return;
        }

        beating.Due = reactor.SetDeadline(key, dial.KeepAlive!.Interval);
        Step();
    }

    private bool Converse()
    {
        switch (Exchange.Step(Link))
        {
            case SshExchange.Progress.OutputEnded:
                SetDeadline(SshExit.Patience);
                return false;
            case SshExchange.Progress.Ended:
                return Fail(null);
            case SshExchange.Progress.Lost:
                return Fail(Link.EndedByApplication ? null : Lost());
            default:
                return false;
        }
    }

    private void TakeLeave()
    {
        if (phase != SshPhase.Running)
        {
            if (phase != SshPhase.Closing)
                Finish(null);
            return;
        }

        phase = SshPhase.Closing;
        farewell = new SshFarewell(this, reactor, Exchange.Outbox);
        SetDeadline(SshFarewell.LastWords);
        Step();
    }

    // Closing: our last bytes go out, then the far end is heard until it hangs up too.
    private bool Leave()
    {
        var progress = farewell!.Step(Link);
        if (progress == SshFarewell.Progress.Parting)
            SetDeadline(SshFarewell.Agreement);

        return progress == SshFarewell.Progress.Over ? Fail(null) : progress == SshFarewell.Progress.Parting;
    }

    private WireFault Lost() => Link.Lost(During);

    private LineGreeting Greeting() => new(address, Link.ServerVersion, Link.Banner, fingerprint);

    private void SetDeadline(TimeSpan patience) => due = reactor.SetDeadline(key, patience);

    private bool Fail(WireFault? fault)
    {
        Finish(fault);
        return false;
    }

    // Our own mistake or the observer's; it costs this session, not the thousands beside it.
    private void GiveUp(Exception surprise)
    {
        reactor.Warn($"The SSH session with {dial.Host}:{dial.Port} was given up in {During}: {surprise}");
        Finish(new WireFault.LineLost(During, surprise.Message));
    }

    // A connection that ends under us has its reason at the hop that carried it.
    private WireFault? WithHop(WireFault? fault) =>
        fault is WireFault.LineLost or WireFault.HandshakeFailed or WireFault.Overdue ? path?.Broken ?? proxy?.Broken(fault) ?? fault : fault;

    private void Finish(WireFault? fault, bool reset = false)
    {
        if (phase == SshPhase.Closed)
            return;

        fault = WithHop(fault);
        phase = SshPhase.Closed;
        login.Forget();
        if (link is { Channel: not 0 })
            reactor.News.Forget(link.Channel);

        tunnels?.End(fault ?? new WireFault.LineLost("the session", "the connection to it was given back"));
        link?.Dispose(reset);
        link = null;
        proxy?.Kill();
        reactor.Release(key);
        try
        {
            if (tunnels is null && Exchange.Exit is { } exit)
                observer.Exited(exit);

            observer.Closed(fault);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            reactor.Warn($"The observer of {dial.Host}:{dial.Port} failed on the last word: {e}");
        }
    }
}
