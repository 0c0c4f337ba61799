using Trigger.Acl.Model;

namespace Trigger.Acl.Reading;

/// <summary>
/// The lines of a text of Cisco's kind, one after the other, without those that are words for people: a banner may hold anything, a line of a filter too.
/// </summary>
/// <param name="dialect">Null while nobody knows.</param>
internal ref struct CiscoLines(string text, Dialect? dialect)
{
    private readonly string text = text;
    private int next = text.StartsWith('\uFEFF') ? 1 : 0;

    /// <summary>Without what ends it, and without blanks at its end.</summary>
    public ReadOnlySpan<char> Line { get; private set; }

    /// <summary>From one.</summary>
    public int Number { get; private set; }

    /// <summary>Of the line in the whole text.</summary>
    public int Start { get; private set; }

    public bool Next()
    {
        if (next >= text.Length)
            return false;
        Start = next;
        Number++;
        next = EndOf(Start, out var end);
        Line = text.AsSpan(Start, end - Start).TrimEnd("\r \t");
        if (Opens(Line, out var words))
            SkipWords(words);
        return true;
    }

    private readonly int EndOf(int start, out int end)
    {
        var length = text.AsSpan(start).IndexOf('\n');
        end = length < 0 ? text.Length : start + length;
        return length < 0 ? text.Length : end + 1;
    }

    // banner motd ^C…   aaa authentication banner #…
    private static bool Opens(ReadOnlySpan<char> line, out ReadOnlySpan<char> words)
    {
        words = default;
        if (line.IsEmpty || line[0] is not ('b' or 'a') || !(line.StartsWith("banner ", StringComparison.Ordinal) || line.StartsWith("aaa authentication ", StringComparison.Ordinal)))
            return false;
        var rest = new Words(line);
        if (rest.Take() is "aaa")
        {
            rest.Take();
            if (rest.Take() is not ("banner" or "fail-message"))
                return false;
        }
        else
        {
            rest.Take();
        }

        words = rest.Rest();
        return true;
    }

    private void SkipWords(ReadOnlySpan<char> words)
    {
        // ASA writes the word "banner" before each line. EOS ends with a line of its own, the others with the letter that they began with.
        if (dialect == Dialect.Asa)
            return;
        if (words.IsEmpty)
        {
            SkipTo("EOF", whole: true);
            return;
        }

        var mark = words[0] == '^' && words.Length > 1 ? words[..2] : words[..1];
        if (words[mark.Length..].IndexOf(mark) < 0)
            SkipTo(mark, whole: false);
    }

    // A mark that never comes was none; to leave out the rest of the text would be worse than to read too much.
    private void SkipTo(ReadOnlySpan<char> mark, bool whole)
    {
        var (at, lines) = (next, 0);
        while (at < text.Length)
        {
            var after = EndOf(at, out var end);
            var line = text.AsSpan(at, end - at);
            lines++;
            at = after;
            if (whole ? line.Trim().SequenceEqual(mark) : line.IndexOf(mark) >= 0)
            {
                (next, Number) = (at, Number + lines);
                return;
            }
        }
    }
}
