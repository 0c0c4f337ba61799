using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Trigger.Devices.Platforms;

namespace Trigger.Lab.Telnet;

/// <summary>Telnet for devices that pretend: a listener for each device, asynchronous sockets, no thread of its own.</summary>
public sealed class LabTelnetServer(PlatformCatalog catalog, TimeProvider time) : IAsyncDisposable
{
    private const int Backlog = 512;

    private readonly ConcurrentBag<Socket> listeners = [];
    private readonly ConcurrentDictionary<LabTelnetSession, Task> sessions = new();
    private readonly ConcurrentBag<Task> accepting = [];
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Connections that stand at the moment.</summary>
    public int Sessions => sessions.Count;

    /// <summary>Opens the device's port and returns the device with the address that it got.</summary>
    /// <exception cref="SocketException">The port is taken.</exception>
    public LabDevice Start(LabDevice device)
    {
        var platform = catalog.Get(device.Platform);
        var listener = Bind(device.Address);
        var started = device with { Address = (IPEndPoint)listener.LocalEndPoint! };
        // A port that is bound and does not listen refuses, and nobody else can take it meanwhile.
        if (!device.Has(LabFaults.RefuseConnection))
            Listen(listener, (write, close) => new LabConversation(started, platform, inBandLogin: true, write, close, time), device.Has(LabFaults.Silent));
        return started;
    }

    /// <summary>Opens a port for whatever talks there, and returns where.</summary>
    internal IPEndPoint Start(IPEndPoint wanted, LabTalker talker)
    {
        var listener = Bind(wanted);
        Listen(listener, talker, silent: false);
        return (IPEndPoint)listener.LocalEndPoint!;
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        foreach (var listener in listeners)
            listener.Dispose();
        await Task.WhenAll(accepting);
        foreach (var session in sessions.Keys)
            session.Dispose();
        await Task.WhenAll(sessions.Values);
        stopping.Dispose();
    }

    private Socket Bind(IPEndPoint wanted)
    {
        var listener = new Socket(wanted.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        listeners.Add(listener);
        listener.Bind(wanted);
        return listener;
    }

    private void Listen(Socket listener, LabTalker talker, bool silent)
    {
        listener.Listen(Backlog);
        accepting.Add(Accept(listener, talker, silent));
    }

    private async Task Accept(Socket listener, LabTalker talker, bool silent)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(stopping.Token);
                Serve(new LabTelnetSession(socket, talker, silent));
            }
            catch (SocketException) when (!stopping.IsCancellationRequested)
            {
                // The client was gone before it was accepted; the next one may stay.
            }
            catch (Exception closed) when (closed is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private void Serve(LabTelnetSession session)
    {
        var run = Task.Run(session.Run);
        sessions[session] = run;
        run.ContinueWith(_ => sessions.TryRemove(session, out var _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
