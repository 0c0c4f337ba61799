namespace Trigger.Hocon;

/// <summary><c>include "x"</c>, <c>include file("x")</c>, <c>include url("x")</c>, each perhaps in <c>required(…)</c>: reads the statement and what it names.</summary>
internal sealed class HoconInclude(HoconReading reading, HoconReader reader, string? directory)
{
    // In rising precedence: what a .conf says counts over the same key in a .json or .properties beside it.
    private static readonly string[] Extensions = [".properties", ".json", ".conf"];

    /// <summary>Reads the rest of the statement after the word itself and merges what it names into the object it stands in.</summary>
    public void Into(ObjectNode target, ConfigOrigin origin, IReadOnlyList<string> within)
    {
        reader.BlanksAndLines();
        var required = Opens("required");
        var kind = Opens("file") ? "file" : Opens("url") ? "url" : Opens("classpath") ? "classpath" : "";
        if (reader.Peek != '"')
            throw new ConfigException(origin, "include is followed by a name in quotes: include \"other.conf\", include file(\"/etc/x.conf\"), include required(\"x.conf\"). As a key it must itself be quoted.");
        var name = HoconStrings.Read(reader);
        for (var closing = (required ? 1 : 0) + (kind.Length > 0 ? 1 : 0); closing > 0; closing--)
        {
            reader.Blanks();
            if (!reader.TakeIf(')'))
                throw reader.Mistake("a ) is missing after the name of this include.");
        }

        var found = false;
        foreach (var tree in Trees(kind, name, origin, within))
        {
            found = true;
            foreach (var (key, value) in tree.Fields)
                HoconMerge.Put(target, key, value);
        }

        if (required && !found)
            throw new ConfigException(origin, $"\"{name}\" is required but was not found{(directory is null ? "" : $" in {directory}")}.");
    }

    private bool Opens(string word)
    {
        if (!reader.TakeWord(word))
            return false;
        reader.Blanks();
        if (!reader.TakeIf('('))
            throw reader.Mistake($"{word} in an include is followed by ( and a name in quotes.");
        reader.Blanks();
        return true;
    }

    private IEnumerable<ObjectNode> Trees(string kind, string name, ConfigOrigin origin, IReadOnlyList<string> within)
    {
        if (kind == "classpath")
            throw new ConfigException(origin, "include classpath(…) belongs to the JVM; there is no class path here. Name the file: include file(\"…\").");
        if (kind != "file" && Uri.TryCreate(name, UriKind.Absolute, out var uri) && name.Contains("://", StringComparison.Ordinal))
            return uri.IsFile ? Files(uri.LocalPath, origin, within) : Fetched(uri, origin, within);
        return kind == "url" ? throw new ConfigException(origin, $"\"{name}\" is not a URL. Write include url(\"https://…\").") : Files(name, origin, within);
    }

    private IEnumerable<ObjectNode> Fetched(Uri uri, ConfigOrigin origin, IReadOnlyList<string> within)
    {
        if (reading.Options.Url is not { } fetch)
            throw new ConfigException(origin, $"includes from URLs are not allowed here, so {uri} is not fetched. Put its text into a file, or allow URLs when the configuration is read.");
        if (fetch(uri) is { } text)
            yield return reading.Parse(text, uri.ToString(), directory: null, within);
    }

    private IEnumerable<ObjectNode> Files(string name, ConfigOrigin origin, IReadOnlyList<string> within)
    {
        if (directory is null && !Path.IsPathRooted(name))
            throw new ConfigException(origin, $"\"{name}\" cannot be included: this text was given without a folder to include from.");
        if (name.Contains('\0', StringComparison.Ordinal))
            throw new ConfigException(origin, "a file cannot be included by a name with a null character in it.");
        var path = Path.GetFullPath(name, directory ?? "/");
        return (IsComplete(path) ? [path] : Extensions.Select(extension => path + extension))
            .Select(file => reading.Whole(file, within))
            .OfType<ObjectNode>();
    }

    // Without a known extension the name stands for its .conf, .json and .properties; but a file of exactly that name is what was meant.
    private static bool IsComplete(string path) => Extensions.Contains(Path.GetExtension(path)) || File.Exists(path);
}
