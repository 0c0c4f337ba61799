using System.Text;

namespace Trigger.Cli.Importing;

/// <summary>The characters of a Python text: where one is, what is blank there, and where strings and statements end.</summary>
internal sealed class PythonScanner(string text)
{
    private int at;

    public int Line { get; private set; } = 1;

    /// <summary>Where one is; set, to go back there.</summary>
    public (int At, int Line) Mark
    {
        get => (at, Line);
        set => (at, Line) = value;
    }

    public bool AtEnd => at >= text.Length;

    /// <summary>The character here; a zero at the end.</summary>
    public char Here => Ahead(0);

    public char Ahead(int count) => at + count < text.Length ? text[at + count] : '\0';

    public void Step()
    {
        if (at < text.Length && text[at++] == '\n')
            Line++;
    }

    /// <summary>Passes blanks and comments; ends of lines only inside brackets, where they mean nothing.</summary>
    public void Blanks(bool lines)
    {
        while (!AtEnd)
        {
            if (Here == '#')
                ToLineEnd();
            else if (Here is ' ' or '\t' or '\r' or '\f' || (Here == '\n' && lines))
                Step();
            else if (Here == '\\' && Ahead(1) is '\n' or '\r')
                Steps(Ahead(1) == '\r' ? 3 : 2);
            else
                return;
        }
    }

    public string Word()
    {
        var from = at;
        while (char.IsLetterOrDigit(Here) || Here is '_' or '.')
            Step();
        return text[from..at];
    }

    /// <summary>The string that begins here, prefix and all; null when it has no end.</summary>
    public string? String()
    {
        var raw = false;
        while (char.IsLetter(Here))
        {
            raw |= Here is 'r' or 'R';
            Step();
        }

        var quote = Here;
        var many = Ahead(1) == quote && Ahead(2) == quote;
        Steps(many ? 3 : 1);
        var value = new StringBuilder();
        while (!AtEnd)
        {
            if (Here == quote && (!many || (Ahead(1) == quote && Ahead(2) == quote)))
            {
                Steps(many ? 3 : 1);
                return value.ToString();
            }

            if (Here == '\n' && !many)
                return null;
            if (Here == '\\')
                Escape(value, raw);
            else
            {
                value.Append(Here);
                Step();
            }
        }

        return null;
    }

    /// <summary>Whether a string begins here: a quote, or one or two letters and a quote.</summary>
    public bool AtString()
    {
        var letters = 0;
        while (letters < 2 && "rRbBuU".Contains(Ahead(letters), StringComparison.Ordinal) && Ahead(letters) != '\0')
            letters++;
        return Ahead(letters) is '\'' or '"';
    }

    /// <summary>Passes the rest of a statement: to the end of its line, further where brackets or strings are open.</summary>
    public void ToStatementEnd()
    {
        var depth = 0;
        while (!AtEnd)
        {
            if (AtString())
            {
                _ = String();
                continue;
            }

            if (Here == '#')
            {
                ToLineEnd();
                continue;
            }

            depth += Here is '(' or '[' or '{' ? 1 : Here is ')' or ']' or '}' ? -1 : 0;
            var ended = Here == '\n' && depth <= 0;
            Steps(Here == '\\' ? 2 : 1);
            if (ended)
                return;
        }
    }

    private void ToLineEnd()
    {
        while (!AtEnd && Here != '\n')
            Step();
    }

    private void Escape(StringBuilder value, bool raw)
    {
        var escaped = Ahead(1);
        if (raw)
            value.Append('\\').Append(escaped);
        else if (escaped is not ('\n' or '\r'))
            value.Append(escaped switch { 'n' => "\n", 't' => "\t", 'r' => "\r", '\\' or '\'' or '"' => escaped.ToString(), _ => "\\" + escaped });
        Steps(2);
    }

    private void Steps(int count)
    {
        for (var i = 0; i < count; i++)
            Step();
    }
}
