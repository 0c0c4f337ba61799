using System.Net;
using System.Runtime.InteropServices;
using Trigger.Wire.Ssh;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Lab.Ssh;

/// <summary>One client of a pretend device, from accept to close. Belongs to its loop's thread.</summary>
internal sealed unsafe class LabSshConnection : IDisposable
{
    private const int PatienceForTheLastList = 10; // Milliseconds; the other end is on this machine.

    private readonly LabSshLoop loop;
    private readonly Epoll epoll;
    private readonly SshOutbox outbox = new();
    private readonly int fd;
    private GCHandle self;
    private LibSshServer.ServerCallbacks* serverCallbacks;
    private LibSshServer.ChannelCallbacks* channelCallbacks;
    private nint session;
    private nint channel;
    private uint interest;
    private ILabShell? shell;
    private bool keyExchangeDone;
    private bool hasTerminal;
    private bool dropped;
    private int refusedLogins;
    private int? exit;
    private bool saidGoodbye;

    internal LabSshConnection(LabSshLoop loop, LabSshHost host, IPEndPoint client, Epoll epoll, ulong key, int fd)
    {
        Client = client;
        this.loop = loop;
        this.epoll = epoll;
        this.fd = fd;
        Host = host;
        Key = key;
    }

    internal ulong Key { get; }

    internal LabSshHost Host { get; }

    internal IPEndPoint Client { get; }

    internal string UserName { get; set; } = "";

    /// <summary>Hands the socket to libssh; false when that fails.</summary>
    internal bool Begin(nint bind)
    {
        if (Host.Fault == LabSshFault.Silent)
            return true;

        // A twin for libssh: it closes its descriptor when it likes, and ours stays valid for epoll.
        var twin = TcpSocket.Duplicate(fd);
        if (twin < 0)
            return false;

        session = LibSsh.ssh_new();
        if (LibSshServer.ssh_bind_accept_fd(bind, session, twin) != LibSsh.Ok)
        {
            LibSsh.ssh_free(session);
            TcpSocket.Close(twin);
            session = 0;
            return false;
        }

        LibSsh.ssh_set_blocking(session, 0);
        self = GCHandle.Alloc(this);
        serverCallbacks = LabSshCallbacks.ForServer(GCHandle.ToIntPtr(self));
        _ = LibSshServer.ssh_set_server_callbacks(session, serverCallbacks);
        LibSshServer.ssh_set_auth_methods(session, Methods());
        return true;
    }

    /// <summary>Notes what a shell asked for; <see cref="Step"/> does it.</summary>
    internal void Take(LabSshCommand command)
    {
        switch (command.Kind)
        {
            case LabSshCommandKind.Write when exit is null:
                outbox.Add(command.Bytes);
                break;
            case LabSshCommandKind.Exit:
                exit ??= command.Status;
                break;
            case LabSshCommandKind.Drop:
                dropped = true;
                break;
        }
    }

    /// <summary>A credential was refused. Who has shown too many is let go.</summary>
    internal void RefusedLogin()
    {
        if (++refusedLogins >= Host.MostLogins)
            dropped = true;
    }

    /// <summary>Goes as far as it can without waiting; false when the connection is over.</summary>
    internal bool Step()
    {
        var alive = session != 0 ? Serve() : interest == 0;
        if (alive)
            Watch();

        return alive;
    }

    internal nint OpenChannel()
    {
        // One channel for each connection, as on a device.
        if (Host.Fault == LabSshFault.RefuseChannel || channel != 0)
            return 0;

        channel = LibSsh.ssh_channel_new(session);
        channelCallbacks = LabSshCallbacks.ForChannel(GCHandle.ToIntPtr(self));
        _ = LibSshServer.ssh_set_channel_callbacks(channel, channelCallbacks);
        return channel;
    }

    internal bool GrantTerminal() => hasTerminal = Host.Fault != LabSshFault.RefuseTerminal;

    internal bool GrantShell()
    {
        if (Host.Fault == LabSshFault.RefuseShell || shell is not null)
            return false;

        shell = Host.Shell(new LabSshShell(loop, this, UserName));
        shell.Opened(hasTerminal);
        return true;
    }

