using System.Buffers;

namespace Trigger.Hocon;

/// <summary>The characters of a source, with line numbers, and what may be skipped between values.</summary>
internal sealed class HoconReader
{
    private const string Blank =
        "\t\n\u000B\f\r\u001C\u001D\u001E\u001F \u0085\u00A0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF";

    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\";

    private static readonly SearchValues<char> EndOfText = SearchValues.Create(Reserved + Blank + "/");
    private static readonly SearchValues<char> EndOfKey = SearchValues.Create(Reserved + Blank + "/.");
    private static readonly SearchValues<char> Blanks_ = SearchValues.Create(Blank);

    private readonly string text;
    private readonly string source;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private int at;
    private int line = 1;
    private int lineStart;

    public HoconReader(string text, string source)
    {
        this.text = text;
        this.source = source;
        if (text.Length > ConfigLimits.Text)
            throw Mistake($"the text is longer than {ConfigLimits.Text} characters.");
        if (text.StartsWith('\uFEFF'))
            at = lineStart = 1; // A byte order mark that an editor left.
    }

    public ConfigOrigin Origin => new(source, line, at - lineStart + 1);

    public bool AtEnd => at >= text.Length;

    public char Peek => AtEnd ? '\0' : text[at];

    public bool LooksAt(string token) => string.CompareOrdinal(text, at, token, 0, token.Length) == 0;

    public ConfigException Mistake(string problem) => new(Origin, problem);

    public char Take()
    {
        var taken = text[at++];
        if (taken == '\n')
            NextLine();
        return taken;
    }

    public bool TakeIf(char token)
    {
        if (AtEnd || text[at] != token)
            return false;
        at++;
        return true;
    }

    /// <param name="token">Has no line end in it.</param>
    public bool TakeIf(string token)
    {
        if (!LooksAt(token))
            return false;
        at += token.Length;
        return true;
    }

    /// <summary>Takes a word that is not the beginning of a longer one.</summary>
    public bool TakeWord(string word)
    {
        var end = at + word.Length;
        return LooksAt(word) && (end >= text.Length || EndOfText.Contains(text[end]) || text[end] == '(') && TakeIf(word);
    }

    /// <summary>Skips blanks of this line and returns them.</summary>
    public string Blanks()
    {
        var start = at;
        while (!AtEnd && text[at] != '\n' && IsBlank(text[at]))
            at++;
        return at == start ? "" : at == start + 1 && text[start] == ' ' ? " " : text[start..at];
    }

    /// <summary>Skips blanks, comments and line ends. True when it passed the end of a line.</summary>
    public bool BlanksAndLines()
    {
        var before = line;
        while (!AtEnd)
        {
            if (IsBlank(text[at]))
                Take();
            else if (!Comment())
                break;
        }

        return line != before;
    }

    /// <summary>Skips a comment up to the end of its line, which stays.</summary>
    public bool Comment()
    {
        if (Peek != '#' && !(Peek == '/' && LooksAt("//")))
            return false;
        var end = text.IndexOf('\n', at);
        at = end < 0 ? text.Length : end;
        return true;
    }

    /// <summary>Text without quotes, up to a blank or a character that has a meaning.</summary>
    /// <param name="isKey">A dot ends a key's segment.</param>
    public string Unquoted(bool isKey)
    {
        var start = at;
        while (true)
        {
            var length = text.AsSpan(at).IndexOfAny(isKey ? EndOfKey : EndOfText);
            at = length < 0 ? text.Length : at + length;
            if (AtEnd || !GoesOn(start))
                return isKey ? Name(text.AsSpan(start, at - start)) : text[start..at];
            at++;
        }
    }

    /// <summary>Text up to a character, which stays, or up to the end.</summary>
    public string UpTo(SearchValues<char> ends)
    {
        var start = at;
        var length = text.AsSpan(at).IndexOfAny(ends);
        at = length < 0 ? text.Length : at + length;
        return text[start..at];
    }

    /// <summary>Everything up to the token, which is taken too; null when it never comes.</summary>
    public string? Until(string token)
    {
        var end = text.IndexOf(token, at, StringComparison.Ordinal);
        if (end < 0)
            return null;
        var start = at;
        for (var next = text.IndexOf('\n', at, end - at); next >= 0; next = text.IndexOf('\n', at, end - at))
        {
            at = next + 1;
            NextLine();
        }

        at = end + token.Length;
        return text[start..end];
    }

    /// <summary>Leaves a line that cannot be understood, and with it whatever it opens and later lines close. Stops before what closes the value around it.</summary>
    public void GiveUpLine(char closing)
    {
        var open = 0;
        while (!AtEnd && !(open == 0 && Peek == closing))
        {
            var c = Take();
            if (c is '{' or '[')
                open++;
            else if (c is '}' or ']')
                open--;
            else if (c == '\n' && open <= 0)
                return;
        }
    }

    public static bool IsBlank(char c) => c is ' ' or '\n' || Blanks_.Contains(c);

    // A slash alone is text; two are a comment. "1e+5" is one number, although a plus has a meaning of its own elsewhere.
    private bool GoesOn(int start) => text[at] switch
    {
        '/' => !LooksAt("//"),
        '+' => at > start + 1 && text[at - 1] is 'e' or 'E' && char.IsAsciiDigit(text[start]) | text[start] == '-'
               && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]),
        _ => false,
    };

    // A large configuration says the same few names over and over; one string serves for all of them.
    private string Name(ReadOnlySpan<char> name)
    {
        var seen = names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (seen.TryGetValue(name, out var known))
            return known;
        var fresh = name.ToString();
        if (names.Count < 1000)
            names.Add(fresh);
        return fresh;
    }

    private void NextLine()
    {
        line++;
        lineStart = at;
    }
}
