using System.Globalization;
using System.Text;

namespace Trigger.Devices.Inventory.Loaders;

/// <summary>The small grammar of a line of an Ansible INI inventory.</summary>
internal static class AnsibleWords
{
    /// <summary>As many hosts as one pattern may name.</summary>
    public const int MostHosts = 100_000;

    /// <summary>Words as a shell would split them; what follows a # that begins a word is a remark.</summary>
    public static List<string> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var began = false;
        foreach (var letter in line)
        {
            if (quote == '\0' && letter == '#' && !began)
                break;
            if (quote == '\0' && letter is ' ' or '\t' or '\r')
            {
                if (quote == '\0' && began)
                    Take();
                else if (quote != '\0')
                    word.Append(letter);
                continue;
            }

            began = true;
            if (quote == '\0' && letter is '"' or '\'')
                quote = letter;
            else if (letter == quote)
                quote = '\0';
            else
                word.Append(letter);
        }

        if (began)
            Take();
        return words;

        void Take()
        {
            words.Add(word.ToString());
            word.Clear();
            began = false;
        }
    }

    /// <summary>A name and its value, without quotes and blanks; null when there is no equals sign.</summary>
    public static (string Name, string? Value)? Assignment(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            return null;

        var value = text[(equals + 1)..].Trim();
        if (value.Length >= 2 && value[0] is '"' or '\'' && value[^1] == value[0])
            value = value[1..^1];
        return (text[..equals].Trim(), value.Length > 0 ? value : null);
    }

    /// <summary>The hosts a pattern names: <c>web[01:20:2].net</c>, <c>rack[a:f]</c>. Null when a range is not one.</summary>
    public static List<string>? Hosts(string pattern)
    {
        var names = new List<string> { "" };
        var at = 0;
        while (at < pattern.Length)
        {
            var open = pattern.IndexOf('[', at);

            // An address in brackets is no range.
            if (open < 0 || (open == 0 && pattern.Count(letter => letter == ':') > 2))
                return [.. names.Select(name => name + pattern[at..])];

            var close = pattern.IndexOf(']', open);
            if (close < 0 || Range(pattern[(open + 1)..close]) is not { } range || (long)range.Count * names.Count > MostHosts)
                return null;

            var before = pattern[at..open];
            names = [.. names.SelectMany(name => range.Select(part => name + before + part))];
            at = close + 1;
        }

        return names;
    }

    private static List<string>? Range(string text)
    {
        var ends = text.Split(':');
        var step = 1;
        if (ends.Length is < 2 or > 3 || (ends.Length == 3 && (!int.TryParse(ends[2], NumberStyles.None, CultureInfo.InvariantCulture, out step) || step == 0)))
            return null;

        if (ends[0].Length == 1 && ends[1].Length == 1 && char.IsAsciiLetter(ends[0][0]) && char.IsAsciiLetter(ends[1][0]) && ends[0][0] <= ends[1][0])
            return [.. Enumerable.Range(ends[0][0], ends[1][0] - ends[0][0] + 1).Where((_, i) => i % step == 0).Select(letter => ((char)letter).ToString())];

        if (!int.TryParse(ends[0].Length == 0 ? "0" : ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            || !int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            || first > last
            || (last - first) / step >= MostHosts)
        {
            return null;
        }

        // A leading zero asks for numbers of one length.
        var width = ends[0].StartsWith('0') ? ends[0].Length : 1;
        return [.. Enumerable.Range(0, ((last - first) / step) + 1).Select(i => (first + (i * step)).ToString(CultureInfo.InvariantCulture).PadLeft(width, '0'))];
    }
}
