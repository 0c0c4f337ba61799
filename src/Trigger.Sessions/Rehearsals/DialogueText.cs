using System.Globalization;
using System.Text;
using Trigger.Devices;

namespace Trigger.Sessions.Rehearsals;

/// <summary>
/// Reads a dialogue from text. A line's first characters say what it is:
/// <code>
/// # a remark                          source = composed from the vendor's manual
/// way = telnet                        or ssh, where the login is not part of the text
/// &lt; the device prints a line          &lt;_ it prints this and waits
/// > a line is typed (and echoed)      >? the session answers a question    >! the session presses a key
/// = ready                             = answered [in MODE]   = refused [in MODE]
/// </code>
/// <c>{user}</c>, <c>{password}</c> and <c>{enable}</c> stand for the credentials; the latter two are not echoed. <c>\s</c> is a blank that an editor would take away;
/// <c>\e \b \r \n \t \0 \xHH \\</c> are as in C.
/// </summary>
public static class DialogueText
{
    private const int Largest = 1024 * 1024;

    /// <param name="mistakes">Takes what is wrong, each as <c>file:line: …</c>.</param>
    /// <returns>Null when there are mistakes.</returns>
    public static Dialogue? Parse(string text, string name, List<string> mistakes)
    {
        var before = mistakes.Count;
        var source = "";
        var way = Protocol.Ssh;
        var moves = new List<DialogueMove>();
        if (text.Length > Largest)
            mistakes.Add($"{name}: is longer than {Largest} characters.");
        else
            Read();
        if (mistakes.Count == before && !moves.Exists(move => move is DialogueMove.Ready))
            mistakes.Add($"{name}: nothing says where the login is over. Write '= ready' before the first command.");
        return mistakes.Count == before ? new Dialogue(name, source, way, moves) : null;

        void Read()
        {
            var number = 0;
            foreach (var written in text.AsSpan().EnumerateLines())
            {
                number++;
                var line = written.TrimEnd();
                if (line.IsEmpty || line[0] == '#')
                    continue;
                if (line.StartsWith("source ="))
                    source = line["source =".Length..].Trim().ToString();
                else if (line is "way = telnet" or "way = ssh")
                    way = line is "way = telnet" ? Protocol.Telnet : Protocol.Ssh;
                else if (Move(line, number) is { } move)
                    moves.Add(move);
                else
                    mistakes.Add($"{name}:{number}: '{line}' is none of <, <_, >, >?, >!, '= ready', '= answered', '= refused', 'source =', 'way = telnet', 'way = ssh', #.");
            }
        }
    }

    private static DialogueMove? Move(ReadOnlySpan<char> line, int number)
    {
        var blank = line.IndexOf(' ');
        var mark = blank < 0 ? line : line[..blank];
        var rest = blank < 0 ? "" : line[(blank + 1)..].ToString();
        return mark switch
        {
            "<" => new DialogueMove.Says(number, Unescaped(rest) + "\r\n", WholeLine: true),
            "<_" => new DialogueMove.Says(number, Unescaped(rest), WholeLine: false),
            ">" => new DialogueMove.Types(number, Unescaped(rest)),
            ">?" => new DialogueMove.Answers(number, Unescaped(rest)),
            ">!" => new DialogueMove.Presses(number, Unescaped(rest)),
            "=" => Expectation(rest, number),
            _ => null,
        };
    }

    private static DialogueMove? Expectation(string text, int number)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            ["ready"] => new DialogueMove.Ready(number),
            ["answered" or "refused"] => new DialogueMove.Outcome(number, words[0] == "refused", ""),
            ["answered" or "refused", "in", var mode] => new DialogueMove.Outcome(number, words[0] == "refused", mode),
            _ => null,
        };
    }

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                plain.Append(text[i]);
                continue;
            }

            i++;
            if (text[i] == 'x' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var code))
            {
                plain.Append((char)code);
                i += 2;
                continue;
            }

            plain.Append(text[i] switch { 's' => ' ', 'e' => '\u001b', 'b' => '\b', 'r' => '\r', 'n' => '\n', 't' => '\t', '0' => '\0', var other => other });
        }

        return plain.ToString();
    }
}
