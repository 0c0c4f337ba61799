using System.Collections.Concurrent;
using Trigger.Wire.Ssh.Native;

namespace Trigger.Lab.Ssh;

/// <summary>One thread that accepts and serves connections. Every loop watches every listener; the kernel wakes one of them for each client.</summary>
internal sealed class LabSshLoop : IDisposable
{
    private const ulong WakeUpKey = 0;
    private const ulong ListenerBit = 1UL << 63;
    private const int MostAcceptsAtOnce = 16;

    private readonly ConcurrentQueue<LabSshCommand> commands = new();
    private readonly Dictionary<ulong, LabSshConnection> connections = [];
    private readonly HashSet<LabSshConnection> touched = [];
    private readonly IReadOnlyList<LabSshListener> listeners;
    private readonly LabSshBinds binds;
    private readonly Epoll epoll = new();
    private readonly WakeUp bell = new();
    private readonly Thread thread;
    private ulong lastKey = WakeUpKey;
    private int open;
    private bool stopping;

    internal LabSshLoop(int number, LabHostKeys keys, IReadOnlyList<LabSshListener> listeners)
    {
        this.listeners = listeners;
        binds = new LabSshBinds(keys);

        // Now rather than at the first client, so that a wrong key or name is told to whoever made the server.
        foreach (var listener in listeners)
            _ = binds.For(listener.Host);

        thread = new Thread(Loop, 512 * 1024) { IsBackground = true, Name = $"lab-ssh-{number}" };
        thread.Start();
    }

    internal int Connections => Volatile.Read(ref open);

    internal void Post(LabSshCommand command)
    {
        commands.Enqueue(command);
        bell.Ring();
    }

    public void Dispose()
    {
        Post(new LabSshCommand(null, LabSshCommandKind.Stop));
        thread.Join();
    }

    private void Loop()
    {
        epoll.Watch(bell.Descriptor, Epoll.Readable, WakeUpKey);
        for (var i = 0; i < listeners.Count; i++)
            epoll.Watch(listeners[i].Fd, Epoll.Readable | Epoll.OneListenerEach, ListenerBit | (uint)i);

        while (!stopping)
        {
            bell.Arm();
            var count = epoll.Wait(commands.IsEmpty ? -1 : 0);
            bell.Silence();
            for (var i = 0; i < count; i++)
                Happened(epoll.KeyAt(i));

            Obey();
        }

        foreach (var connection in connections.Values.ToArray())
            Close(connection);

        binds.Dispose();
        epoll.Dispose();
        bell.Dispose();
    }

    private void Happened(ulong key)
    {
        if (key == WakeUpKey)
            bell.Drain();
        else if ((key & ListenerBit) != 0)
            Accept(listeners[(int)(key & uint.MaxValue)]);
        else if (connections.TryGetValue(key, out var connection))
            Step(connection);
    }

    private void Accept(LabSshListener listener)
    {
        for (var i = 0; i < MostAcceptsAtOnce; i++)
        {
            var fd = TcpSocket.Accept(listener.Fd);
            if (fd < 0)
                return;

            if (TcpSocket.FarEndPoint(fd, listener.EndPoint) is not { } client || connections.Count >= listener.Host.MostConnections || listener.Host.Admits?.Invoke(client.Address) == false)
            {
                TcpSocket.Close(fd);
                continue;
            }

            var connection = new LabSshConnection(this, listener.Host, client, epoll, ++lastKey, fd);
            connections.Add(connection.Key, connection);
            Volatile.Write(ref open, connections.Count);
            if (!connection.Begin(binds.For(listener.Host)))
                Close(connection);
            else
                Step(connection);
        }
    }

    // Answers of many shells, or many answers of one, are queued first and then flushed once for each connection.
    private void Obey()
    {
        for (var left = commands.Count; left > 0 && commands.TryDequeue(out var command); left--)
        {
            if (command.Connection is not { } connection)
            {
                stopping = true;
                continue;
            }

            connection.Take(command);
            touched.Add(connection);
        }

        foreach (var connection in touched)
            Step(connection);

        touched.Clear();
    }

    private void Step(LabSshConnection connection)
    {
        if (!connection.Step())
            Close(connection);
    }

    private void Close(LabSshConnection connection)
    {
        if (!connections.Remove(connection.Key))
            return;

        Volatile.Write(ref open, connections.Count);
        connection.Dispose();
    }
}
