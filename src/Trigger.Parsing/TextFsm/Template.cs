namespace Trigger.Parsing.TextFsm;

/// <summary>
/// A TextFSM template: a table's columns and the states that find them in a text, as google/textfsm defines them, option for option. Immutable and safe to use from many threads.
/// </summary>
public sealed class Template
{
    /// <summary>Characters of a template, and lines of one.</summary>
    public const int MostCharacters = 1 << 20;

    /// <summary>Characters of a text to be parsed.</summary>
    public const int MostText = 1 << 26;

    internal Template(string path, IReadOnlyList<TemplateValue> values, IReadOnlyDictionary<string, IReadOnlyList<TemplateRule>> states)
    {
        Path = path;
        Values = values;
        States = states;
        Header = [.. values.Select(value => value.Name)];
    }

    /// <summary>Where it was read, for messages.</summary>
    public string Path { get; }

    public IReadOnlyList<TemplateValue> Values { get; }

    public IReadOnlyList<string> Header { get; }

    internal IReadOnlyDictionary<string, IReadOnlyList<TemplateRule>> States { get; }

    /// <exception cref="TemplateException">Every mistake in it.</exception>
    public static Template Read(string text, string path) => new TemplateReader(text, path).Read();

    /// <exception cref="TemplateException">Every mistake in it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Template ReadFile(string path)
    {
        if (new FileInfo(path).Length > MostCharacters * 4L)
            throw new TemplateException([new TemplateMistake(path, 0, $"a template has at most {MostCharacters} characters")]);
        return Read(File.ReadAllText(path), path);
    }

    /// <summary>The rows that the template finds. A text in which nothing matches gives no rows.</summary>
    /// <exception cref="ParseException">The template refuses the text.</exception>
    public ParsedTable Parse(string text) => new TemplateRun(this).Parse(text);
}
