namespace Trigger.Hocon;

/// <summary>One configuration while it is read: its files, what they cost, and every mistake met so far.</summary>
internal sealed class HoconReading(ConfigReadOptions options)
{
    private readonly List<ConfigMistake> mistakes = [];
    private readonly List<string> open = []; // Files that wait for one they include.
    private int files;

    public ConfigReadOptions Options => options;

    /// <summary>Characters read so far, for the price that resolving them may have.</summary>
    public long Size { get; private set; }

    public static ObjectNode Text(string text, string source, ConfigReadOptions options, out long size)
    {
        var reading = new HoconReading(options);
        ObjectNode? root = null;
        try
        {
            root = reading.Parse(text, source, options.Directory, within: []);
        }
        catch (GaveUpException)
        {
            // What made reading on pointless is the last of the mistakes.
        }

        size = reading.Size;
        return reading.mistakes.Count == 0 ? root! : throw new ConfigException(reading.mistakes);
    }

    public static ObjectNode File(string path, ConfigReadOptions options, out long size)
    {
        var reading = new HoconReading(options);
        ObjectNode? root = null;
        try
        {
            root = reading.Whole(Path.GetFullPath(path), within: [], shown: path);
            if (root is null)
                reading.Note(new ConfigException(new ConfigOrigin(path, 1), "there is no such file."));
        }
        catch (GaveUpException)
        {
        }

        size = reading.Size;
        return reading.mistakes.Count == 0 ? root! : throw new ConfigException(reading.mistakes);
    }

    /// <summary>Remembers a mistake so that reading can go on to the next; gives up when there are many, or when going on would only repeat it.</summary>
    public void Note(ConfigException mistake, bool final = false)
    {
        mistakes.AddRange(mistake.Mistakes);
        if (final || mistakes.Count >= ConfigLimits.Mistakes)
            throw new GaveUpException();
    }

    /// <summary>Reads a text into a tree, in which substitutions stay.</summary>
    /// <param name="text">HOCON or JSON.</param>
    /// <param name="source">For origins.</param>
    /// <param name="directory">Where it may include from, or null.</param>
    /// <param name="within">The path at which it is included.</param>
    public ObjectNode Parse(string text, string source, string? directory, IReadOnlyList<string> within)
    {
        Size += text.Length;
        if (Size > ConfigLimits.Text)
            Note(new ConfigException(new ConfigOrigin(source, 1), $"the text and what it includes are longer than {ConfigLimits.Text} characters."), final: true);
        return new HoconParser(this, text, source, directory, within).Root();
    }

    /// <summary>The tree of a file, or null when there is none.</summary>
    public ObjectNode? Whole(string file, IReadOnlyList<string> within, string? shown = null)
    {
        options.Looked?.Invoke(file);
        if (!System.IO.File.Exists(file))
            return null;
        var origin = new ConfigOrigin(shown ?? file, 1);
        if (open.Contains(file))
            Note(new ConfigException(origin, $"this file includes itself: {string.Join(" includes ", open.Append(file).Select(Path.GetFileName))}."), final: true);
        if (open.Count >= ConfigLimits.IncludeDepth || ++files > ConfigLimits.Files)
            Note(new ConfigException(origin, $"more than {ConfigLimits.IncludeDepth} files include one another, or more than {ConfigLimits.Files} files are read."), final: true);
        open.Add(file);
        var text = Read(file, origin);
        var tree = Path.GetExtension(file) == ".properties"
            ? PropertiesFile.Parse(text, origin.Source)
            : Parse(text, origin.Source, Path.GetDirectoryName(file), within);
        open.RemoveAt(open.Count - 1);
        return tree;
    }

    private string Read(string file, ConfigOrigin origin)
    {
        try
        {
            if (new FileInfo(file).Length <= ConfigLimits.Text)
                return System.IO.File.ReadAllText(file);
            Note(new ConfigException(origin, $"the file is longer than {ConfigLimits.Text} bytes."), final: true);
        }
        catch (Exception bad) when (bad is IOException or UnauthorizedAccessException)
        {
            Note(new ConfigException(origin, $"the file cannot be read: {bad.Message}"));
        }

        return "";
    }

    /// <summary>Ends the reading early. The mistakes are already noted; this only unwinds.</summary>
    private sealed class GaveUpException : Exception;
}
