using System.Text;

namespace Trigger.Files.Ssh;

/// <summary>What a client's <c>scp -f</c> or <c>scp -t</c> asks for.</summary>
/// <param name="Gives">Whether the server gives (-f) or takes (-t).</param>
/// <param name="WithTimes">Whether the client wants to know when files were changed (-p).</param>
internal sealed record ScpCall(bool Gives, bool WithTimes, IReadOnlyList<string> Names)
{
    private const int MostWords = 64;

    /// <summary>Null when it is no such call.</summary>
    public static ScpCall? Parse(string command)
    {
        if (Words(command) is not ["scp" or "/usr/bin/scp", .. var words])
            return null;

        var (from, to, times, names) = (false, false, false, new List<string>());
        for (var i = 0; i < words.Count; i++)
        {
            if (names.Count > 0 || words[i].Length < 2 || words[i][0] != '-')
            {
                names.Add(words[i]);
            }
            else if (words[i] == "--")
            {
                names.AddRange(words[(i + 1)..]);
                break;
            }
            else
            {
                foreach (var letter in words[i].AsSpan(1))
                {
                    from |= letter == 'f';
                    to |= letter == 't';
                    times |= letter == 'p';
                    if (!"ftpvrd".Contains(letter, StringComparison.Ordinal))
                        return null;
                }
            }
        }

        return from != to && names.Count > 0 && (from || names.Count == 1) ? new ScpCall(from, times, names) : null;
    }

    // As a shell would take it apart, without anything that a shell would do.
    private static List<string> Words(string command)
    {
        var (words, word, quote) = (new List<string>(), (StringBuilder?)null, '\0');
        for (var i = 0; i < command.Length && words.Count <= MostWords; i++)
        {
            var c = command[i];
            if (c == '\\' && quote != '\'' && i + 1 < command.Length)
                (word ??= new StringBuilder()).Append(command[++i]);
            else if (quote == '\0' && c is '\'' or '"')
                (quote, word) = (c, word ?? new StringBuilder());
            else if (quote != '\0' && c == quote)
                quote = '\0';
            else if (quote == '\0' && c == ' ')
                (words, word) = (word is null ? words : [.. words, word.ToString()], null);
            else
                (word ??= new StringBuilder()).Append(c);
        }

        return quote != '\0' || words.Count > MostWords ? [] : word is null ? words : [.. words, word.ToString()];
    }
}
