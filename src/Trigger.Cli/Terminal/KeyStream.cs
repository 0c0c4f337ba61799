using System.Runtime.InteropServices;
using System.Threading.Channels;

namespace Trigger.Cli.Terminal;

/// <summary>
/// Standard input as bytes, whatever it is: a terminal, a pipe, a file. One thread waits for it, because nothing else can wait for all of these; it can be called off, which
/// a console's own read cannot.
/// </summary>
internal sealed class KeyStream : Stream
{
    private const int ReadLength = 4096;

    private readonly int[] wake = new int[2];
    private readonly Channel<byte[]> typed = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(16) { SingleReader = true, SingleWriter = true });
    private readonly Thread reader;
    private byte[] rest = [];

    public KeyStream()
    {
        if (TerminalCalls.pipe2(wake, TerminalCalls.CloseOnExec) != 0)
            throw new IOException($"No pipe to wake the keyboard's reader (errno {Marshal.GetLastPInvokeError()}).");

        reader = new Thread(ReadAll) { IsBackground = true, Name = "keyboard" };
        reader.Start();
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (rest.Length == 0)
        {
            if (!await typed.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
                return 0;

            if (typed.Reader.TryRead(out var bytes))
                rest = bytes;
        }

        var count = Math.Min(rest.Length, buffer.Length);
        rest.AsSpan(0, count).CopyTo(buffer.Span);
        rest = rest[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && wake[1] > 0)
        {
            typed.Writer.TryComplete();
            _ = TerminalCalls.write(wake[1], [1], 1);
            reader.Join();
            _ = TerminalCalls.close(wake[0]);
            _ = TerminalCalls.close(wake[1]);
            wake[1] = 0;
        }

        base.Dispose(disposing);
    }

    private void ReadAll()
    {
        var buffer = new byte[ReadLength];
        while (Wait())
        {
            var count = (int)TerminalCalls.read(0, buffer, ReadLength);
            if (count < 0 && Marshal.GetLastPInvokeError() == TerminalCalls.Interrupted)
                continue;

            // A full channel holds the typist back, or who feeds the pipe.
            if (count <= 0 || !Hand(buffer[..count]))
                break;
        }

        typed.Writer.TryComplete();
    }

    private bool Hand(byte[] bytes)
    {
        while (!typed.Writer.TryWrite(bytes))
        {
            if (!typed.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult())
                return false;
        }

        return true;
    }

    // False when it is to end.
    private bool Wait()
    {
        var what = new TerminalCalls.Poll[] { new() { Fd = 0, Wanted = TerminalCalls.Readable }, new() { Fd = wake[0], Wanted = TerminalCalls.Readable } };
        while (true)
        {
            var happened = TerminalCalls.poll(what, 2, -1);
            if (happened < 0 && Marshal.GetLastPInvokeError() == TerminalCalls.Interrupted)
                continue;

            return happened > 0 && what[1].Happened == 0;
        }
    }
}
