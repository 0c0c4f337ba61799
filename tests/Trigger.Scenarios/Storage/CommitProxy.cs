using System.Net;
using System.Net.Sockets;

namespace Trigger.Scenarios.Storage;

/// <summary>What becomes of a commit on its way.</summary>
public enum Fate
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
        accepting = Task.Run(Accept); // Never on a thread of the tests', which may all be waiting for an answer through here.
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
                var line = new Line(client, upstream);
                await Task.WhenAny(Up(line), Down(line));
            }
            catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Both ends are closed below.
            }
        }
    }

    private async Task Up(Line line)
    {
        var buffer = new byte[64 * 1024];
        while (await line.Client.GetStream().ReadAsync(buffer, over.Token) is > 0 and var count)
        {
            var isCommit = buffer.AsSpan(0, count).IndexOf("COMMIT\0"u8) >= 0;
            if (isCommit)
                Interlocked.Increment(ref commits);
            var fate = isCommit ? next : null;
            if (fate is null)
            {
                await line.Upstream.GetStream().WriteAsync(buffer.AsMemory(0, count), over.Token);
                continue;
            }

            next = null;
            seen.SetResult();
            await Meet(fate.Value, buffer.AsMemory(0, count), line);
            if (fate != Fate.Slow)
                return;
        }
    }

    private async Task Down(Line line)
    {
        var buffer = new byte[64 * 1024];
        while (await line.Upstream.GetStream().ReadAsync(buffer, over.Token) is > 0 and var count)
        {
            if (!line.KeepsAnswers)
                await line.Client.GetStream().WriteAsync(buffer.AsMemory(0, count), over.Token);
            else
                line.Answered.TrySetResult();
        }

        // The server has ended what it was told to do; who meets a fate ends the line.
        line.Answered.TrySetResult();
        if (line.KeepsAnswers)
            await new TaskCompletionSource().Task.WaitAsync(over.Token);
    }

    private async Task Meet(Fate fate, ReadOnlyMemory<byte> commit, Line line)
    {
        if (waits)
            await letGo.Task;
        if (fate is Fate.NeverSent)
            return;
        if (fate is Fate.Slow)
        {
            await letGo.Task;
            await line.Upstream.GetStream().WriteAsync(commit, over.Token);
            return;
        }

        line.KeepsAnswers = true;
        if (fate is Fate.SentLate)
        {
            line.Client.Client.Close(0);
            await letGo.Task;
        }

        await line.Upstream.GetStream().WriteAsync(commit, over.Token);
        // Only with its answer is it certain that it has happened.
        await line.Answered.Task.WaitAsync(over.Token);
        if (fate is Fate.AnswerLost)
            line.Client.Client.Close(0);
    }

    private sealed class Line(TcpClient client, TcpClient upstream)
    {
        private volatile bool keepsAnswers;

        public TcpClient Client => client;

        public TcpClient Upstream => upstream;

        public bool KeepsAnswers { get => keepsAnswers; set => keepsAnswers = value; }

        public TaskCompletionSource Answered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
