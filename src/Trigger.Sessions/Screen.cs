using System.Buffers;
using System.Text;

namespace Trigger.Sessions;

/// <summary>
/// Bytes from a device, as a very wide terminal would show them: backspaces, carriage returns and cursor moves are carried out on the last line, colours and titles are
/// dropped, and what remains is plain text. Any split of the stream shows the same. Each byte is looked at once; only the last line can still change.
/// </summary>
internal sealed class Screen
{
    // ECMA-48 sequences and window titles are short; one that never ends must not swallow the session.
    private const int LongestSequence = 256;

    private static readonly SearchValues<char> Special = SearchValues.Create(
        "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\u007f\u009b");

    private const int Least = 512;

    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private char[] text = [];
    private int lineStart;
    private int end;
    private int cursor;
    private bool redrawn;
    private Sequence sequence;
    private int sequenceLength;
    private int parameter;

    private enum Sequence
    {
        None,
        Escape,
        Control,
        Title,
        TitleEscape,
        OneMore,
    }

    /// <summary>Everything shown since the last <see cref="Forget"/>, lines ended by LF.</summary>
    public ReadOnlySpan<char> Text => text.AsSpan(0, end);

    /// <summary>Where the last, unfinished line begins in <see cref="Text"/>.</summary>
    public int LineStart => lineStart;

    public int Length => end;

    public ReadOnlySpan<char> LastLine => text.AsSpan(lineStart, end - lineStart);

    public void Show(ReadOnlySpan<byte> bytes)
    {
        var room = ArrayPool<char>.Shared.Rent(Encoding.UTF8.GetMaxCharCount(bytes.Length));
        try
        {
            var count = decoder.GetChars(bytes, room, flush: false);
            Show(room.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(room);
        }
    }

    /// <summary>Drops the first <paramref name="upTo"/> characters, which must end with a whole line.</summary>
    public void Forget(int upTo)
    {
        if (upTo <= 0)
            return;

        text.AsSpan(upTo, end - upTo).CopyTo(text);
        end -= upTo;
        cursor -= upTo;
        lineStart -= upTo;
        if (end <= Least && text.Length > 2 * Least)
            Exchange(Least);
    }

    /// <summary>Wipes the last line, as a pager's question is wiped once it is answered.</summary>
    public void WipeLastLine()
    {
        end = cursor = lineStart;
        redrawn = true;
    }

    private void Show(ReadOnlySpan<char> arrived)
    {
        while (!arrived.IsEmpty)
        {
            if (sequence != Sequence.None)
            {
                Continue(arrived[0]);
                arrived = arrived[1..];
                continue;
            }

            var plain = arrived.IndexOfAny(Special);
            if (plain != 0)
            {
                var run = plain < 0 ? arrived : arrived[..plain];
                Write(run);
                arrived = arrived[run.Length..];
                continue;
            }

            Control(arrived[0]);
            arrived = arrived[1..];
        }
    }

    private void Write(ReadOnlySpan<char> run)
    {
        redrawn |= cursor < end;
        Reserve(cursor + run.Length);
        run.CopyTo(text.AsSpan(cursor));
        cursor += run.Length;
        end = Math.Max(end, cursor);
    }

    private void Control(char c)
    {
        switch (c)
        {
            case '\n':
                EndLine();
                break;
            case '\r':
                MoveTo(lineStart);
                break;
            case '\b':
                MoveTo(cursor - 1);
                break;
            case '\u001b':
                Begin(Sequence.Escape);
                break;
            case '\u009b':
                Begin(Sequence.Control);
                break;
            default:
                // BEL, NUL and their kin show nothing.
                break;
        }
    }

    private void EndLine()
    {
        // A line that was drawn over keeps the blanks that erased the older, longer text; nobody typed those.
        if (redrawn)
        {
            while (end > lineStart && text[end - 1] == ' ')
                end--;
        }

        redrawn = false;
        Reserve(end + 1);
        text[end++] = '\n';
        lineStart = cursor = end;
    }

    private void MoveTo(int position) => cursor = Math.Clamp(position, lineStart, end);

    private void Begin(Sequence kind)
    {
        sequence = kind;
        sequenceLength = 0;
        parameter = 0;
    }

    private void Continue(char c)
    {
        if (++sequenceLength > LongestSequence)
        {
            sequence = Sequence.None;
            return;
        }

        sequence = sequence switch
        {
            Sequence.Escape => c switch
            {
                '[' => Sequence.Control,
                ']' or 'P' or '^' or '_' => Sequence.Title,
                '(' or ')' or '*' or '+' or '#' or ' ' => Sequence.OneMore,
                _ => Sequence.None,
            },
            Sequence.Control => Parameter(c),
            Sequence.Title => c switch { '\a' => Sequence.None, '\u001b' => Sequence.TitleEscape, _ => Sequence.Title },
            _ => Sequence.None,
        };
    }

    // ECMA-48 §5.4: parameters 0x30–0x3F and intermediates 0x20–0x2F, then one final byte 0x40–0x7E.
    private Sequence Parameter(char c)
    {
        if (c is >= '0' and <= '9')
        {
            parameter = Math.Min((parameter * 10) + (c - '0'), 10_000);
            return Sequence.Control;
        }

        if (c is >= ' ' and <= '?')
        {
            parameter = c == ';' ? 0 : parameter;
            return Sequence.Control;
        }

        Carry(c);
        return Sequence.None;
    }

    private void Carry(char final)
    {
        switch (final)
        {
            case 'D': // cursor back
                MoveTo(cursor - Math.Max(1, parameter));
                break;
            case 'C': // cursor forward
                MoveTo(cursor + Math.Max(1, parameter));
                break;
            case 'G' or 'H' or 'f': // cursor to column; rows mean nothing on an endless page
                MoveTo(lineStart + Math.Max(1, parameter) - 1);
                break;
            case 'K' or 'J' when parameter == 0: // erase to the end
                end = cursor;
                redrawn = true;
                break;
            case 'K' or 'J' when parameter == 2: // erase all
                WipeLastLine();
                break;
            default:
                break;
        }
    }

    private void Reserve(int length)
    {
        if (length <= text.Length)
            return;

        Exchange(Math.Max(length, Math.Max(Least, text.Length * 2)));
    }

    // An answer is long for a moment only, and a thousand lines have theirs one after the other: they take turns with the same arrays.
    private void Exchange(int length)
    {
        var before = text;
        text = ArrayPool<char>.Shared.Rent(length);
        before.AsSpan(0, end).CopyTo(text);
        if (before.Length > 0)
            ArrayPool<char>.Shared.Return(before);
    }
}
