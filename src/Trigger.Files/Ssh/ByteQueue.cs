namespace Trigger.Files.Ssh;

/// <summary>Bytes that came and were not used yet. Each is moved a few times at the most, however small the pieces are.</summary>
internal sealed class ByteQueue
{
    private byte[] buffer = new byte[4096];
    private int begin;
    private int end;

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(begin, end - begin);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (buffer.Length - end < bytes.Length)
        {
            var needed = end - begin + bytes.Length;
            var target = needed * 2 > buffer.Length ? new byte[Math.Max(needed * 2, buffer.Length)] : buffer;
            buffer.AsSpan(begin, end - begin).CopyTo(target);
            (buffer, end, begin) = (target, end - begin, 0);
        }

        bytes.CopyTo(buffer.AsSpan(end));
        end += bytes.Length;
    }

    public void Drop(int count)
    {
        begin += count;
        if (begin == end)
            begin = end = 0;
    }
}
