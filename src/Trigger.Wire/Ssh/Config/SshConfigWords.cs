using System.Text;

namespace Trigger.Wire.Ssh.Config;

/// <summary>Splits a line as OpenSSH does: a keyword, blanks or one equals sign, and words, which may be quoted; a word that begins with # ends the line.</summary>
internal static class SshConfigWords
{
    /// <summary>The keyword and what follows it, or null for an empty line or a comment.</summary>
    internal static (string Keyword, string Value)? Keyword(string line)
    {
        var text = line.AsSpan().Trim();
        if (text.IsEmpty || text[0] == '#')
            return null;

        var end = text.IndexOfAny(" \t=");
        if (end < 0)
            return (text.ToString().ToLowerInvariant(), "");

        var rest = text[end..].TrimStart();
        if (rest.StartsWith("="))
            rest = rest[1..].TrimStart();

        return (text[..end].ToString().ToLowerInvariant(), rest.ToString());
    }

    /// <summary>The words, or null when a quote is not closed.</summary>
    internal static List<string>? Split(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] is ' ' or '\t')
                continue;

            if (text[at] == '#')
                break;

            word.Clear();
            var quote = '\0';
            for (; at < text.Length && (quote != '\0' || text[at] is not (' ' or '\t')); at++)
            {
                var c = text[at];
                if (c == '\\' && at + 1 < text.Length && text[at + 1] is ('"' or '\'' or '\\'))
                    word.Append(text[++at]);
                else if (quote == '\0' && c is ('"' or '\''))
                    quote = c;
                else if (c == quote && quote != '\0')
                    quote = '\0';
                else
                    word.Append(c);
            }

            if (quote != '\0')
                return null;

            words.Add(word.ToString());
        }

        return words;
    }
}
