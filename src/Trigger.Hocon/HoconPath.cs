namespace Trigger.Hocon;

/// <summary>Path expressions, in keys and in substitutions: segments between dots, quotes around what would have a meaning, blanks inside kept.</summary>
internal static class HoconPath
{
    public static List<string> Read(HoconReader reader)
    {
        var path = new List<string>(2);
        string? segment = null;
        reader.Blanks();
        var blanks = "";
        while (true)
        {
            if (reader.Peek == '"')
            {
                segment = Joined(segment, blanks, HoconStrings.Read(reader));
                blanks = "";
            }
            else if (reader.Unquoted(isKey: true) is { Length: > 0 } text)
            {
                segment = Joined(segment, blanks, text);
                blanks = "";
            }
            else if (reader.Blanks() is { Length: > 0 } between)
            {
                blanks = between;
            }
            else if (reader.Peek == '.' && segment is not null)
            {
                path.Add(segment + blanks);
                segment = null;
                blanks = "";
                reader.Take();
                if (path.Count > ConfigLimits.Depth)
                    throw reader.Mistake($"a key has more than {ConfigLimits.Depth} parts.");
            }
            else
            {
                path.Add(segment ?? throw Missing(reader, path.Count > 0 || reader.Peek == '.'));
                return path;
            }
        }
    }

    private static string Joined(string? segment, string blanks, string text) => segment is null && blanks.Length == 0 ? text : segment + blanks + text;

    private static ConfigException Missing(HoconReader reader, bool besideDot) => reader.Mistake(
        besideDot ? "a dot in a key stands between two names; one is missing here. Write \"\" for an empty name, or the whole key in quotes."
        : reader.AtEnd ? "a key is missing at the end of the text."
        : $"a key is expected here, not '{Shown(reader.Peek)}'. Keys with special characters stand in quotes.");

    private static string Shown(char c) => c < ' ' ? $"\\u{(int)c:x4}" : c.ToString();
}
