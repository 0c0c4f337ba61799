using System.Net;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// One SSH session, stepped by its reactor whenever its socket moves. Each phase repeats its one libssh call until that stops saying "again".
/// <code>
///   Lookup ─▶ Tcp ─▶ Handshake ─▶ [Introducing] ─▶ Waiting ──Authenticate──▶ LoggingIn ─▶ Opening ─▶ Terminal ─▶ Shell ─▶ Running ─▶ Closing
///                    host key       "none"        for credentials
///   Every phase may end in Closed, by a fault, a deadline or the caller. Nothing leaves Closed.
/// </code>
/// </summary>
internal sealed class SshConversation(SshReactor reactor, SshDial dial, ILineObserver observer, HostKeyGate gate) : IDisposable
{
    private readonly SshOutbox outbox = new();
    private Phase phase = Phase.Lookup;
    private ulong key;
    private long due;
    private long connectDue;
    private IPEndPoint[] addresses = [];
    private int address;
    private IReadOnlyList<string> recordedTypes = [];
    private SshLink? link;
    private SshHandshake? handshake = new(reactor);
    private SshFarewell? farewell;
    private SshSecrets? secrets;
    private SshAuthentication? authentication;
    private string? fingerprint;
    private bool introduced;
    private bool paused;
    private int refusals;

    internal enum Phase
    {
        Lookup,
        Tcp,
        Handshake,
        Introducing,
        Waiting,
        LoggingIn,
        Opening,
        Terminal,
        Shell,
        Running,
        Closing,
        Closed,
    }

    private SshLink Link => link!;

    private nint Native => link!.Session;

    private bool WantsTerminal => dial.Terminal && dial.Service is not SshService.Subsystem;

    private string During => phase switch
    {
        Phase.Lookup or Phase.Tcp => "connecting",
        Phase.Handshake => SshHandshake.During,
        Phase.Introducing or Phase.Waiting or Phase.LoggingIn => "authenticating",
        Phase.Opening or Phase.Terminal or Phase.Shell => "opening the shell",
        _ => "the session",
    };

    /// <summary>The socket moved, or there is more to read. Never called while a connect is still under way.</summary>
    internal void Step()
    {
        try
        {
            while (phase != Phase.Closed && Advance())
            {
            }

            if (phase != Phase.Closed)
                Link.Watch(Interest());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            GiveUp(e);
        }
    }

