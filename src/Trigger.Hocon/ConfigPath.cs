namespace Trigger.Hocon;

/// <summary>Paths as callers write them: <c>a.b."c.d"</c>.</summary>
public static class ConfigPath
{
    internal static IReadOnlyList<string> Split(string path)
    {
        if (path.Contains('"'))
        {
            var reader = new HoconReader(path, "path");
            var segments = HoconPath.Read(reader);
            return reader.AtEnd ? segments : throw reader.Mistake($"'{path}' is not a path. Write a.b.\"c d\".");
        }

        var plain = path.Split('.');
        return Array.Exists(plain, segment => segment.Length == 0)
            ? throw new ConfigException(new ConfigOrigin("path", 1), $"'{path}' is not a path: a name is missing beside a dot. Write a.b.\"c d\".")
            : plain;
    }

    /// <summary>A key as one segment of a path, whatever characters it has.</summary>
    public static string Quoted(string key) => "\"" + key
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal) + "\"";

    /// <summary>Segments as one path, with quotes only where they are needed.</summary>
    internal static string Join(IEnumerable<string> segments) => string.Join('.', segments.Select(segment => IsPlain(segment) ? segment : Quoted(segment)));

    private static bool IsPlain(string segment) => segment.Length > 0 && segment.All(c => char.IsLetterOrDigit(c) || c is '-' or '_');
}
