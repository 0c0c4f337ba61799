using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Trigger.Wire;

namespace Trigger.Cli.Shell;

/// <summary>A device's line at the end of a node's web socket: the node has logged in, or does so while the person looks on.</summary>
internal sealed class ClusterLine : ILine, IAsyncDisposable
{
    private readonly ClientWebSocket socket;
    private readonly Channel<(byte[] Bytes, WebSocketMessageType Type)> unsent = Channel.CreateUnbounded<(byte[], WebSocketMessageType)>(new UnboundedChannelOptions { SingleReader = true });
    private readonly TaskCompletionSource<bool> ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string?> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource closing = new();
    private readonly Lock gate = new();
    private readonly Task work;
    private TaskCompletionSource? held;

    /// <param name="socket">Open. It is this line's from now on.</param>
    /// <param name="say">Hears what the person should know before there is a line.</param>
    public ClusterLine(ClientWebSocket socket, ILineObserver person, Action<string> say)
    {
        this.socket = socket;
        work = Task.WhenAll(Hear(person, say), Send());
    }

    /// <summary>True once the line is the person's; false when it will not be.</summary>
    public Task<bool> Ready => ready.Task;

    /// <summary>Null when the device hung up in order, else why the line ended, as a sentence.</summary>
    public Task<string?> Ended => ended.Task;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
            unsent.Writer.TryWrite((bytes.ToArray(), WebSocketMessageType.Binary));
    }

    public void Authenticate(LineCredentials credentials)
    {
        // The node does that.
    }

    public void Pause()
    {
        lock (gate)
            held ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Resume()
    {
        lock (gate)
        {
            held?.TrySetResult();
            held = null;
        }
    }

    public void Resize(int columns, int rows) => unsent.Writer.TryWrite((JsonSerializer.SerializeToUtf8Bytes(new { columns, rows }), WebSocketMessageType.Text));

    public void Close()
    {
        unsent.Writer.TryComplete();
        Resume();
    }

    public void Abort()
    {
        Close();
        closing.Cancel();
    }

    public async ValueTask DisposeAsync()
    {
        Close();
        closing.CancelAfter(TimeSpan.FromSeconds(5));
        await work.ConfigureAwait(false);
        socket.Dispose();
        closing.Dispose();
    }

    private async Task Hear(ILineObserver person, Action<string> say)
    {
        var why = "The node has hung up.";
        try
        {
            var buffer = new byte[64 * 1024];
            var message = new MemoryStream();
            while (true)
            {
                if (Held() is { } wait)
                    await wait.WaitAsync(closing.Token).ConfigureAwait(false);
                var got = await socket.ReceiveAsync(buffer.AsMemory(), closing.Token).ConfigureAwait(false);
                if (got.MessageType == WebSocketMessageType.Close)
                    break;
                if (got.MessageType == WebSocketMessageType.Binary)
                {
                    person.Received(buffer.AsSpan(0, got.Count).ToArray());
                    continue;
                }

                message.Write(buffer, 0, got.Count);
                if (!got.EndOfMessage)
                    continue;
                Told(JsonSerializer.Deserialize<JsonElement>(message.GetBuffer().AsSpan(0, (int)message.Length)), person, say);
                message.SetLength(0);
            }
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or OperationCanceledException or JsonException)
        {
            if (broken is not OperationCanceledException)
                why = $"The line to the node broke: {broken.Message}";
        }

        unsent.Writer.TryComplete();
        ended.TrySetResult(why);
        ready.TrySetResult(false);
        person.Closed(ended.Task.Result is { } text ? new WireFault.LineLost("talking", text) : null);
    }

    private Task? Held()
    {
        lock (gate)
            return held?.Task;
    }

    private void Told(JsonElement news, ILineObserver person, Action<string> say)
    {
        switch (Text(news, "is"))
        {
            case "waiting":
                say(Text(news, "text") ?? "");
                break;
            case "opened":
                person.Opened(new LineGreeting(Text(news, "address") ?? "", Banner: Text(news, "banner")));
                break;
            case "ready":
                ready.TrySetResult(true);
                break;
            case "ended":
                ended.TrySetResult(Text(news, "text"));
                break;
        }
    }

    private static string? Text(JsonElement news, string name) => news.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private async Task Send()
    {
        try
        {
            await foreach (var (bytes, type) in unsent.Reader.ReadAllAsync().ConfigureAwait(false))
            {
                // What the node takes at once.
                for (var at = 0; at < bytes.Length; at += 8192)
                    await socket.SendAsync(bytes.AsMemory(at, Math.Min(8192, bytes.Length - at)), type, WebSocketMessageFlags.EndOfMessage, closing.Token).ConfigureAwait(false);
            }

            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, closing.Token).ConfigureAwait(false);
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or OperationCanceledException)
        {
            // Whoever reads hears of it, too.
        }
    }
}
