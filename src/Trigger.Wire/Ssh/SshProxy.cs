using System.Text;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>The process of a proxy command: hung up with its line, killed if it does not heed that, and its end taken so that no zombie stays. Its last words are the line's fault.</summary>
internal sealed class SshProxy : IWatched
{
    private const int MostWords = 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly string command;
    private readonly int process;
    private readonly int handle;
    private readonly StringBuilder words = new();
    private int errors;
    private SshReactor? reactor;
    private ulong key;
    private string? ended;
    private bool released;
    private bool watchingHandle = true;

    private SshProxy(string command, int process, int errors)
    {
        this.command = command;
        this.process = process;
        this.errors = errors;
        handle = ChildProcess.Handle(process);
    }

    private string Name => $"proxy command '{FarText.Show(command)}'";

    /// <summary>Starts the command. The other end of its connection, or what went wrong.</summary>
    internal static (SshAdoption? Adoption, WireFault? Fault) Start(SshDial dial)
    {
        var command = dial.ProxyCommand!;
        if (TcpSocket.Pair() is not { } connection)
            return (null, NoDescriptor);

        if (TcpSocket.Pair() is not { } errors)
        {
            TcpSocket.Close(connection.Ours);
            TcpSocket.Close(connection.Theirs);
            return (null, NoDescriptor);
        }

        // exec, as OpenSSH does: the command is then the process that signals reach. A program expects descriptors that wait.
        TcpSocket.Block(connection.Theirs);
        TcpSocket.Block(errors.Theirs);
        var process = ChildProcess.Start($"exec {command}", connection.Theirs, errors.Theirs);
        TcpSocket.Close(connection.Theirs);
        TcpSocket.Close(errors.Theirs);
        if (process > 0)
            return (new SshAdoption(connection.Ours, $"{dial.Host}:{dial.Port}", Proxy: new SshProxy(command, process, errors.Ours)), null);

        TcpSocket.Close(connection.Ours);
        TcpSocket.Close(errors.Ours);
        return (null, new WireFault.Misconfigured($"The proxy command '{FarText.Show(command)}' cannot be started (errno {-process})."));
    }

    /// <summary>Gives the process to the reactor of its line.</summary>
    internal void Watch(SshReactor carrier)
    {
        reactor = carrier;
        key = carrier.Adopt(this);
        carrier.Epoll.Watch(errors, Epoll.Readable, key);
        if (handle >= 0)
            carrier.Epoll.Watch(handle, Epoll.Readable, key);
    }

    public void Happened(uint events)
    {
        Hear();
        if (ended is null && (ended = ChildProcess.End(process, wait: false)) is not null && released)
            Forget();
        else if (ended is not null)
            StopWatchingHandle();
    }

    public void Expire(long moment) => ChildProcess.Signal(process, ChildProcess.KillSignal);

    public void Abandon()
    {
        released = true;
        EndNow();
        Forget();
    }

    /// <summary>The line's fault as the command's, if the command has anything to do with it.</summary>
    internal WireFault? Broken(WireFault fault)
    {
        Hear();
        ended ??= ChildProcess.End(process, wait: false);
        var said = words.ToString().Trim();
        if (ended is null && said.Length == 0)
            return null;

        var reason = (ended ?? "it is still running") + (said.Length > 0 ? $"; it said: {FarText.Show(said)}" : "");
        return new WireFault.AtHop(Name, fault is WireFault.LineLost lost ? new WireFault.LineLost(lost.During, reason) : fault);
    }

    /// <summary>The line is over.</summary>
    internal void Kill()
    {
        if (released)
            return;

        released = true;
        ended ??= ChildProcess.End(process, wait: false);
        if (ended is not null)
        {
            Forget();
            return;
        }

        ChildProcess.Signal(process, ChildProcess.HangUpSignal);
        reactor!.SetDeadline(key, Patience);
    }

    /// <summary>The line ended before any reactor knew of the process.</summary>
    internal void KillUnwatched()
    {
        EndNow();
        Close();
    }

    private static WireFault NoDescriptor => new WireFault.Misconfigured("No file descriptor is left for a proxy command; raise the limit (ulimit -n).");

    private void EndNow()
    {
        if (ended is not null)
            return;

        ChildProcess.Signal(process, ChildProcess.KillSignal);
        ended = ChildProcess.End(process, wait: true);
    }

    private void Hear()
    {
        Span<byte> heard = stackalloc byte[MostWords];
        while (errors >= 0)
        {
            var count = TcpSocket.Read(errors, heard);
            if (count == TcpSocket.NothingYet)
                return;

            if (count <= 0)
            {
                reactor?.Epoll.Forget(errors);
                TcpSocket.Close(errors);
                errors = -1;
                return;
            }

            words.Append(Encoding.UTF8.GetString(heard[..count]));
            if (words.Length > MostWords)
                words.Remove(0, words.Length - MostWords);
        }
    }

    private void StopWatchingHandle()
    {
        if (watchingHandle && handle >= 0)
            reactor!.Epoll.Forget(handle);

        watchingHandle = false;
    }

    private void Forget()
    {
        StopWatchingHandle();
        if (errors >= 0)
            reactor!.Epoll.Forget(errors);

        reactor!.Release(key);
        Close();
    }

    private void Close()
    {
        if (errors >= 0)
            TcpSocket.Close(errors);

        if (handle >= 0)
            TcpSocket.Close(handle);

        errors = -1;
    }
}
