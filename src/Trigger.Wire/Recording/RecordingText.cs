using System.Globalization;
using System.Text;

namespace Trigger.Wire.Recording;

/// <summary>
/// A recording as text that people can read and shorten:
/// <code>
/// trigger-recording 1
/// device = r1
/// platform = cisco_ios
/// protocol = telnet
/// date = 2026-11-21T18:00:00.000Z
///
/// 0.012 &lt; the device sent this piece                  A line of the file that begins with | goes on with the piece above, behind
///       | a second line of the same piece            a carriage return and a line feed; one that begins with + goes on without.
/// 1.204 > \{user}\r                                   What was typed. \{secret} stands for every password, \{user} for the user's name.
/// 9.001 = closed by the device                       Or: closed by us.
/// </code>
/// Seconds count from the moment the line was open. <c>\r \n \t \e \b \0 \s</c> (a blank at a line's end) <c>\xHH \\</c> are as in C; everything else is printable ASCII.
/// A line that begins with # is a remark.
/// </summary>
public static class RecordingText
{
    /// <summary>No file is larger, in characters.</summary>
    public const int Largest = 64 * 1024 * 1024;

    internal const int LongestLine = 8192;
    internal const string First = "trigger-recording 1";
    internal const string ByDevice = "closed by the device";
    internal const string ByUs = "closed by us";
    private const int Wrapped = 1000;

    /// <summary>The file's beginning.</summary>
    public static string Header(string device, string platform, string protocol, DateTimeOffset date) => string.Create(
        CultureInfo.InvariantCulture,
        $"{First}\ndevice = {Escaped(Encoding.UTF8.GetBytes(device))}\nplatform = {platform}\nprotocol = {protocol}\ndate = {date.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ}\n\n");

    /// <summary>One move, with the line end behind it.</summary>
    public static string Written(RecordedMove move)
    {
        ArgumentNullException.ThrowIfNull(move);
        var time = move.At.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture);
        return move switch
        {
            RecordedMove.Received received => Piece(time, '<', received.Bytes.Span),
            RecordedMove.Sent sent => Piece(time, '>', sent.Bytes.Span),
            RecordedMove.Closed closed => $"{time} = {(closed.ByDevice ? ByDevice : ByUs)}\n",
            _ => throw new ArgumentException($"A move of a recording is none of {move.GetType()}.", nameof(move)),
        };
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="mistakes">Takes what is wrong, each as <c>file:line: …</c>.</param>
    /// <returns>Null when there are mistakes.</returns>
    public static Recording? Parse(string text, string name, List<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(mistakes);
        if (text.Length <= Largest)
            return new RecordingReader(name, mistakes).Read(text);
        mistakes.Add($"{name}: is longer than {Largest} characters.");
        return null;
    }

    /// <summary>Bytes as a file shows them, in one line; for messages, too.</summary>
    public static string Escaped(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length + 16);
        foreach (var one in bytes)
            Append(text, one);
        BlankAtTheEnd(text);
        return text.ToString();
    }

    private static string Piece(string time, char mark, ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length + 32).Append(time).Append(' ').Append(mark).Append(' ');
        var margin = new string(' ', time.Length + 1);
        var begun = text.Length;
        for (var i = 0; i < bytes.Length; i++)
        {
            var lineEnd = bytes[i] == '\r' && i + 1 < bytes.Length && bytes[i + 1] == '\n';
            if (lineEnd)
                i++;
            else
                Append(text, bytes[i]);

            if (!lineEnd && (i + 1 == bytes.Length || (bytes[i] != '\n' && text.Length - begun < Wrapped)))
                continue;
            BlankAtTheEnd(text, begun);
            text.Append('\n').Append(margin).Append(lineEnd ? "| " : "+ ");
            begun = text.Length;
        }

        BlankAtTheEnd(text, begun);
        return text.Append('\n').ToString();
    }

    private static void Append(StringBuilder text, byte one) => _ = one switch
    {
        RecordedMove.Secret => text.Append(@"\{secret}"),
        RecordedMove.UserName => text.Append(@"\{user}"),
        (byte)'\r' => text.Append(@"\r"),
        (byte)'\n' => text.Append(@"\n"),
        (byte)'\t' => text.Append(@"\t"),
        (byte)'\b' => text.Append(@"\b"),
        0x1b => text.Append(@"\e"),
        0 => text.Append(@"\0"),
        (byte)'\\' => text.Append(@"\\"),
        >= (byte)' ' and < 0x7f => text.Append((char)one),
        _ => text.Append(CultureInfo.InvariantCulture, $@"\x{one:x2}"),
    };

    // Editors take blanks at the ends of lines away. The one behind the mark is not part of the piece.
    private static void BlankAtTheEnd(StringBuilder text, int from = 0)
    {
        if (text.Length > from && text[^1] == ' ')
            text.Remove(text.Length - 1, 1).Append(@"\s");
    }
}
