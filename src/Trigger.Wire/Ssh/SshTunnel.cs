using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// One connection through a jump host: a direct-tcpip channel (RFC 4254 §7.2) on one side, one end of a pair of sockets on the other, whose other end the inner conversation takes for its connection. Each side
/// is read only as far as the other takes it: what the inner side does not read stays with libssh and holds the channel's window shut, and what the channel does not take stays in the socket.
/// <code>
///   Waiting ─▶ Opening ─▶ Carrying ─▶ Over
///                 └─ given up: the channel waits for the server's answer before it is freed
/// </code>
/// </summary>
internal sealed unsafe class SshTunnel(SshConversation inner, string host, int port, string hop, TimeSpan patience) : IWatched
{
    // One tunnel must not keep the reactor from the others.
    private const int FairShare = 256 * 1024;

    private readonly SshPath path = new();
    private SshTunnels? tunnels;
    private State state = State.Waiting;
    private nint channel;
    private uint number;
    private ulong key;
    private long due;
    private int fd = -1;
    private uint interest;
    private bool watching;
    private bool givenUp;
    private bool innerEnded;
    private bool farEnded;
    private byte[]? unread;
    private byte[]? unsent;

    private enum State
    {
        Waiting,
        Opening,
        Carrying,
        Over,
    }

    internal bool IsCarrying => state == State.Carrying;

    internal bool IsMarked { get; set; }

    /// <summary>The login that is to carry it.</summary>
    internal SshBastion? Bastion { get; set; }

    /// <summary>Asks for the channel, or looks for the answer. True when there is nothing more to wait for.</summary>
    internal bool Open(SshTunnels through)
    {
        if (state == State.Waiting)
            Begin(through);

        var result = LibSsh.ssh_channel_open_forward(channel, host, port, "127.0.0.1", 0);
        if (result == LibSsh.Again)
            return false;

        if (givenUp)
            FreeChannel();
        else if (result == LibSsh.Ok)
            BeginCarrying();
        else
            End(SshLink.IsClosed(through.Link.Session)
                ? through.Link.Lost("connecting")
                : new WireFault.ChannelRefused($"a connection to {host}:{port}", SshRefusedTunnel.Reason(through.Link.ErrorText, number)));

        return true;
    }

    /// <summary>Carries what can be carried.</summary>
    internal void Move()
    {
        IsMarked = false;
        if (state != State.Carrying)
            return;

        if (!FromFarEnd() || !FromInner())
            Close();
        else
            Watch();
    }

    public void Happened(uint events)
    {
        // Both ways shut: the inner side is gone, and what it has not read is nobody's.
        if ((events & (Epoll.HungUp | Epoll.Broken)) != 0 && (interest & Epoll.Readable) == 0)
            Close();
        else
            tunnels!.Step(this);
    }

    public void Expire(long moment)
    {
        if (moment != due || state != State.Opening || givenUp)
            return;

        // The channel waits for its answer: one for a channel that libssh no longer has would count as a broken session.
        Tell(new WireFault.Overdue($"connecting to {host}:{port}", patience, ""));
        givenUp = true;
        tunnels!.GiveUp();
    }

    public void Abandon()
    {
        // The reactor ends the hop's conversation, and that its tunnels.
    }

    /// <summary>The tunnel cannot be, or is no more; the inner conversation hears why. Any thread as long as it waits, then the reactor's.</summary>
    internal void End(WireFault cause)
    {
        if (!givenUp)
            Tell(cause);

        Close();
    }

    /// <summary>The login that should have carried it has ended in the meantime.</summary>
    internal void ComesTooLate() => Tell(Bastion?.Fault ?? new WireFault.LineLost("connecting", "the connection to it has just been given back"));

    private void Tell(WireFault cause)
    {
        var fault = cause as WireFault.AtHop ?? new WireFault.AtHop(hop, cause);
        path.Broken = fault;
        inner.Reactor.Post(new SshCommand(inner, SshCommandKind.Fail, fault));
    }

    private void Begin(SshTunnels through)
    {
        tunnels = through;
        state = State.Opening;
        channel = LibSsh.ssh_channel_new(through.Link.Session);
        number = through.NextNumber();
        through.Reactor.News.OnMovement(channel, () => through.Mark(this));
        due = through.SetDeadline(patience);
    }

