namespace Trigger.Wire.Netconf.Framing;

/// <summary>
/// Chunked framing (RFC 6242 §4.2): <c>\n#LENGTH\n</c> and that many bytes, once or more, then <c>\n##\n</c>. Any departure ends the session, as the RFC asks:
/// no leading zero, at most ten digits and 4294967295, no message without a chunk.
/// </summary>
internal sealed class ChunkReader : IFrameReader
{
    private const int MostDigits = 10;

    private State state = State.LineFeed;
    private ulong number;
    private int digits;
    private ulong left;
    private bool begun;

    private enum State
    {
        LineFeed,
        Hash,
        FirstDigit,
        Digits,
        LastLineFeed,
        Data,
    }

    public bool TryRead(ref ReadOnlyMemory<byte> input, out FramePiece piece)
    {
        while (!input.IsEmpty)
        {
            if (state == State.Data)
            {
                var length = (int)Math.Min(left, (ulong)input.Length);
                piece = new FramePiece(input[..length], false);
                input = input[length..];
                left -= (ulong)length;
                if (left == 0)
                    state = State.LineFeed;

                return true;
            }

            if (Header(ref input))
            {
                piece = new FramePiece(ReadOnlyMemory<byte>.Empty, true);
                return true;
            }
        }

        piece = default;
        return false;
    }

    /// <summary>Reads of a header what is there; true at the end of a message.</summary>
    private bool Header(ref ReadOnlyMemory<byte> input)
    {
        var span = input.Span;
        for (var i = 0; i < span.Length; i++)
        {
            var ended = Take(span[i]);
            if (!ended && state != State.Data)
                continue;

            input = input[(i + 1)..];
            return ended;
        }

        input = ReadOnlyMemory<byte>.Empty;
        return false;
    }

    private bool Take(byte value)
    {
        switch (state)
        {
            case State.LineFeed:
                Expect(value, '\n');
                state = State.Hash;
                return false;
            case State.Hash:
                Expect(value, '#');
                state = State.FirstDigit;
                return false;
            case State.FirstDigit when value == '#':
                if (!begun)
                    throw Broken("a message without a chunk");

                state = State.LastLineFeed;
                return false;
            case State.FirstDigit:
                if (value is < (byte)'1' or > (byte)'9')
                    throw Broken($"the chunk size begins with {Show(value)}");

                (number, digits, state) = ((ulong)(value - '0'), 1, State.Digits);
                return false;
            case State.Digits when value == '\n':
                (left, begun, state) = (number, true, State.Data);
                return false;
            case State.Digits:
                TakeDigit(value);
                return false;
            default:
                Expect(value, '\n');
                (begun, state) = (false, State.LineFeed);
                return true;
        }
    }

    private void TakeDigit(byte value)
    {
        if (value is < (byte)'0' or > (byte)'9')
            throw Broken($"the chunk size has {Show(value)} in it");

        number = (number * 10) + (ulong)(value - '0');
        if (++digits > MostDigits || number > uint.MaxValue)
            throw Broken($"the chunk size is more than {uint.MaxValue}");
    }

    private static void Expect(byte value, char expected)
    {
        if (value != expected)
            throw Broken($"{Show(value)} where {(expected == '\n' ? "a line feed" : "'#'")} must be");
    }

    private static string Show(byte value) => $"'{FarText.Show([value])}'";

    private static NetconfException Broken(string how) => new(new NetconfFault.BadFraming($"{how} (RFC 6242 §4.2)"));
}
