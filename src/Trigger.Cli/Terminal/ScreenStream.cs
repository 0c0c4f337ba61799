using System.Runtime.InteropServices;

namespace Trigger.Cli.Terminal;

/// <summary>
/// Standard output as bytes, whatever it is. The runtime has two other ways to it, and neither will do: the console's own stream says nothing when nobody reads any more, and would write
/// for ever; a file stream keeps a place of its own in a file that others write to as well.
/// </summary>
internal sealed class ScreenStream : Stream
{
    private const int Output = 1;
    private const int PieceLength = 64 * 1024;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    // A screen that takes its time must not hold a thread of the engine's.
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        new(Task.Run(() => WriteAll(buffer.Span), cancellationToken));

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => WriteAll(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static void WriteAll(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var piece = bytes[..Math.Min(bytes.Length, PieceLength)].ToArray();
            var written = (int)TerminalCalls.write(Output, piece, piece.Length);
            if (written >= 0)
                bytes = bytes[written..];
            else
                Recover(Marshal.GetLastPInvokeError());
        }
    }

    private static void Recover(int error)
    {
        switch (error)
        {
            case TerminalCalls.Interrupted:
                break;
            case TerminalCalls.WouldBlock:
                // Somebody who shares the terminal has made it so.
                _ = TerminalCalls.poll([new TerminalCalls.Poll { Fd = Output, Wanted = TerminalCalls.Writable }], 1, -1);
                break;
            default:
                throw new IOException($"Standard output cannot be written (errno {error}).");
        }
    }
}
