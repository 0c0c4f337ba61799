namespace Trigger.Wire.Netconf.Engine;

/// <summary>
/// A reply on its way from the line to one reader. When the reader is slow the pipe is full, nothing more is taken from the line, and the server is held by its own
/// transport: memory stays bounded whatever the size of the reply.
/// </summary>
internal sealed class ReplyPipe(Action roomAgain) : Stream
{
    private const int Full = 1024 * 1024;
    private const int RoomAgain = 256 * 1024;

    private readonly Lock gate = new();
    private readonly Queue<ReadOnlyMemory<byte>> pieces = new();
    private TaskCompletionSource? news;
    private NetconfFault? broken;
    private long held;
    private int offset;
    private bool whole;
    private bool abandoned;
    private bool wasFull;

    internal bool IsFull
    {
        get
        {
            lock (gate)
            {
                wasFull = held >= Full && !abandoned;
                return wasFull;
            }
        }
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

    internal void Add(ReadOnlyMemory<byte> piece)
    {
        TaskCompletionSource? waiting;
        lock (gate)
        {
            if (abandoned || piece.IsEmpty)
                return;

            pieces.Enqueue(piece);
            held += piece.Length;
            (waiting, news) = (news, null);
        }

        waiting?.TrySetResult();
    }

    internal void Complete() => Finish(null);

    internal void Break(NetconfFault fault) => Finish(fault);

    /// <summary>Waits for bytes; 0 at the end of the reply.</summary>
    /// <exception cref="NetconfException">The session ended within the reply.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (TryRead(buffer.Span, out var count, out var wait))
                return count;

            await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>The same for a reader that is not asynchronous; its thread waits.</summary>
    public override int Read(Span<byte> buffer)
    {
        while (true)
        {
            if (TryRead(buffer, out var count, out var wait))
                return count;

            wait.GetAwaiter().GetResult();
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Whoever leaves before the end lets the rest be thrown away as it comes.</summary>
    protected override void Dispose(bool disposing)
    {
        bool tell;
        lock (gate)
        {
            abandoned = true;
            pieces.Clear();
            held = 0;
            (tell, wasFull) = (wasFull, false);
        }

        if (tell)
            roomAgain();

        base.Dispose(disposing);
    }

    private void Finish(NetconfFault? fault)
    {
        TaskCompletionSource? waiting;
        lock (gate)
        {
            if (whole)
                return;

            (whole, broken) = (true, fault);
            (waiting, news) = (news, null);
        }

        waiting?.TrySetResult();
    }

    private bool TryRead(Span<byte> buffer, out int count, out Task wait)
    {
        var tell = false;
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(abandoned, this);
            (count, wait) = (0, Task.CompletedTask);
            if (pieces.TryPeek(out var piece))
            {
                count = Math.Min(buffer.Length, piece.Length - offset);
                piece.Span.Slice(offset, count).CopyTo(buffer);
                offset += count;
                if (offset == piece.Length)
                {
                    pieces.Dequeue();
                    held -= piece.Length;
                    offset = 0;
                    if (wasFull && held <= RoomAgain)
                        (tell, wasFull) = (true, false);
                }
            }
            else if (!whole)
            {
                wait = (news ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
                return false;
            }
            else if (broken is not null)
            {
                throw new NetconfException(broken);
            }
        }

        if (tell)
            roomAgain();

        return true;
    }
}
