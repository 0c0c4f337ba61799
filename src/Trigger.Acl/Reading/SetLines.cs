namespace Trigger.Acl.Reading;

/// <summary>Splits a line at blanks outside quotes; brackets are words of their own and are left out.</summary>
internal static class SetLines
{
    public static List<string> Split(ReadOnlySpan<char> line)
    {
        var words = new List<string>();
        for (var at = 0; at < line.Length;)
        {
            if (line[at] is ' ' or '\t' or '[' or ']')
            {
                at++;
                continue;
            }

            var quoted = line[at] == '"';
            var rest = quoted ? line[(at + 1)..].IndexOf('"') : line[at..].IndexOfAny(" \t]");
            var end = rest < 0 ? line.Length : (quoted ? at + 1 : at) + rest;
            words.Add(line[(quoted ? at + 1 : at)..end].ToString());
            at = end + (quoted ? 1 : 0);
        }

        return words;
    }
}
