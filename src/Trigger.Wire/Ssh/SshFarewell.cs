using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// An orderly end: our last bytes go out, then the far end is heard until it hangs up too. Closing a socket with unread bytes would reset the connection and could
/// take our last bytes with it.
/// </summary>
internal sealed class SshFarewell(SshConversation session, SshReactor reactor, SshOutbox outbox)
{
    /// <summary>How long the queued bytes may take.</summary>
    internal static readonly TimeSpan LastWords = TimeSpan.FromSeconds(30);

    /// <summary>And then how long the far end has to agree before we just leave.</summary>
    internal static readonly TimeSpan Agreement = TimeSpan.FromSeconds(2);

    private bool saidGoodbye;
    private bool parting;

    internal enum Progress
    {
        /// <summary>The socket must move first.</summary>
        Waiting,

        /// <summary>All is said; the far end has <see cref="Agreement"/> from here. Told once.</summary>
        Parting,

        Over,
    }

    internal Progress Step(SshLink link)
    {
        if (parting)
            return TcpSocket.DiscardUntilEnd(link.Fd, reactor.ReadBuffer) ? Progress.Over : Progress.Waiting;

        if (!saidGoodbye && Speak(link) is { } early)
            return early;

        if (!SshLink.IsClosed(link.Session) && link.WritePending)
            link.Pump();

        if (SshLink.IsClosed(link.Session))
            return Progress.Over;

        if (link.WritePending)
            return Progress.Waiting;

        parting = true;
        TcpSocket.EndSending(link.Fd);
        return Progress.Parting;
    }

    /// <summary>Empties the outbox and says goodbye. Null once that is done.</summary>
    private Progress? Speak(SshLink link)
    {
        var before = link.BytesIn;
        var outcome = SshInbox.Take(link, reactor.ReadBuffer, null, null);
        if (outcome is SshInbox.Outcome.Ended or SshInbox.Outcome.Lost || !outbox.Flush(link.Session, link.Channel, reactor.ReadBuffer))
            return Progress.Over;

        if (outcome == SshInbox.Outcome.More || link.BytesIn != before)
            session.StepSoon();

        if (!outbox.IsEmpty)
            return Progress.Waiting;

        saidGoodbye = true;
        _ = LibSsh.ssh_channel_send_eof(link.Channel);
        _ = LibSsh.ssh_channel_close(link.Channel);
        return null;
    }
}
