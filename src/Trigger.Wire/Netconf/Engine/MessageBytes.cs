using System.Text;

namespace Trigger.Wire.Netconf.Engine;

/// <summary>
/// A message as slices of what was read. Large slices are kept as they came; small ones are gathered, so that a peer who sends byte by byte cannot make us hold
/// an array for each.
/// </summary>
internal sealed class MessageBytes
{
    private const int WorthKeeping = 4 * 1024;
    private const int BlockLength = 8 * 1024;

    private readonly List<ReadOnlyMemory<byte>> slices = new(1);
    private byte[]? block;
    private int filled;

    internal long Length { get; private set; }

    internal IReadOnlyList<ReadOnlyMemory<byte>> Slices => slices;

    internal void Add(ReadOnlyMemory<byte> slice)
    {
        if (slice.IsEmpty)
            return;

        Length += slice.Length;
        if (slices.Count == 0 || slice.Length >= WorthKeeping)
        {
            slices.Add(slice);
            block = null;
            return;
        }

        while (!slice.IsEmpty)
        {
            if (block is null || filled == block.Length)
            {
                (block, filled) = (new byte[BlockLength], 0);
                slices.Add(default);
            }

            var count = Math.Min(slice.Length, block.Length - filled);
            slice[..count].CopyTo(block.AsMemory(filled));
            filled += count;
            slices[^1] = block.AsMemory(0, filled);
            slice = slice[count..];
        }
    }

    internal Stream Open() => new SliceStream(slices);

    internal string ToText()
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var text = new StringBuilder((int)Math.Min(Length, int.MaxValue));
        var characters = new char[BlockLength];
        foreach (var slice in slices)
        {
            var left = slice.Span;
            while (!left.IsEmpty)
            {
                decoder.Convert(left, characters, flush: false, out var used, out var made, out _);
                text.Append(characters, 0, made);
                left = left[used..];
            }
        }

        return text.ToString();
    }
}
