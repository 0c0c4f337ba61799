namespace Trigger.Wire.Netconf.Framing;

/// <summary>Messages that end in <c>]]&gt;]]&gt;</c> (RFC 6242 §4.3): every hello, and all of a session with a peer that knows only :base:1.0.</summary>
internal sealed class EndOfMessageReader : IFrameReader
{
    private static readonly ReadOnlyMemory<byte> Marker = "]]>]]>"u8.ToArray();

    // Bytes at the end of the last input that may be the beginning of the marker. They are withheld, and known: the marker's own.
    private int held;

    public bool TryRead(ref ReadOnlyMemory<byte> input, out FramePiece piece)
    {
        while (!input.IsEmpty)
        {
            if (held > 0)
            {
                if (Straddling(ref input, out piece))
                    return true;

                continue;
            }

            var at = input.Span.IndexOf(Marker.Span);
            var length = at >= 0 ? at : input.Length - (held = HeldBack(input.Span));
            piece = new FramePiece(input[..length], at >= 0);
            input = at >= 0 ? input[(at + Marker.Length)..] : ReadOnlyMemory<byte>.Empty;
            if (at >= 0 || length > 0)
                return true;
        }

        piece = default;
        return false;
    }

    // The withheld bytes and the next one: either one more of the marker, or some of the withheld were text after all.
    private bool Straddling(ref ReadOnlyMemory<byte> input, out FramePiece piece)
    {
        var next = input.Span[0];
        if (next == Marker.Span[held])
        {
            input = input[1..];
            var whole = ++held == Marker.Length;
            if (whole)
                held = 0;

            piece = new FramePiece(ReadOnlyMemory<byte>.Empty, whole);
            return whole;
        }

        // "]]>]]" + "]": the longest beginning of the marker that still fits; what lies before it is text. The next byte stays where it is.
        var kept = held - 1;
        while (kept > 0 && !Marker.Span[(held - kept)..held].SequenceEqual(Marker.Span[..kept]))
            kept--;

        piece = new FramePiece(Marker[..(held - kept)], false);
        held = kept;
        return true;
    }

    private static int HeldBack(ReadOnlySpan<byte> input)
    {
        for (var count = Math.Min(Marker.Length - 1, input.Length); count > 0; count--)
        {
            if (input[^count..].SequenceEqual(Marker.Span[..count]))
                return count;
        }

        return 0;
    }
}
