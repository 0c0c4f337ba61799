namespace Trigger.Wire.Netconf.Engine;

/// <summary>Slices read one after the other.</summary>
internal sealed class SliceStream(IReadOnlyList<ReadOnlyMemory<byte>> slices) : Stream
{
    private int index;
    private int offset;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var total = 0;
        while (!buffer.IsEmpty && index < slices.Count)
        {
            var left = slices[index].Span[offset..];
            var count = Math.Min(left.Length, buffer.Length);
            left[..count].CopyTo(buffer);
            buffer = buffer[count..];
            total += count;
            offset += count;
            if (count == left.Length)
                (index, offset) = (index + 1, 0);
        }

        return total;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer.AsSpan(offset, count)));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
