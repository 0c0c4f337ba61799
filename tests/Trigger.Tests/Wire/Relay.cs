using System.Net;
using System.Net.Sockets;

namespace Trigger.Tests.Wire;

/// <summary>Stands between a client and a server on loopback, and stops handing on what the client says when told to.</summary>
internal sealed class Relay : IDisposable
{
    private readonly CancellationTokenSource deaf = new();
    private readonly ScriptedPeer peer;

    internal Relay(int port) => peer = new ScriptedPeer(caller => Carry(caller, port));

    internal int Port => peer.Port;

    /// <summary>From now on the server hears nothing more; what it says still comes through.</summary>
    internal void GoDeaf() => deaf.Cancel();

    public void Dispose()
    {
        peer.Dispose();
        deaf.Dispose();
    }

    private static async Task Pour(Socket from, Socket to, CancellationToken until)
    {
        var buffer = new byte[4096];
        try
        {
            while (await from.ReceiveAsync(buffer, until) is > 0 and var count)
                await to.SendAsync(buffer.AsMemory(0, count), CancellationToken.None);
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
        }
    }

    private async Task Carry(Socket caller, int port)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await server.ConnectAsync(IPAddress.Loopback, port);
        var back = Pour(server, caller, CancellationToken.None);
        await Pour(caller, server, deaf.Token);
        await back;
    }
}
