using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Trigger.Wire;

/// <summary>A line over any stream. One task reads and makes every call to the observer; another writes what is queued.</summary>
internal sealed class StreamLine : ILine, IDisposable
{
    private const int ReadLength = 32 * 1024;
    private const int WorthHandingOn = ReadLength / 2;

    // An orderly end, as with the other lines: our last bytes, then the far end's agreement.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Agreement = TimeSpan.FromSeconds(2);

    private readonly Stream stream;
    private readonly ILineObserver observer;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource aborted = new();
    private readonly Channel<byte[]> outbox = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private volatile TaskCompletionSource? resumed;
    private volatile bool leaving;
    private volatile WireFault? broken;

    private StreamLine(Stream stream, ILineObserver observer, TimeProvider time)
    {
        this.stream = stream;
        this.observer = observer;
        this.time = time;
    }

    /// <summary>Opens the line on a stream that is connected already, and owns it.</summary>
    internal static StreamLine Start(Stream stream, ILineObserver observer, LineGreeting greeting, TimeProvider time)
    {
        var line = new StreamLine(stream, observer, time);
        _ = Task.Run(() => line.Run(greeting));
        return line;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty)
            outbox.Writer.TryWrite(bytes.ToArray());
    }

    public void Authenticate(LineCredentials credentials)
    {
    }

    public void Pause()
    {
        if (!leaving)
            Interlocked.CompareExchange(ref resumed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null);
    }

    public void Resume() => Interlocked.Exchange(ref resumed, null)?.TrySetResult();

    public void Close()
    {
        leaving = true;
        outbox.Writer.TryComplete();
        Resume();
    }

    public void Abort()
    {
        leaving = true;
        outbox.Writer.TryComplete();
        try
        {
            aborted.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The line has ended by itself in the meantime.
        }

        Resume();
    }

    public void Dispose() => aborted.Dispose();

    private async Task Run(LineGreeting greeting)
    {
        observer.Opened(greeting);
        var writing = WriteAll();
        await ReadAll().ConfigureAwait(false);

        // What the writer meets from here on is our doing: the far end has ended the line, in order or not.
        var fault = broken;
        outbox.Writer.TryComplete();
        if (!leaving)
            await aborted.CancelAsync().ConfigureAwait(false);

        await writing.ConfigureAwait(false);
        await Discard().ConfigureAwait(false);
        observer.Closed(leaving ? null : fault);
        Dispose();
    }

    private async Task ReadAll()
    {
        var buffer = new byte[ReadLength];
        try
        {
            while (true)
            {
                if (resumed is { } pause)
                    await pause.Task.ConfigureAwait(false);

                var count = await stream.ReadAsync(buffer, aborted.Token).ConfigureAwait(false);
                if (count == 0)
                    return;

                // Bytes after our goodbye are read to the end, so that the close is no reset, and are nobody's.
                if (leaving)
                    continue;

                if (count < WorthHandingOn)
                {
                    observer.Received(buffer.AsSpan(0, count).ToArray());
                    continue;
                }

                observer.Received(buffer.AsMemory(0, count));
                buffer = new byte[ReadLength];
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            broken ??= new WireFault.LineLost("the session", e.Message);
        }
    }

    private async Task WriteAll()
    {
        try
        {
            await foreach (var bytes in outbox.Reader.ReadAllAsync(aborted.Token).ConfigureAwait(false))
                await stream.WriteAsync(bytes, aborted.Token).ConfigureAwait(false);

            await stream.FlushAsync(aborted.Token).ConfigureAwait(false);
            await Part().ConfigureAwait(false);
        }
        catch (Exception e) when (IsEnd(e))
        {
            broken ??= new WireFault.LineLost("the session", e.Message);
            await aborted.CancelAsync().ConfigureAwait(false);
        }
    }

    private static bool IsEnd(Exception e) => e is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;

    // Says that nothing more will come, where the stream can say that, and gives the far end a moment to agree.
    private async Task Part()
    {
        aborted.CancelAfter(Agreement);
        try
        {
            if (stream is NetworkStream network)
                network.Socket.Shutdown(SocketShutdown.Send);
            else if (stream is SslStream secure)
                await secure.ShutdownAsync().WaitAsync(aborted.Token).ConfigureAwait(false); // RFC 7589 §3: close_notify.
        }
        catch (Exception e) when (IsEnd(e))
        {
            // There is nobody left to be told.
        }
    }

    private async Task Discard()
    {
        try
        {
            await stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (IsEnd(e))
        {
        }
    }
}
