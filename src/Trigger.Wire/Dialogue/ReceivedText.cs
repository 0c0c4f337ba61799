using System.Buffers;
using System.Text;

namespace Trigger.Wire.Dialogue;

/// <summary>
/// What arrived and is not read yet, as bytes and, once somebody asks, as text. Each byte is copied once and decoded once, however it arrives and is taken; an
/// empty one holds no memory worth mentioning.
/// </summary>
internal sealed class ReceivedText
{
    private const int Small = 4096;

    private readonly Encoding charset;
    private readonly Decoder decoder;
    private byte[] bytes = [];
    private int start;
    private int end;
    private int decoded;
    private char[] text = [];
    private int textStart;
    private int textEnd;

    internal ReceivedText(Encoding charset)
    {
        if (!charset.IsSingleByte && charset is not UTF8Encoding)
            throw new ArgumentException($"'{charset.WebName}' is neither UTF-8 nor of one byte a character.", nameof(charset));

        this.charset = charset;
        decoder = charset.GetDecoder();
    }

    internal int Count => end - start;

    internal ReadOnlySpan<byte> Bytes => bytes.AsSpan(start, Count);

    /// <summary>The text so far, without a character at the end that is not whole.</summary>
    internal ReadOnlySpan<char> Text
    {
        get
        {
            Decode();
            return text.AsSpan(textStart, textEnd - textStart);
        }
    }

    internal void Append(ReadOnlySpan<byte> arrived)
    {
        MakeRoom(arrived.Length);
        arrived.CopyTo(bytes.AsSpan(end));
        end += arrived.Length;
    }

    /// <summary>Takes the first bytes as they are.</summary>
    internal byte[] Take(int count)
    {
        var taken = bytes.AsSpan(start, count).ToArray();
        DropText(count);
        start += count;
        Shrink();
        return taken;
    }

    /// <summary>Takes the first bytes as text.</summary>
    internal string TakeText(int byteCount) => charset.GetString(Take(byteCount));

    /// <summary>Takes the first characters of <see cref="Text"/>.</summary>
    internal string TakeChars(int count)
    {
        Decode();
        var taken = new string(text.AsSpan(textStart, count));
        start += LengthOf(count);
        textStart += count;
        if (start == end)
            Forget();
        Shrink();
        return taken;
    }

    /// <summary>Everything unread, for an exception.</summary>
    internal string Peek() => charset.GetString(Bytes);

    private void Decode()
    {
        if (decoded == end)
            return;

        var most = charset.GetMaxCharCount(end - decoded);
        if (text.Length - textEnd < most)
        {
            var length = textEnd - textStart;
            var into = length + most > text.Length ? new char[Math.Max(length + most, text.Length * 2)] : text;
            text.AsSpan(textStart, length).CopyTo(into);
            (text, textStart, textEnd) = (into, 0, length);
        }

        textEnd += decoder.GetChars(bytes.AsSpan(decoded, end - decoded), text.AsSpan(textEnd), flush: false);
        decoded = end;
    }

    // Bytes are taken; the characters that they are go with them. Where a character is cut the rest is decoded again.
    private void DropText(int count)
    {
        if (textEnd == textStart || start + count == end)
        {
            Forget();
            decoded = start + count;
            return;
        }

        var (chars, whole) = CharsOf(bytes.AsSpan(start, count));
        if (whole && textStart + chars <= textEnd)
        {
            textStart += chars;
            return;
        }

        Forget();
        decoded = start + count;
    }

    private void Forget()
    {
        decoder.Reset();
        (textStart, textEnd, decoded) = (0, 0, end);
    }

    private (int Chars, bool Whole) CharsOf(ReadOnlySpan<byte> some)
    {
        if (charset.IsSingleByte || Ascii.IsValid(some))
            return (some.Length, true);

        var chars = 0;
        while (!some.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(some, out var rune, out var used) == OperationStatus.NeedMoreData)
                return (chars, false);

            chars += rune.Utf16SequenceLength;
            some = some[used..];
        }

        return (chars, true);
    }

    private int LengthOf(int chars)
    {
        var some = Bytes;
        if (charset.IsSingleByte || Ascii.IsValid(some[..Math.Min(chars, some.Length)]))
            return chars;

        var length = 0;
        while (chars > 0 && Rune.DecodeFromUtf8(some[length..], out var rune, out var used) != OperationStatus.NeedMoreData)
        {
            chars -= rune.Utf16SequenceLength;
            length += used;
        }

        return length;
    }

    private void MakeRoom(int count)
    {
        if (bytes.Length - end >= count)
            return;

        // Moving to the front costs no more than what was taken since the last time.
        var unread = Count;
        var into = unread + count > bytes.Length || start < unread ? new byte[Math.Max(unread + count, Math.Max(Small, bytes.Length * 2))] : bytes;
        Bytes.CopyTo(into);
        decoded -= start;
        (bytes, start, end) = (into, 0, unread);
    }

    private void Shrink()
    {
        if (Count > 0 || bytes.Length <= Small)
            return;

        Forget();
        (bytes, text, start, end, decoded) = ([], [], 0, 0, 0);
    }
}