    internal bool GrantSubsystem(string name) => Grant(Host.Subsystem, name);

    internal bool GrantExec(string command) => Grant(Host.Exec, command);

    internal void Received(ReadOnlySpan<byte> bytes) => shell?.Received(bytes);

    /// <summary>The client will send no more; what is queued still goes out.</summary>
    internal void FarEndDone() => exit ??= 0;

    public void Dispose()
    {
        if (interest != 0)
            epoll.Forget(fd);

        if (session != 0)
            LibSsh.ssh_free(session);

        session = 0;
        TcpSocket.Close(fd);
        NativeMemory.Free(serverCallbacks);
        NativeMemory.Free(channelCallbacks);
        if (self.IsAllocated)
            self.Free();

        shell?.Closed();
        shell = null;
    }

    private bool Grant(Func<LabSshShell, string, ILabShell?>? make, string name)
    {
        if (shell is not null || make is null || make(new LabSshShell(loop, this, UserName), name) is not { } made)
            return false;

        shell = made;
        shell.Opened(hasTerminal);
        return true;
    }

    private bool Serve()
    {
        if (!keyExchangeDone && !ShakeHands(out var failed))
            return !failed;

        _ = LibSshServer.ssh_execute_message_callbacks(session);
        if (SshLink.IsClosed(session) || (channel != 0 && !Flush()))
            return false;

        if (dropped)
            return false;

        if (exit is { } status && channel != 0 && outbox.IsEmpty && !saidGoodbye)
        {
            saidGoodbye = true;
            _ = LibSshServer.ssh_channel_request_send_exit_status(channel, status);
            _ = LibSsh.ssh_channel_send_eof(channel);
            _ = LibSsh.ssh_channel_close(channel);
        }

        return !SshLink.IsClosed(session);
    }

    private bool Flush()
    {
        var waited = !outbox.IsEmpty;
        if (!outbox.Flush(session, channel, [])) // One by one: what a pretend device says in pieces shall arrive in pieces.
            return false;

        if (waited && outbox.IsEmpty)
            shell?.Drained();
        return true;
    }

    private bool ShakeHands(out bool failed)
    {
        var result = LibSshServer.ssh_handle_key_exchange(session);
        failed = result == LibSsh.Error;
        if (failed)
        {
            // The client may not have our list of algorithms yet, and a device would let it go out before it hangs up.
            _ = LibSshServer.ssh_blocking_flush(session, PatienceForTheLastList);
            return false;
        }

        TcpSocket.KeepNonBlocking(fd);
        if (result == LibSsh.Again)
            return false;

        keyExchangeDone = true;
        if (Host.Banner is { } banner)
        {
            var text = LibSshServer.ssh_string_from_char(banner);
            _ = LibSshServer.ssh_send_issue_banner(session, text);
            LibSshServer.ssh_string_free(text);
        }

        if (Host.Login.KeyboardInteractive is not null)
            LabSshCallbacks.ListenForInteractive(session, GCHandle.ToIntPtr(self));

        return true;
    }

    private void Watch()
    {
        var wanted = session == 0 ? Epoll.FarEndClosed : Epoll.Readable;
        if (session != 0 && (LibSsh.ssh_get_status(session) & LibSsh.StatusWritePending) != 0)
            wanted |= Epoll.Writable;

        if (wanted == interest)
            return;

        if (interest == 0)
            epoll.Watch(fd, wanted, Key);
        else
            epoll.Change(fd, wanted, Key);

        interest = wanted;
    }

    private int Methods()
    {
        var login = Host.Login;
        var methods = (login.Password is null ? 0 : LibSsh.MethodPassword)
            | (login.PublicKey is null ? 0 : LibSsh.MethodPublicKey)
            | (login.KeyboardInteractive is null ? 0 : LibSsh.MethodInteractive);

        // libssh reads zero as "password", which is as good as any for a device that lets nobody in.
        return methods == 0 ? LibSsh.MethodPassword : methods;
    }
}
