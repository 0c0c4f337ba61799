using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;

namespace Trigger.Wire.Telnet;

/// <summary>
/// One Telnet line. A single task connects and reads, and makes every call to the observer; a second one runs only while there is
/// something to send. While idle the line waits in a receive of zero bytes, which needs no buffer.
/// </summary>
public sealed class TelnetLine : ILine, IDisposable
{
    private const int ReadLength = 4 * 1024;

    // A far end that asks and asks and does not listen to the answers is not listened to either.
    private const int MostUnheardReplies = 64 * 1024;

    // An orderly end: how long the queued bytes may take, and then how long the far end has to agree before we just leave.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly TelnetDial dial;
    private readonly ILineObserver observer;
    private readonly TimeProvider time;
    private readonly TelnetProtocol protocol;
    private readonly ConcurrentQueue<Outgoing> outbox = new();
    private readonly CancellationTokenSource connecting = new();
    private readonly Lock ending = new();
    private volatile TaskCompletionSource? resumed;
    private volatile Socket? socket;
    private volatile bool leaving;
    private ITimer? farewell;
    private bool over;
    private bool binary;
    private int sending;
    private int unheardReplies;
    private volatile Task sender = Task.CompletedTask;

    internal TelnetLine(TelnetDial dial, ILineObserver observer, TimeProvider time)
    {
        this.dial = dial;
        this.observer = observer;
        this.time = time;
        protocol = new TelnetProtocol(dial);
    }

    /// <summary>What the sender finds in its queue. Data is framed only when it is sent, since only there it is certain whether BINARY has begun.</summary>
    private readonly record struct Outgoing(byte[] Bytes, bool IsData, bool? Binary = null);

    /// <summary>Whether the far end shows what is typed (ECHO, RFC 857). Where it does not, who types sees nothing unless we show it.</summary>
    public bool FarEndEchoes => protocol.FarEndEchoes;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (leaving || bytes.IsEmpty)
            return;

        outbox.Enqueue(new Outgoing(bytes.ToArray(), IsData: true));
        StartSending();
    }

    /// <summary>Sends a command that stands alone, in order with what is written. Interrupt is sent without TCP's urgent mark, which firewalls tend to eat.</summary>
    public void Signal(TelnetSignal signal)
    {
        dial.Trace?.Invoke("> " + TelnetNames.Of(signal));
        Reply([TelnetCode.Iac, (byte)signal]);
    }

    public void Resize(int columns, int rows)
    {
        if (protocol.Resize(columns, rows) is { } news)
            Reply(news);
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
        lock (ending)
        {
            if (leaving)
                return;

            leaving = true;
            connecting.Cancel();
            farewell = time.CreateTimer(_ => socket?.Dispose(), null, LastWords, Timeout.InfiniteTimeSpan);
        }

        Resume(); // What still comes is read and thrown away: a close over unread bytes would be a reset.
        StartSending();
    }

    public void Abort()
    {
        lock (ending)
        {
            if (over)
                return;

            leaving = true;
            connecting.Cancel();
        }

        if (socket is not { } open)
            return;

        try
        {
            open.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Already gone, which is what was wanted.
        }

        open.Dispose();
        Resume();
    }

    public void Dispose()
    {
        lock (ending)
        {
            (leaving, over) = (true, true);
            farewell?.Dispose();
            connecting.Dispose();
        }

        socket?.Dispose();
    }

    /// <summary>The line's life; the observer hears of its end whatever happens.</summary>
    internal async Task Run()
    {
        WireFault? fault;
        try
        {
            fault = await Live().ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            fault = new WireFault.LineLost("the session", e.Message);
        }

        var ours = leaving;
        Dispose();
        observer.Closed(ours ? null : fault);
    }

    private async Task<WireFault?> Live()
    {
        try
        {
            var (connected, fault) = await TelnetConnect.Open(dial, time, connecting.Token).ConfigureAwait(false);
            if (connected is null)
                return fault;

            socket = connected;
        }
        catch (OperationCanceledException)
        {
            return null;
        }

        if (leaving)
            return null;

        observer.Opened(new LineGreeting(socket.RemoteEndPoint!.ToString()!));
        var first = new ArrayBufferWriter<byte>();
        protocol.Begin(first);
        Reply(first.WrittenSpan.ToArray());
        StartSending();
        return await Listen(socket).ConfigureAwait(false);
    }

    private async Task<WireFault?> Listen(Socket open)
    {
        var reply = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                if (resumed is { } wait)
                    await wait.Task.ConfigureAwait(false);

                await open.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None).ConfigureAwait(false);
                if (resumed is null && !await Hear(open, reply).ConfigureAwait(false))
                    return null;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return new WireFault.LineLost("the session", e is SocketException error ? TelnetConnect.Reason(error) : "closed");
        }
    }

    // Something has arrived, so this receive ends at once; awaited nevertheless, because a blocking one could hold a pool thread for ever if the
    // wake-up was in vain. False at the end of the stream.
    private async ValueTask<bool> Hear(Socket open, ArrayBufferWriter<byte> reply)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ReadLength);
        try
        {
            var count = await open.ReceiveAsync(buffer, SocketFlags.None).ConfigureAwait(false);
            if (count == 0)
                return false;

            if (leaving)
                return true;

            // Framing only ever shortens, so the data fits in one array of the size that was read.
            var data = new ArrayBufferWriter<byte>(count);
            var wasBinary = protocol.SendsBinary;
            protocol.Receive(buffer.AsSpan(0, count), data, reply);
            if (reply.WrittenCount > 0 || wasBinary != protocol.SendsBinary)
            {
                Reply(reply.WrittenSpan.ToArray(), protocol.SendsBinary);
                reply.ResetWrittenCount();
            }

            if (Volatile.Read(ref unheardReplies) > MostUnheardReplies)
                await sender.ConfigureAwait(false);

            if (data.WrittenCount > 0)
                observer.Received(data.WrittenMemory);

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Reply(byte[] bytes, bool? nowBinary = null)
    {
        if (leaving || (bytes.Length == 0 && nowBinary is null))
            return;

        Interlocked.Add(ref unheardReplies, bytes.Length);
        outbox.Enqueue(new Outgoing(bytes, IsData: false, nowBinary));
        StartSending();
    }

    private void StartSending()
    {
        if (socket is { } open && Interlocked.Exchange(ref sending, 1) == 0)
            sender = Send(open);
    }

    private async Task Send(Socket open)
    {
        try
        {
            do
            {
                while (outbox.TryDequeue(out var next))
                {
                    await SendAll(open, next.IsData ? TelnetText.Encode(next.Bytes, binary) : next.Bytes).ConfigureAwait(false);
                    binary = next.Binary ?? binary;
                    if (!next.IsData)
                        Interlocked.Add(ref unheardReplies, -next.Bytes.Length);
                }

                Volatile.Write(ref sending, 0);

                // Whoever queued after the last look found us still sending, and relies on this second one.
            }
            while (!outbox.IsEmpty && Interlocked.Exchange(ref sending, 1) == 0);

            if (leaving)
                SayGoodbye(open);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The reading task sees the same end and tells it; here nobody is listening.
        }
    }

    private void SayGoodbye(Socket open)
    {
        open.Shutdown(SocketShutdown.Send);
        lock (ending)
        {
            if (!over)
                farewell?.Change(Farewell, Timeout.InfiniteTimeSpan);
        }
    }

    private static async Task SendAll(Socket open, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await open.SendAsync(bytes, SocketFlags.None).ConfigureAwait(false)..];
    }
}
