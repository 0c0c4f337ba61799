using System.Net;
using System.Net.Sockets;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Wire.Ssh;

/// <summary>
/// Dials SSH lines and owns the few threads that carry them all. Make one for the process. Needs Linux and libssh 0.10; without them every
/// dial ends in <see cref="WireFault.Misconfigured"/>. A session takes one file descriptor and some 25 kB.
/// </summary>
public sealed class SshTransport : IDisposable
{
    private readonly Lazy<SshReactor[]> reactors;
    private readonly HostKeyGate gate;
    private readonly SshBastions bastions;
    private readonly TimeProvider time;
    private int dialled = -1;
    private bool disposed;

    /// <param name="policy">What to do about hosts without a record.</param>
    /// <param name="reactorCount">How many threads; 0 means two, or one on fewer than four cores, where the rest of the engine needs the other. More than cores gains nothing.</param>
    /// <param name="time">The clock of the deadlines; null for the system's.</param>
    /// <param name="warn">Hears audit sentences, such as the use of a legacy algorithm. Called on reactor threads.</param>
    public SshTransport(
        IHostKeyStore knownHosts, HostKeyPolicy policy, int reactorCount = 0, TimeProvider? time = null, Action<string>? warn = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reactorCount);
        var count = reactorCount > 0 ? reactorCount : Math.Clamp(Environment.ProcessorCount / 2, 1, 2);
        var sink = warn ?? (_ => { });
        this.time = time ?? TimeProvider.System;
        gate = new HostKeyGate(knownHosts, policy);
        bastions = new SshBastions(this.time, Start);
        reactors = new Lazy<SshReactor[]>(() => [.. Enumerable.Range(0, count).Select(number => new SshReactor(number, this.time, sink))]);
    }

    /// <summary>Begins a call and returns at once; everything else is told to the observer.</summary>
    public ILine Dial(SshDial dial, ILineObserver observer)
    {
        ArgumentNullException.ThrowIfNull(dial);
        ArgumentNullException.ThrowIfNull(observer);
        ObjectDisposedException.ThrowIf(disposed, this);
        if (WhyUnusable() is { } reason)
        {
            observer.Closed(new WireFault.Misconfigured(reason));
            return new DeadLine();
        }

        var session = Start(dial, observer, null);
        return new SshLine(session.Reactor, session);
    }

    /// <summary>
    /// Begins a session as the client on a connection that is there already: one that the far end made, as RFC 8071 has it, or one that the caller made in a way of its own (a proxy, a namespace, a Unix
    /// socket). Of the dial only its name for messages and for the host key, its limits and its demands count. The socket is closed; its connection lives on in the line.
    /// </summary>
    public ILine Take(Socket accepted, SshDial dial, ILineObserver observer)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        ArgumentNullException.ThrowIfNull(dial);
        ArgumentNullException.ThrowIfNull(observer);
        ObjectDisposedException.ThrowIf(disposed, this);
        using (accepted)
        {
            var reason = WhyUnusable();
            var fd = reason is null ? TcpSocket.Duplicate((int)accepted.Handle) : -1;
            if (fd < 0)
            {
                observer.Closed(new WireFault.Misconfigured(reason ?? $"No file descriptor is left for another SSH session (errno {-fd}); raise the limit (ulimit -n)."));
                return new DeadLine();
            }

            TcpSocket.KeepNonBlocking(fd);
            if (accepted.ProtocolType == ProtocolType.Tcp)
                accepted.NoDelay = true;

            var reactor = Next();
            var session = new SshConversation(reactor, dial, observer, gate);
            reactor.Post(new SshCommand(session, SshCommandKind.Begin));
            reactor.Post(new SshCommand(session, SshCommandKind.Adopt, new SshAdoption(fd, accepted.RemoteEndPoint?.ToString() ?? dial.Host)));
            return new SshLine(reactor, session);
        }
    }

    /// <summary>Drops every line (each observer hears Closed) and ends the threads.</summary>
    public void Dispose()
    {
        disposed = true;
        if (!reactors.IsValueCreated)
            return;

        foreach (var reactor in reactors.Value)
            reactor.Dispose();
    }

    private SshConversation Start(SshDial dial, ILineObserver observer, SshTunnels? tunnels)
    {
        var reactor = Next();
        var session = new SshConversation(reactor, dial, observer, gate, tunnels);
        reactor.Post(new SshCommand(session, SshCommandKind.Begin));
        if (dial.Jump is { } jump)
            bastions.Carry(jump, new SshTunnel(session, dial.Host, dial.Port, jump.Name, dial.Limits.Connect));
        else if (dial.ProxyCommand is not null)
            StartProxy(reactor, session, dial);
        else if (HostLookup.Literal(dial.Host) is { } literal)
            Connect(reactor, session, dial, [literal]);
        else
            _ = LookUp(reactor, session, dial);

        return session;
    }

    private static void StartProxy(SshReactor reactor, SshConversation session, SshDial dial)
    {
        var (adoption, fault) = SshProxy.Start(dial);
        reactor.Post(adoption is not null ? new SshCommand(session, SshCommandKind.Adopt, adoption) : new SshCommand(session, SshCommandKind.Fail, fault));
    }

    private SshReactor Next() => reactors.Value[(uint)Interlocked.Increment(ref dialled) % (uint)reactors.Value.Length];

    private static string? WhyUnusable() =>
        LibSsh.WhyUnusable() ?? (OperatingSystem.IsLinux() ? null : "SSH lines need Linux: their event loop is epoll.");

    private async Task LookUp(SshReactor reactor, SshConversation session, SshDial dial)
    {
        var answer = await HostLookup.Ask(dial.Host, dial.Limits.Connect, time).ConfigureAwait(false);
        if (answer.Fault is { } fault)
            reactor.Post(new SshCommand(session, SshCommandKind.Fail, fault));
        else
            Connect(reactor, session, dial, answer.Addresses);
    }

    private void Connect(SshReactor reactor, SshConversation session, SshDial dial, IReadOnlyList<IPAddress> addresses)
    {
        var endPoints = addresses.Select(address => new IPEndPoint(address, dial.Port)).ToArray();
        reactor.Post(new SshCommand(session, SshCommandKind.Dial, (endPoints, gate.RecordedTypes(dial))));
    }
}
