using System.Runtime.InteropServices;

namespace Trigger.Files.Tftp;

/// <summary>A file as blocks: all full but the last, which is empty when nothing else is left.</summary>
internal sealed class TftpSource(Stream file, bool text, int block)
{
    private readonly byte[] buffer = new byte[block];
    private readonly List<byte> encoded = [];
    private int given;

    /// <summary>Valid until the next is asked for.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> Next()
    {
        if (!text)
            return buffer.AsMemory(0, await file.ReadAtLeastAsync(buffer, block, throwOnEndOfStream: false));

        encoded.RemoveRange(0, given);
        while (encoded.Count < block && await file.ReadAsync(buffer) is > 0 and var read)
            NetAscii.Encode(buffer.AsSpan(0, read), encoded);
        given = Math.Min(block, encoded.Count);
        CollectionsMarshal.AsSpan(encoded)[..given].CopyTo(buffer);
        return buffer.AsMemory(0, given);
    }
}