    private void BeginCarrying()
    {
        var ends = TcpSocket.Pair();
        if (ends is not { } pair)
        {
            End(new WireFault.Misconfigured("No file descriptor is left for a tunnel; raise the limit (ulimit -n). A session through a jump host takes three."));
            return;
        }

        state = State.Carrying;
        fd = pair.Ours;
        key = tunnels!.Reactor.Adopt(this);
        inner.Reactor.Post(new SshCommand(inner, SshCommandKind.Adopt, new SshAdoption(pair.Theirs, $"{host}:{port}", path)));
        tunnels.Mark(this);
    }

    // False when the tunnel is over.
    private bool FromFarEnd()
    {
        var left = FairShare;
        while (left > 0)
        {
            if (unread is not null && !WriteUnread())
                return true; // The socket is full, or gone; then reading it says so.

            var buffer = tunnels!.Reactor.ReadBuffer;
            int count;
            fixed (byte* pointer = buffer)
                count = LibSsh.ssh_channel_read_nonblocking(channel, pointer, (uint)buffer.Length, 0);

            if (count is 0 or LibSsh.Again)
                break;

            if (count < 0)
            {
                if (count != LibSsh.EndOfFile)
                    return false;

                EndTowardsInner();
                break;
            }

            left -= count;
            var written = TcpSocket.Write(fd, buffer.AsSpan(0, count));
            if (written < count)
                unread = buffer.AsSpan(Math.Max(written, 0), count - Math.Max(written, 0)).ToArray();
        }

        if (left <= 0)
            tunnels!.Mark(this);

        if (unread is null && LibSsh.ssh_channel_is_eof(channel) != 0)
            EndTowardsInner();

        return unread is not null || LibSsh.ssh_channel_is_closed(channel) == 0;
    }

    private bool WriteUnread()
    {
        var written = TcpSocket.Write(fd, unread);
        if (written > 0)
            unread = written < unread!.Length ? unread[written..] : null;

        return unread is null;
    }

    private void EndTowardsInner()
    {
        if (!farEnded)
            TcpSocket.EndSending(fd);

        farEnded = true;
    }

    private bool FromInner()
    {
        var left = FairShare;
        while (left > 0 && !innerEnded)
        {
            if (tunnels!.Link.WritePending)
            {
                tunnels.Hold(this);
                return true;
            }

            if (unsent is not null && !Send(unsent))
                return true;

            var window = LibSsh.ssh_channel_window_size(channel);
            if (window == 0)
                return true;

            var buffer = tunnels.Reactor.ReadBuffer;
            var count = TcpSocket.Read(fd, buffer.AsSpan(0, (int)Math.Min(window, (uint)buffer.Length)));
            if (count < 0)
                return count == TcpSocket.NothingYet;

            if (count == 0)
            {
                innerEnded = true;
                _ = LibSsh.ssh_channel_send_eof(channel);
                return !farEnded;
            }

            left -= count;
            if (!Send(buffer.AsSpan(0, count)))
                return LibSsh.ssh_channel_is_closed(channel) == 0 || unread is not null;
        }

        if (left <= 0)
            tunnels!.Mark(this);

        return !(innerEnded && farEnded);
    }

    // True when all of it is with libssh.
    private bool Send(ReadOnlySpan<byte> bytes)
    {
        int sent;
        fixed (byte* pointer = bytes)
            sent = LibSsh.ssh_channel_write(channel, pointer, (uint)bytes.Length);

        unsent = sent < bytes.Length ? bytes[Math.Max(sent, 0)..].ToArray() : null;
        return unsent is null;
    }

    private void Watch()
    {
        var reads = !innerEnded && unsent is null && !tunnels!.Link.WritePending && LibSsh.ssh_channel_window_size(channel) > 0 ? Epoll.Readable : 0;
        var wanted = unread is null ? reads : reads | Epoll.Writable;
        var epoll = tunnels!.Reactor.Epoll;
        if (!watching)
            epoll.Watch(fd, wanted, key);
        else if (wanted != interest)
            epoll.Change(fd, wanted, key);

        (watching, interest) = (true, wanted);
    }

    private void Close()
    {
        if (state == State.Over)
            return;

        state = State.Over;
        FreeChannel();
        if (fd >= 0)
        {
            if (watching)
                tunnels!.Reactor.Epoll.Forget(fd);

            TcpSocket.Close(fd);
            tunnels!.Reactor.Release(key);
            fd = -1;
        }

        if (!givenUp)
            tunnels?.Remove(this);
    }

    private void FreeChannel()
    {
        if (channel == 0)
            return;

        tunnels!.Reactor.News.Forget(channel);
        LibSsh.ssh_channel_free(channel);
        channel = 0;
    }
}
