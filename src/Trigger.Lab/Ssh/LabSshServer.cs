using System.ComponentModel;
using System.Net;
using Trigger.Wire.Ssh;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Lab.Ssh;

/// <summary>
/// Pretend devices that speak SSH: many listeners, thousands of sessions, one or two threads. Needs Linux and libssh, like the client.
/// A session takes two file descriptors.
/// </summary>
public sealed class LabSshServer : IDisposable
{
    private const int Backlog = 4096;

    private readonly LabHostKeys keys = new();
    private readonly List<LabSshListener> listeners = [];
    private readonly LabSshLoop[] loops;

    /// <exception cref="Win32Exception">An address cannot be listened on.</exception>
    /// <exception cref="ArgumentException">A host's key or algorithms are not known to libssh.</exception>
    public LabSshServer(IEnumerable<LabSshHost> hosts, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        if (LibSsh.WhyUnusable() is { } reason)
            throw new InvalidOperationException(reason);

        try
        {
            foreach (var host in hosts)
                listeners.Add(Listen(host));
        }
        catch (Win32Exception)
        {
            CloseListeners();
            throw;
        }

        loops = [.. Enumerable.Range(0, threads).Select(number => new LabSshLoop(number, keys, listeners))];
    }

    /// <summary>Where the hosts listen, in the order given, with the ports that the system chose.</summary>
    public IReadOnlyList<IPEndPoint> EndPoints => [.. listeners.Select(listener => listener.EndPoint)];

    /// <summary>How many connections are open.</summary>
    public int Connections => loops.Sum(loop => loop.Connections);

    /// <summary>The public half of the key that hosts without one of their own show.</summary>
    public HostKey SharedHostKey(SshAlgorithms algorithms) => keys.For(algorithms).Public;

    /// <summary>A new private key for a host (<see cref="LabSshHost.HostKey"/>), in PEM.</summary>
    public static string NewHostKey() => new LabHostKeys().For(SshAlgorithms.Modern).Pem;

    public void Dispose()
    {
        foreach (var loop in loops)
            loop.Dispose();

        CloseListeners();
    }

    private static LabSshListener Listen(LabSshHost host)
    {
        var fd = TcpSocket.Listen(host.EndPoint, Backlog);
        return fd >= 0
            ? new LabSshListener(host, fd, TcpSocket.LocalEndPoint(fd, host.EndPoint))
            : throw new Win32Exception(-fd, $"Cannot listen on {host.EndPoint}: errno {-fd}.");
    }

    private void CloseListeners()
    {
        foreach (var listener in listeners)
            TcpSocket.Close(listener.Fd);
    }
}
