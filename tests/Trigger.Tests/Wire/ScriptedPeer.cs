using System.Net;
using System.Net.Sockets;

namespace Trigger.Tests.Wire;

/// <summary>A TCP server on a port of its own that plays one script with each caller.</summary>
internal sealed class ScriptedPeer : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> callers = [];

    internal ScriptedPeer(Func<Socket, Task> script)
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(64);
        _ = Play(script);
    }

    internal int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <summary>A port on which nobody listens: bound, so that no other test gets it, but never listening.</summary>
    internal static Socket ClosedPort(out int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        port = ((IPEndPoint)socket.LocalEndPoint!).Port;
        return socket;
    }

    /// <summary>Reads until so many bytes came, or the end.</summary>
    internal static async Task<byte[]> Read(Socket socket, int count)
    {
        var bytes = new byte[count];
        var length = 0;
        while (length < count)
        {
            var read = await socket.ReceiveAsync(bytes.AsMemory(length));
            if (read == 0)
                break;

            length += read;
        }

        return bytes[..length];
    }

    public void Dispose()
    {
        listener.Dispose();
        lock (callers)
        {
            foreach (var caller in callers)
                caller.Dispose();
        }
    }

    private async Task Play(Func<Socket, Task> script)
    {
        try
        {
            while (true)
            {
                var caller = await listener.AcceptAsync();
                lock (callers)
                    callers.Add(caller);

                await script(caller);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test is over, or the caller hung up on the script, which some scripts are about.
        }
    }
}
