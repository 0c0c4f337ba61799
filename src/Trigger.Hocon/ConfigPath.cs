namespace Trigger.Hocon;

/// <summary>Paths as callers write them: <c>a.b."c.d"</c>.</summary>
public static class ConfigPath
{
    internal static IReadOnlyList<string> Split(string path)
    {
        if (!path.Contains('"'))
            return path.Split('.');
        var reader = new HoconReader(path, "path");
        var segments = new List<string>();
        do
            segments.Add(reader.Peek == '"' ? HoconStrings.Read(reader) : reader.Unquoted(isKey: true));
        while (reader.TakeIf("."));
        return reader.AtEnd ? segments : throw reader.Mistake($"'{path}' is not a path. Write a.b.\"c d\".");
    }

    /// <summary>A key as one segment of a path, whatever characters it has.</summary>
    public static string Quoted(string key) => "\"" + key
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal) + "\"";
}
