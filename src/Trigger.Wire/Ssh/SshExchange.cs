using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>An open line: bytes both ways, until the far end has said all, or the line breaks.</summary>
internal sealed class SshExchange(SshConversation conversation, SshReactor reactor, SshDial dial, ILineObserver observer)
{
    private readonly SshExit exit = new();
    private (int Columns, int Rows)? size;
    private bool endInput;
    private bool awaitingExit;

    internal enum Progress
    {
        Waiting,

        /// <summary>The output has ended; the far end has <see cref="SshExit.Patience"/> to say how. Told once.</summary>
        OutputEnded,

        Ended,
        Lost,
    }

    /// <summary>What is still to be sent.</summary>
    internal SshOutbox Outbox { get; } = new();

    internal bool Paused { get; private set; }

    internal LineExit? Exit => exit.Told;

    internal void Begin(SshLink link) => reactor.News.OnEnding(link.Channel, told => exit.Told ??= told);

    /// <summary>Notes what the caller wants of an open line; false when the command is not about that. It is carried out by the next <see cref="Step"/>.</summary>
    internal bool Take(SshCommand command)
    {
        switch (command.Kind)
        {
            case SshCommandKind.Write:
                Outbox.Add((byte[])command.Load!);
                return true;
            case SshCommandKind.EndInput:
                endInput = true;
                return true;
            case SshCommandKind.Resize:
                size = ((int, int))command.Load!;
                return true;
            case SshCommandKind.Pause or SshCommandKind.Resume:
                Paused = command.Kind == SshCommandKind.Pause;
                return true;
            default:
                return false;
        }
    }

    internal Progress Step(SshLink link)
    {
        if (awaitingExit)
            return exit.IsKnown(link) ? Progress.Ended : Progress.Waiting;

        if (size is { } wanted && dial.HasTerminal)
            _ = LibSsh.ssh_channel_change_pty_size(link.Channel, wanted.Columns, wanted.Rows);

        size = null;
        var before = link.BytesIn;
        var outcome = Paused ? SshInbox.Outcome.Drained : SshInbox.Take(link, reactor.ReadBuffer, Deliver, DeliverError());
        if (outcome == SshInbox.Outcome.Ended)
            return Finished(link);

        if (outcome == SshInbox.Outcome.Lost || (!Outbox.Flush(link.Session, link.Channel, reactor.ReadBuffer) && !Paused))
            return Progress.Lost;

        if (endInput && Outbox.IsEmpty)
        {
            endInput = false;
            _ = LibSsh.ssh_channel_send_eof(link.Channel);
        }

        if (outcome == SshInbox.Outcome.More || (!Paused && link.BytesIn != before))
            conversation.StepSoon();

        return Progress.Waiting;
    }

    // Only a command's status is worth waiting for; many a device ends its shell with the connection alone.
    private Progress Finished(SshLink link)
    {
        if (dial.Service is not SshService.Exec || exit.IsKnown(link))
            return Progress.Ended;

        awaitingExit = true;
        return Progress.OutputEnded;
    }

    private void Deliver(ReadOnlySpan<byte> bytes) => observer.Received(bytes.ToArray());

    private Action<ReadOnlySpan<byte>>? DeliverError()
    {
        if (dial.SeparateStderr)
            return bytes => observer.ReceivedError(bytes.ToArray());

        return dial.Service is SshService.Subsystem ? null : Deliver;
    }
}
