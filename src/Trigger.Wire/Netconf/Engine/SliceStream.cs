namespace Trigger.Wire.Netconf.Engine;

/// <summary>Slices read one after the other.</summary>
internal sealed class SliceStream(IReadOnlyList<ReadOnlyMemory<byte>> slices) : Stream
{
    private int index;
    private int offset;

    public override bool CanRead => true;

    /// <summary>Can: a reader of XML that knows how little there is takes no more memory than that.</summary>
    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; } = slices.Sum(slice => (long)slice.Length);

    public override long Position
    {
        get => slices.Take(index).Sum(slice => (long)slice.Length) + offset;
        set => Seek(value, SeekOrigin.Begin);
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

    public override long Seek(long offset, SeekOrigin origin)
    {
        var target = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => Length };
        ArgumentOutOfRangeException.ThrowIfNegative(target, nameof(offset));
        var left = target;
        for (index = 0; index < slices.Count && left >= slices[index].Length; index++)
            left -= slices[index].Length;

        this.offset = index < slices.Count ? (int)left : 0;
        return target;
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