    internal void Obey(SshCommand command)
    {
        if (phase == Phase.Closed)
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
                key = reactor.Adopt(this);
                SetDeadline(dial.Limits.Connect);
                connectDue = due;
                break;
            case SshCommandKind.Dial:
                (addresses, recordedTypes) = ((IPEndPoint[], IReadOnlyList<string>))command.Load!;
                ConnectNext(null);
                break;
            case SshCommandKind.Adopt:
                Adopt(((int Fd, IPEndPoint From))command.Load!);
                break;
            case SshCommandKind.Fail:
                Finish((WireFault)command.Load!);
                break;
            case SshCommandKind.Write when phase != Phase.Closing:
                outbox.Add((byte[])command.Load!);
                StepIfOpen();
                break;
            case SshCommandKind.Authenticate:
                TakeSecrets((SshSecrets)command.Load!);
                break;
            case SshCommandKind.Pause:
                paused = true;
                StepIfOpen();
                break;
            case SshCommandKind.Resume:
                paused = false;
                StepIfOpen();
                break;
            case SshCommandKind.Close:
                TakeLeave();
                break;
            case SshCommandKind.Abort:
                Finish(null, reset: true);
                break;
        }
    }

    internal void Expire(long moment)
    {
        if (moment != due || phase == Phase.Closed)
            return; // Of a phase that is over.

        due = 0;
        switch (phase)
        {
            case Phase.Tcp when address + 1 < addresses.Length:
                address++;
                ConnectNext(null);
                break;
            case Phase.Handshake:
                Finish(handshake!.Overdue(Link, dial.Limits.Handshake));
                break;
            case Phase.Closing:
                Finish(null);
                break;
            case Phase.Lookup or Phase.Tcp:
                Finish(Overdue(dial.Limits.Connect));
                break;
            case Phase.Introducing or Phase.LoggingIn:
                Finish(Overdue(dial.Limits.Authenticate));
                break;
            default:
                Finish(Overdue(dial.Limits.OpenShell));
                break;
        }
    }

    /// <summary>Ends the session without ceremony, as ours to end.</summary>
    public void Dispose() => Finish(null);

    private WireFault.Overdue Overdue(TimeSpan waited) => new(During, waited, "");

    private bool Advance() => phase switch
    {
        Phase.Tcp => Connected(),
        Phase.Handshake => ShakeHands(),
        Phase.Introducing => Introduce(),
        Phase.Waiting => Fail(new WireFault.LineLost(During, "the far end closed the connection before it had credentials")),
        Phase.LoggingIn => LogIn(),
        Phase.Opening => Await(LibSsh.ssh_channel_open_session(Link.Channel), "session channel", WantsTerminal ? Phase.Terminal : Phase.Shell),
        Phase.Terminal => Await(
            LibSsh.ssh_channel_request_pty_size(Link.Channel, dial.TerminalType, dial.Columns, dial.Rows), "terminal", Phase.Shell),
        Phase.Shell => AskForService(),
        Phase.Running => Converse(),
        Phase.Closing => Leave(),
        _ => false,
    };

    private uint Interest()
    {
        // Before credentials come nothing is read, so only the end of the line is of interest.
        if (phase == Phase.Tcp)
            return Epoll.Writable;

        if (phase == Phase.Waiting)
            return Epoll.FarEndClosed;

        var reads = paused && phase == Phase.Running ? 0 : Epoll.Readable;
        if (reads == 0 && SshLink.IsClosed(Native))
            return 0; // What libssh still holds is read after Resume, and only then is the line over.

        return Link.WritePending ? reads | Epoll.Writable : reads;
    }

    // Tcp: a connect is under way; the deadline is this address's share of the whole.
    private void ConnectNext(WireFault? last)
    {
        for (; address < addresses.Length; address++)
        {
            link?.Dispose(reset: false);
            link = null;
            var fd = TcpSocket.StartConnect(addresses[address]);
            if (fd >= 0)
            {
                phase = Phase.Tcp;
                link = new SshLink(reactor.Epoll, key, fd);
                link.Watch(Epoll.Writable);
                SetDeadline(reactor.Until(connectDue) / (addresses.Length - address));
                return;
            }

            last = TcpFaults.Of(-fd, addresses[address].ToString(), dial.Limits.Connect);
        }

        Finish(last ?? new WireFault.NameNotFound(dial.Host, "the name has no address"));
    }

    private bool Connected()
    {
        var error = TcpSocket.ConnectError(Link.Fd);
        if (error != 0)
        {
            var fault = TcpFaults.Of(error, addresses[address].ToString(), dial.Limits.Connect);
            address++;
            ConnectNext(fault);
            return false;
        }

        return BeginHandshake();
    }

    private void Adopt((int Fd, IPEndPoint From) accepted)
    {
        addresses = [accepted.From];
        link = new SshLink(reactor.Epoll, key, accepted.Fd);
        if (BeginHandshake())
            Step();
    }

    private bool BeginHandshake()
    {
        phase = Phase.Handshake;
        SetDeadline(dial.Limits.Handshake);
        return Link.Begin(addresses[address], dial.Algorithms, recordedTypes) is not { } mistake
            || Fail(new WireFault.Misconfigured(mistake));
    }

    // Handshake: identification strings, key exchange.
    private bool ShakeHands()
    {
        if (!handshake!.Step(Link, out var broken))
            return broken is not null && Fail(broken);

        if (HostKeyGate.Shown(Native) is not { } shown)
            return Fail(new WireFault.HandshakeFailed("the server's host key cannot be read"));

        if (gate.Judge(dial, shown) is { } fault)
            return Fail(fault);

        handshake = null;
        fingerprint = shown.Fingerprint;
        LegacyAudit.Report(Link, dial, reactor.Warn);
        return AskForCredentials();
    }

    private bool AskForCredentials()
    {
        if (!introduced && (dial.UserName ?? secrets?.UserName) is not null)
        {
            phase = Phase.Introducing;
            SetDeadline(dial.Limits.Authenticate);
            return true;
        }

        if (secrets is null)
        {
            phase = Phase.Waiting;
            due = 0;
            observer.Authenticating(Greeting());
            return false;
        }

        phase = Phase.LoggingIn;
        SetDeadline(dial.Limits.Authenticate);
        authentication = new SshAuthentication(secrets, dial.UserName ?? secrets.UserName);
        return true;
    }

    // Introducing: "none" is asked first (RFC 4252 §5.2). It brings the banner and the list of methods, lets libssh see which RSA signatures the
    // server takes before a key is tried, and is all that some devices want.
    private bool Introduce()
    {
        var result = LibSsh.ssh_userauth_none(Native, dial.UserName ?? secrets!.UserName);
        if (result == LibSsh.AuthAgain)
            return false;

        introduced = true;
        if (result == LibSsh.AuthSuccess)
            return OpenChannel();

        return SshLink.IsClosed(Native) ? Fail(Lost()) : AskForCredentials();
    }

    private void TakeSecrets(SshSecrets offered)
    {
        if (secrets is not null || phase > Phase.Waiting)
        {
            offered.Dispose();
            return;
        }

        secrets = offered;
        if (offered.Mistake is { } mistake)
            Finish(new WireFault.Misconfigured(mistake));
        else if (phase == Phase.Waiting && AskForCredentials())
            Step();
    }

    private bool LogIn()
    {
        switch (authentication!.Step(Native))
        {
            case SshAuthentication.Verdict.Accepted:
                return OpenChannel();
            case SshAuthentication.Verdict.Refused:
                return Fail(authentication.Refusal(Native));
            case SshAuthentication.Verdict.Lost:
                // OpenSSH's way to say "refused" once MaxAuthTries is spent.
                return Fail(Link.ErrorText.Contains("Too many authentication", StringComparison.OrdinalIgnoreCase)
                    ? authentication.Refusal(Native)
                    : Lost());
            default:
                return false;
        }
    }

    private bool OpenChannel()
    {
        ForgetSecrets();
        SetDeadline(dial.Limits.OpenShell);
        phase = Phase.Opening;
        return Link.OpenChannel() || Fail(new WireFault.ChannelRefused("session channel", Link.ErrorText));
    }

    private bool Await(int result, string what, Phase next)
    {
        if (result == LibSsh.Again)
            return false;

        if (result != LibSsh.Ok)
            return Fail(SshLink.IsClosed(Native) ? Lost() : new WireFault.ChannelRefused(what, Link.ErrorText));

        phase = next;
        if (next == Phase.Running)
        {
            due = 0;
            observer.Opened(Greeting());
        }

        return true;
    }

    private bool AskForService()
    {
        var result = dial.Service switch
        {
            SshService.Exec exec => LibSsh.ssh_channel_request_exec(Link.Channel, exec.Command),
            SshService.Subsystem subsystem => LibSsh.ssh_channel_request_subsystem(Link.Channel, subsystem.Names[refusals]),
            _ => LibSsh.ssh_channel_request_shell(Link.Channel),
        };
        if (result == LibSsh.Error && dial.Service is SshService.Subsystem several && refusals + 1 < several.Names.Count && !SshLink.IsClosed(Native))
        {
            refusals++;
            return true;
        }

        return Await(result, dial.Service.What, Phase.Running);
    }

    private bool Converse()
    {
        var before = Link.BytesIn;
        var outcome = paused
            ? SshInbox.Outcome.Drained
            : SshInbox.Take(Link, reactor.ReadBuffer, bytes => observer.Received(bytes.ToArray()), dial.Service is not SshService.Subsystem);

        if (outcome == SshInbox.Outcome.Ended)
            return Fail(null);

        if (outcome == SshInbox.Outcome.Lost || (!outbox.Flush(Native, Link.Channel) && !paused))
            return Fail(Link.EndedByApplication ? null : Lost());

        if (outcome == SshInbox.Outcome.More || (!paused && Link.BytesIn != before))
            reactor.StepAgain(this);

        return false;
    }

    private void TakeLeave()
    {
        if (phase != Phase.Running)
        {
            if (phase != Phase.Closing)
                Finish(null);
            return;
        }

        phase = Phase.Closing;
        farewell = new SshFarewell(this, reactor, outbox);
        SetDeadline(SshFarewell.LastWords);
        Step();
    }

    // Closing: our last bytes go out, then the far end is heard until it hangs up too.
    private bool Leave()
    {
        switch (farewell!.Step(Link))
        {
            case SshFarewell.Progress.Parting:
                SetDeadline(SshFarewell.Agreement);
                return true;
            case SshFarewell.Progress.Over:
                return Fail(null);
            default:
                return false;
        }
    }

    private WireFault.LineLost Lost() => new WireFault.LineLost(During, Link.ErrorText);

    private LineGreeting Greeting() => new(
        addresses[address].ToString(),
        Link.ServerVersion,
        Link.Banner,
        fingerprint);

    private void StepIfOpen()
    {
        if (phase is Phase.Running or Phase.Closing)
            Step();
    }

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

    private void ForgetSecrets()
    {
        authentication?.Dispose();
        secrets?.Dispose();
        (authentication, secrets) = (null, null);
    }

    private void Finish(WireFault? fault, bool reset = false)
    {
        if (phase == Phase.Closed)
            return;

        phase = Phase.Closed;
        ForgetSecrets();
        link?.Dispose(reset);
        link = null;
        reactor.Release(key);
        try
        {
            observer.Closed(fault);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            reactor.Warn($"The observer of {dial.Host}:{dial.Port} failed on the last word: {e}");
        }
    }
}
