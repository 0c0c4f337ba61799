using System.Buffers;
using System.Globalization;
using System.Text;

namespace Trigger.Wire.Recording;

/// <summary>Reads one recording's text, and gathers what is wrong with it.</summary>
internal sealed class RecordingReader(string name, List<string> mistakes)
{
    private const int MostMistakes = 20;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private readonly List<RecordedMove> moves = [];
    private readonly Dictionary<string, string> header = new(StringComparer.Ordinal);
    private readonly ArrayBufferWriter<byte> piece = new();
    private int number;
    private TimeSpan at;
    private char mark;
    private int begun;

    public Recording? Read(string text)
    {
        var before = mistakes.Count;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (mistakes.Count - before >= MostMistakes)
                break;
            if (number == 1 ? line.TrimEnd() is not RecordingText.First : line.Length > RecordingText.LongestLine)
                Wrong(number == 1 ? $"a recording begins with the line '{RecordingText.First}'" : $"a line has at most {RecordingText.LongestLine} characters");
            else if (number > 1 && !line.IsWhiteSpace() && line[0] != '#')
                Take(line);
            if (number == 1 && mistakes.Count > before)
                return null;
        }

        EndPiece();
        foreach (var key in new[] { "device", "platform", "protocol", "date" }.Where(key => !header.ContainsKey(key)))
            mistakes.Add($"{name}: the header has no '{key} = …'.");
        return mistakes.Count > before
            ? null
            : new Recording(name, header["device"], header["platform"], header["protocol"], DateTimeOffset.Parse(header["date"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), moves);
    }

    private void Take(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        if (text[0] is '|' or '+')
            GoOn(text);
        else if (char.IsAsciiDigit(text[0]))
            Begin(text);
        else
            Head(text);
    }

    private void Head(ReadOnlySpan<char> line)
    {
        EndPiece();
        var sign = line.IndexOf('=');
        var key = sign < 0 ? "" : line[..sign].Trim().ToString();
        if (moves.Count > 0 || key is not ("device" or "platform" or "protocol" or "date"))
        {
            Wrong("expected 'SECONDS < …', 'SECONDS > …', 'SECONDS = closed by …', a line that goes on with | or +, or in the header device, platform, protocol or date");
            return;
        }

        var value = Unescaped(line[(sign + 1)..].Trim()) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";
        if (value.Length is 0 or > 256 || !header.TryAdd(key, value))
            Wrong($"'{key}' has from 1 to 256 characters and stands here once");
        else if (key == "protocol" && value is not ("ssh" or "telnet"))
            Wrong($"the protocol is '{RecordingText.Escaped(Encoding.UTF8.GetBytes(value))}'; it must be ssh or telnet");
        else if (key == "date" && !DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _))
            Wrong("the date is written as 2026-11-21T18:00:00.000Z");
    }

    private void Begin(ReadOnlySpan<char> line)
    {
        EndPiece();
        var blank = line.IndexOf(' ');
        var time = blank < 0 ? line : line[..blank];
        var rest = blank < 0 ? [] : line[blank..].TrimStart();
        if (time.Length > 20 || !decimal.TryParse(time, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds > (decimal)Longest.TotalSeconds)
        {
            Wrong("a move begins with its seconds, such as 1.250");
            return;
        }

        var moment = TimeSpan.FromTicks((long)(seconds * TimeSpan.TicksPerSecond));
        if (moment < at)
            Wrong("time runs backwards: the move above is later");
        else if (moves.Count > 0 && moves[^1] is RecordedMove.Closed)
            Wrong("nothing can come after the line was closed");
        at = moment;
        if (rest is ['<' or '>', ..])
        {
            (mark, begun) = (rest[0], number);
            Add(rest[1..]);
        }
        else if (rest.TrimEnd() is "= " + RecordingText.ByDevice or "= " + RecordingText.ByUs)
            moves.Add(new RecordedMove.Closed(at, rest.TrimEnd() is "= " + RecordingText.ByDevice, number));
        else
            Wrong($"behind the seconds stands < or >, or '= {RecordingText.ByDevice}', or '= {RecordingText.ByUs}'");
    }

    private void GoOn(ReadOnlySpan<char> line)
    {
        if (mark == '\0')
        {
            Wrong($"there is no piece above that '{line[0]}' could go on with");
            return;
        }

        if (line[0] == '|')
            piece.Write("\r\n"u8);
        Add(line[1..]);
    }

    private void Add(ReadOnlySpan<char> behindTheMark)
    {
        if (Unescaped(behindTheMark is [' ', ..] ? behindTheMark[1..] : behindTheMark) is { } bytes)
            piece.Write(bytes);
    }

    private void EndPiece()
    {
        if (mark != '\0')
        {
            var bytes = piece.WrittenSpan.ToArray();
            moves.Add(mark == '<' ? new RecordedMove.Received(at, bytes, begun) : new RecordedMove.Sent(at, bytes, begun));
        }

        mark = '\0';
        piece.ResetWrittenCount();
    }

    private byte[]? Unescaped(ReadOnlySpan<char> text)
    {
        var bytes = new ArrayBufferWriter<byte>(Math.Max(1, text.Length));
        while (!text.IsEmpty)
        {
            var (one, length) = text[0] == '\\' ? Escape(text) : text[0] is >= ' ' and < '\x7f' ? (text[0], 1) : (-1, 0);
            if (length == 0)
            {
                Wrong(text[0] == '\\' ? "behind \\ stands one of r n t e b 0 s \\ xHH {secret} {user}" : "only printable ASCII stands for itself; write other bytes as \\xHH");
                return null;
            }

            bytes.Write([(byte)one]);
            text = text[length..];
        }

        return bytes.WrittenSpan.ToArray();
    }

    private static (int One, int Length) Escape(ReadOnlySpan<char> text)
    {
        if (text.StartsWith(@"\{secret}"))
            return (RecordedMove.Secret, 9);
        if (text.StartsWith(@"\{user}"))
            return (RecordedMove.UserName, 7);
        if (text.Length >= 4 && text[1] == 'x' && byte.TryParse(text[2..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            return (code, 4);
        return text.Length < 2 ? (-1, 0) : text[1] switch
        {
            'r' => ('\r', 2),
            'n' => ('\n', 2),
            't' => ('\t', 2),
            'e' => ('\x1b', 2),
            'b' => ('\b', 2),
            '0' => ('\0', 2),
            's' => (' ', 2),
            '\\' => ('\\', 2),
            _ => (-1, 0),
        };
    }

    private void Wrong(string what) => mistakes.Add($"{name}:{number}: {what}.");
}
