using System.Buffers;
using System.Buffers.Text;

namespace Trigger.Wire.Netconf.Framing;

/// <summary>Puts the framing of RFC 6242 around whole messages.</summary>
internal static class FrameWriter
{
    internal static ReadOnlySpan<byte> EndOfMessage => "]]>]]>"u8;

    private static ReadOnlySpan<byte> EndOfChunks => "\n##\n"u8;

    internal static void Write(IBufferWriter<byte> to, bool chunked, params ReadOnlySpan<ReadOnlyMemory<byte>> parts)
    {
        var total = 0L;
        foreach (var part in parts)
            total += part.Length;

        if (chunked)
            Header(to, total);

        foreach (var part in parts)
            to.Write(part.Span);

        to.Write(chunked ? EndOfChunks : EndOfMessage);
    }

    private static void Header(IBufferWriter<byte> to, long length)
    {
        to.Write("\n#"u8);
        Utf8Formatter.TryFormat(length, to.GetSpan(20), out var count);
        to.Advance(count);
        to.Write("\n"u8);
    }
}
