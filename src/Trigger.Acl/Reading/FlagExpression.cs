using Trigger.Acl.Values;

namespace Trigger.Acl.Reading;

/// <summary>Junos' bit-field expressions: <c>"syn &amp; !ack"</c>, <c>"(ack | rst)"</c>.</summary>
internal ref struct FlagExpression
{
    private const int Deepest = 32;

    private readonly ReadOnlySpan<char> text;
    private readonly NameTable names;
    private int at;
    private int depth;

    private FlagExpression(ReadOnlySpan<char> text, NameTable names)
    {
        this.text = text;
        this.names = names;
    }

    /// <summary>The bytes for which the expression holds, or null when it cannot be read.</summary>
    public static ByteSet? Parse(ReadOnlySpan<char> text, NameTable names)
    {
        var reader = new FlagExpression(text, names);
        var set = reader.Or();
        reader.Skip();
        return reader.at == text.Length ? set : null;
    }

    private ByteSet? Or()
    {
        var left = And();
        while (left is not null && (Take('|') || Take(',')))
        {
            Take('|');
            left = And() is { } right ? left | right : null;
        }

        return left;
    }

    private ByteSet? And()
    {
        var left = Not();
        while (left is not null && (Take('&') || Take('+')))
        {
            Take('&');
            left = Not() is { } right ? left & right : null;
        }

        return left;
    }

    private ByteSet? Not()
    {
        if (++depth > Deepest)
            return null;
        var set = Take('!') ? Not() is { } inner ? ~inner : (ByteSet?)null : Atom();
        depth--;
        return set;
    }

    private ByteSet? Atom()
    {
        if (Take('('))
        {
            var inner = Or();
            return Take(')') ? inner : null;
        }

        Skip();
        var from = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '-'))
            at++;
        var word = text[from..at];
        if (names.TryNumber(word, out var flag))
            return ByteSet.Where(flags => (flags & flag) != 0);
        if (word.StartsWith("0x", StringComparison.Ordinal) && int.TryParse(word[2..], System.Globalization.NumberStyles.HexNumber, null, out flag) && flag is > 0 and < 256)
            return ByteSet.Where(flags => (flags & flag) == flag);
        return null;
    }

    private bool Take(char letter)
    {
        Skip();
        if (at >= text.Length || text[at] != letter)
            return false;
        at++;
        return true;
    }

    private void Skip()
    {
        while (at < text.Length && text[at] is ' ' or '\t')
            at++;
    }
}
