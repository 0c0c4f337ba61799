namespace Trigger.Hocon;

/// <summary>The characters of a source, with line numbers, and what may be skipped between values.</summary>
internal sealed class HoconReader
{
    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\";

    private readonly string text;
    private readonly string source;
    private int at;
    private int line = 1;

    public HoconReader(string text, string source)
    {
        this.text = text;
        this.source = source;
        if (text.Length > ConfigLimits.Text)
            throw Mistake($"the text is longer than {ConfigLimits.Text} characters.");
        if (text.StartsWith('\uFEFF'))
            at = 1; // A byte order mark that an editor left.
    }

    public ConfigOrigin Origin => new(source, line);

    public bool AtEnd => at >= text.Length;

    public char Peek => AtEnd ? '\0' : text[at];

    public bool LooksAt(string token) => string.CompareOrdinal(text, at, token, 0, token.Length) == 0;

    public ConfigException Mistake(string problem) => new(Origin, problem);

    public char Take()
    {
        var taken = text[at++];
        if (taken == '\n')
            line++;
        return taken;
    }

    public bool TakeIf(string token)
    {
        if (!LooksAt(token))
            return false;
        at += token.Length;
        return true;
    }

    /// <summary>Skips blanks of this line and returns them.</summary>
    public string Blanks()
    {
        var start = at;
        while (!AtEnd && text[at] != '\n' && IsBlank(text[at]))
            at++;
        return at == start ? "" : text[start..at];
    }

    /// <summary>Skips blanks, comments and line ends. True when it passed the end of a line.</summary>
    public bool BlanksAndLines()
    {
        var before = line;
        while (!AtEnd)
        {
            if (IsBlank(Peek))
                Take();
            else if (!Comment())
                break;
        }

        return line != before;
    }

    /// <summary>Skips a comment up to the end of its line, which stays.</summary>
    public bool Comment()
    {
        if (Peek != '#' && !LooksAt("//"))
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
        while (!AtEnd && !IsBlank(text[at]) && !Reserved.Contains(text[at]) && !LooksAt("//") && !(isKey && text[at] == '.'))
            at++;
        return text[start..at];
    }

    /// <summary>Everything up to the token, which is taken too; null when it never comes.</summary>
    public string? Until(string token)
    {
        var end = text.IndexOf(token, at, StringComparison.Ordinal);
        if (end < 0)
            return null;
        var taken = text[at..end];
        line += taken.AsSpan().Count('\n');
        at = end + token.Length;
        return taken;
    }

    public static bool IsBlank(char c) => char.IsWhiteSpace(c) || c == '\uFEFF';
}
