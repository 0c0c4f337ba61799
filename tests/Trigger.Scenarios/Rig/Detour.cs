using System.Net;
using System.Net.Sockets;

namespace Trigger.Scenarios.Rig;

/// <summary>An address behind which the server can be exchanged for another.</summary>
internal sealed class Detour : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly Task accepting;
    private volatile int target;

    public Detour(int target)
    {
        this.target = target;
        listener.Start();
        accepting = Task.Run(Accept); // Never on a thread of the tests', which may all be waiting for an answer through here.
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections from now on go there.</summary>
    public void To(int port) => target = port;

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        listener.Dispose();
        await accepting;
        over.Dispose();
    }

    private async Task Accept()
    {
        var carried = new List<Task>();
        try
        {
            while (true)
                carried.Add(Carry(await listener.AcceptTcpClientAsync(over.Token), target));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(carried);
        }
    }

    private async Task Carry(TcpClient near, int port)
    {
        using (near)
        using (var far = new TcpClient())
        {
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, port, over.Token);
                var (one, other) = (near.GetStream(), far.GetStream());
                await Task.WhenAny(one.CopyToAsync(other, over.Token), other.CopyToAsync(one, over.Token));
            }
            catch (Exception ended) when (ended is OperationCanceledException or SocketException or IOException)
            {
                // Both ends hear it when the connections are closed.
            }
        }
    }
}
