using System.Net;
using System.Net.Sockets;

namespace Trigger.Scenarios.Storage;

/// <summary>What becomes of a commit on its way.</summary>
internal enum Fate
{
    /// <summary>It is carried out, and the line breaks before the answer.</summary>
    AnswerLost,

    /// <summary>The line breaks before the server hears of it.</summary>
    NeverSent,

    /// <summary>The client's line breaks; the server hears of it when the test lets go.</summary>
    SentLate,

    /// <summary>It waits on its way until the test lets go; nobody's line breaks.</summary>
    Slow,
}

/// <summary>A line to the server on which a commit can meet a fate.</summary>
internal sealed class CommitProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private readonly int server;
    private readonly Task accepting;
    private readonly TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Fate? next;
    private bool waits;
    private int commits;

    public CommitProxy(int server)
    {
        this.server = server;
        listener.Start();
        accepting = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many commits were asked for through this line.</summary>
    public int Commits => Volatile.Read(ref commits);

    /// <summary>The address of the server, through here.</summary>
    public string Through(string address) => address.Replace($":{server}/", $":{Port}/", StringComparison.Ordinal);

    /// <summary>Decides about the next commit.</summary>
    /// <param name="onlyWhenLetGo">Whether it meets its fate only when the test lets go.</param>
    /// <returns>Over when it has been seen.</returns>
    public Task Decide(Fate fate, bool onlyWhenLetGo = false)
    {
        waits = onlyWhenLetGo;
        seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        next = fate;
        return seen.Task;
    }

    public void LetGo() => letGo.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        LetGo();
        await over.CancelAsync();
        listener.Stop();
        await accepting;
        over.Dispose();
    }

    private async Task Accept()
    {
        var lines = new List<Task>();
        try
        {
            while (true)
                lines.Add(Carry(await listener.AcceptTcpClientAsync(over.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(lines);
        }
    }

    private async Task Carry(TcpClient client)
    {
        using (client)
        using (var upstream = new TcpClient())
        {
            try
            {
                await upstream.ConnectAsync(IPAddress.Loopback, server, over.Token);
                await Task.WhenAny(Up(client, upstream), upstream.GetStream().CopyToAsync(client.GetStream(), over.Token));
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Both ends are closed below.
            }
        }
    }

    private async Task Up(TcpClient client, TcpClient upstream)
    {
        var buffer = new byte[64 * 1024];
        while (await client.GetStream().ReadAsync(buffer, over.Token) is > 0 and var count)
        {
            var isCommit = buffer.AsSpan(0, count).IndexOf("COMMIT\0"u8) >= 0;
            if (isCommit)
                Interlocked.Increment(ref commits);
            var fate = isCommit ? next : null;
            if (fate is null)
            {
                await upstream.GetStream().WriteAsync(buffer.AsMemory(0, count), over.Token);
                continue;
            }

            next = null;
            seen.SetResult();
            await Meet(fate.Value, buffer.AsMemory(0, count), client, upstream);
            if (fate != Fate.Slow)
                return;
        }
    }

    private async Task Meet(Fate fate, ReadOnlyMemory<byte> commit, TcpClient client, TcpClient upstream)
    {
        if (waits)
            await letGo.Task;
        if (fate is Fate.AnswerLost or Fate.SentLate)
            client.Client.Close(0);
        if (fate is Fate.SentLate or Fate.Slow)
            await letGo.Task;
        if (fate is Fate.NeverSent)
            return;

        await upstream.GetStream().WriteAsync(commit, over.Token);
        // The server ends the session when it has done what it was told; only then is it certain that it has.
        if (fate is not Fate.Slow)
        {
            upstream.Client.Shutdown(SocketShutdown.Send);
            var rest = new byte[1024];
            while (await upstream.GetStream().ReadAsync(rest, over.Token) > 0)
            {
            }
        }
    }
}
