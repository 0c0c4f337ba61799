namespace Trigger.Hocon;

/// <summary>Java's properties, which HOCON may include: every value is text, dots in keys make objects, and an object wins over a text at the same path.</summary>
internal static class PropertiesFile
{
    public static ObjectNode Parse(string text, string source)
    {
        var root = new ObjectNode(new ConfigOrigin(source, 1));
        var number = 0;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            number = i + 1;
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] is '#' or '!')
                continue;
            while (EndsWithContinuation(line) && i + 1 < lines.Length)
                line = line[..^1] + lines[++i].Trim();
            var (key, value) = Split(line);
            Place(root, key.Split('.'), new ScalarNode(new ConfigOrigin(source, number), value, quoted: true));
        }

        return root;
    }

    private static bool EndsWithContinuation(string line) => (line.Length - line.TrimEnd('\\').Length) % 2 == 1;

    private static (string Key, string Value) Split(string line)
    {
        var end = 0;
        while (end < line.Length && line[end] is not ('=' or ':' or ' ' or '\t'))
            end += line[end] == '\\' && end + 1 < line.Length ? 2 : 1;
        var rest = line[end..].TrimStart();
        if (rest.Length > 0 && rest[0] is '=' or ':')
            rest = rest[1..].TrimStart();
        return (Unescaped(line[..end]), Unescaped(rest));
    }

    private static string Unescaped(string text)
    {
        if (!text.Contains('\\'))
            return text;
        var plain = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
                plain.Append(text[i]);
            else if (text[i + 1] == 'u' && i + 5 < text.Length && ushort.TryParse(text.AsSpan(i + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var unit))
                (_, i) = (plain.Append((char)unit), i + 5);
            else
                plain.Append(text[++i] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'f' => '\f', var other => other });
        }

        return plain.ToString();
    }

    private static void Place(ObjectNode root, string[] path, ScalarNode value)
    {
        if (path.Length > ConfigLimits.Depth)
            throw new ConfigException(value.Origin, $"a key has more than {ConfigLimits.Depth} parts.");
        var holder = root;
        foreach (var segment in path.AsSpan(..^1))
        {
            if (holder.Fields.GetValueOrDefault(segment) is not ObjectNode next)
                holder.Fields[segment] = next = new ObjectNode(value.Origin);
            holder = next;
        }

        if (holder.Fields.GetValueOrDefault(path[^1]) is not ObjectNode)
            holder.Fields[path[^1]] = value;
    }
}
