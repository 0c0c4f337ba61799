using System.Buffers;
using System.Net.Sockets;

namespace Trigger.Lab.Telnet;

/// <summary>One Telnet connection to a device that pretends. Holds no thread and, while idle, no buffer.</summary>
internal sealed class LabTelnetSession : IDisposable
{
    private const int MostWaiting = 4 * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Socket socket;
    private readonly ILabTalk conversation;
    private readonly TelnetFilter filter = new();
    private readonly bool silent;
    private Queue<ReadOnlyMemory<byte>> waiting = new();
    private int waitingBytes;
    private bool sending;
    private bool closing;

    /// <param name="silent">Whether not even Telnet's own questions are asked or answered.</param>
    public LabTelnetSession(Socket socket, LabTalker talker, bool silent)
    {
        this.socket = socket;
        this.silent = silent;
        socket.NoDelay = true;
        conversation = talker(Write, Close);
    }

    public async Task Run()
    {
        try
        {
            if (!silent)
                Write(filter.Opening());
            conversation.Begin();
            while (await Receive())
            {
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The client dropped the line; a device does not mind.
        }
        finally
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        conversation.Dispose();
        socket.Dispose();
    }

    // A receive of no bytes waits for data without pinning a buffer meanwhile: ten thousand idle sessions hold none.
    private async Task<bool> Receive()
    {
        await socket.ReceiveAsync(Memory<byte>.Empty);
        var buffer = ArrayPool<byte>.Shared.Rent(4096);
        try
        {
            var read = await socket.ReceiveAsync(buffer);
            if (read == 0)
                return false;
            var reply = new ArrayBufferWriter<byte>();
            var kept = filter.Strip(buffer.AsSpan(0, read), reply);
            if (!silent && reply.WrittenCount > 0)
                Write(reply.WrittenMemory);
            conversation.Receive(buffer.AsSpan(0, kept));
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Write(ReadOnlyMemory<byte> bytes)
    {
        lock (gate)
        {
            // A client that does not read must not fill the lab's memory; an endless answer simply loses lines.
            if (closing || waitingBytes > MostWaiting)
                return;
            waiting.Enqueue(bytes);
            waitingBytes += bytes.Length;
            if (sending)
                return;
            sending = true;
        }

        _ = Send();
    }

    private void Close()
    {
        lock (gate)
        {
            closing = true;
            if (!sending)
                Shutdown();
        }
    }

    private async Task Send()
    {
        try
        {
            while (Next() is { } bytes)
                await socket.SendAsync(bytes);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            Dispose();
        }
    }

    private ReadOnlyMemory<byte>? Next()
    {
        lock (gate)
        {
            if (waiting.TryDequeue(out var bytes))
            {
                waitingBytes -= bytes.Length;
                return bytes;
            }

            sending = false;
            waiting = new(); // A long answer leaves a long queue behind.
            if (closing)
                Shutdown();
            return null;
        }
    }

    private void Shutdown()
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Already closed by the other side.
        }
    }
}
