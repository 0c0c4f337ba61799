using System.Threading.Channels;

namespace Trigger.Tests.Wire;

/// <summary>A keyboard: gives what a test types and otherwise waits.</summary>
internal sealed class Typed : Stream
{
    private readonly Channel<byte[]> typed = Channel.CreateUnbounded<byte[]>();
    private readonly SemaphoreSlim asked = new(0);

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    internal async Task Type(byte[] bytes) => await typed.Writer.WriteAsync(bytes);

    internal void End() => typed.Writer.Complete();

    /// <summary>Completes when all that was typed before has been read and acted on: somebody asks for more.</summary>
    internal async Task WasRead()
    {
        await asked.WaitAsync(HeardLine.Patience, TestContext.Current.CancellationToken);
        await asked.WaitAsync(HeardLine.Patience, TestContext.Current.CancellationToken);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        asked.Release();
        if (!await typed.Reader.WaitToReadAsync(cancellationToken) || !typed.Reader.TryRead(out var bytes))
            return 0;

        bytes.CopyTo(buffer);
        return bytes.Length;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        asked.Dispose();
        base.Dispose(disposing);
    }
}
