using System.Net;
using System.Net.Sockets;

namespace Trigger.Scenarios.Rig;

/// <summary>A port on loopback that misbehaves in a way of which no real server can be talked into.</summary>
internal sealed class SilentPort : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> others = [];

    public SilentPort(int backlog = 16)
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog);
    }

    public int Number => ((IPEndPoint)listener.LocalEndPoint!).Port;

    /// <summary>Whether anybody has come to the port.</summary>
    public bool WasTouched => listener.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    /// <summary>Fills the queue at the door, so that who comes now gets no answer at all.</summary>
    public async Task Fill()
    {
        // Linux queues one more than the backlog says, and drops what comes after.
        for (var i = 0; i < 4; i++)
        {
            var other = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            others.Add(other);
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
            try
            {
                await other.ConnectAsync(listener.LocalEndPoint!, soon.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        Assert.Fail("The queue at the door did not fill.");
    }

    /// <summary>Greets the next caller with <paramref name="words"/> and hangs up.</summary>
    public async Task Greet(byte[] words)
    {
        using var caller = await listener.AcceptAsync(TestContext.Current.CancellationToken);
        await caller.SendAsync(words, TestContext.Current.CancellationToken);
        caller.Shutdown(SocketShutdown.Send);
        await caller.ReceiveAsync(new byte[1024], TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        listener.Dispose();
        foreach (var other in others)
            other.Dispose();
    }
}
