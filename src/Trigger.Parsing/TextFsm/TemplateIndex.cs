using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Trigger.Parsing.TextFsm;

/// <summary>
/// A folder of templates with an <c>index</c> that tells which one reads what, as textfsm's CliTable has it and ntc-templates fills it: lines as
/// <c>Template, Hostname, Platform, Command</c>, of which the first that fits is taken. Patterns fit from the beginning of a text, not to its end.
/// </summary>
public sealed partial class TemplateIndex
{
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);
    private const int MostRows = 100_000;

    private readonly string directory;
    private readonly IReadOnlyList<IndexRow> rows;
    private readonly ConcurrentDictionary<string, Lazy<Template>> templates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<IndexRow>> rowsOfPlatform = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> byName = new(StringComparer.Ordinal);

    private TemplateIndex(string directory, IReadOnlyList<IndexRow> rows, IReadOnlyList<TemplateMistake> ignored)
    {
        this.directory = directory;
        this.rows = rows;
        Ignored = ignored;
    }

    private TemplateIndex(string directory, Dictionary<string, string> byName)
        : this(directory, [], []) =>
        this.byName = byName;

    /// <summary>How many lines the index has, or templates the folder without one.</summary>
    public int Count => rows.Count + byName.Count;

    /// <summary>Lines of the index that say nothing, because they have more or fewer fields than its header. The original passes over them without a word.</summary>
    public IReadOnlyList<TemplateMistake> Ignored { get; }

    /// <summary>
    /// The templates of a folder. ntc-templates' own folder may be named as well as its <c>ntc_templates/templates</c>. Without an index, templates are found by their names:
    /// <c>platform_command_with_underscores</c>, ending in <c>.textfsm</c> or <c>.template</c>.
    /// </summary>
    /// <exception cref="TemplateException">An index that cannot be used, with every mistake in it.</exception>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static TemplateIndex Open(string directory)
    {
        if (!Directory.Exists(directory))
            throw new DirectoryNotFoundException($"There is no folder '{directory}' of templates.");
        foreach (var inside in (ReadOnlySpan<string>)["", "ntc_templates/templates", "templates"])
        {
            var folder = Path.Combine(directory, inside);
            var index = Path.Combine(folder, "index");
            if (File.Exists(index))
                return Read(File.ReadAllText(index), index, folder);
        }

        return new TemplateIndex(directory, ByName(directory));
    }

    /// <summary>The names of the templates that read a command's answer on a platform; empty when there is none.</summary>
    /// <param name="platform">As the templates name it; Netmiko's ids, in ntc-templates.</param>
    public IReadOnlyList<string> Find(string platform, string command) =>
        byName.TryGetValue($"{platform}_{command.Replace(' ', '_')}", out var named)
            ? [named]
            : rowsOfPlatform.GetOrAdd(platform, Narrowed).FirstOrDefault(row => row.Fits(new Dictionary<string, string>(StringComparer.Ordinal) { ["Command"] = command }))?.Templates ?? [];

    /// <summary>The same by whatever columns the index has.</summary>
    public IReadOnlyList<string> Find(IReadOnlyDictionary<string, string> attributes) => rows.FirstOrDefault(row => row.Fits(attributes))?.Templates ?? [];

    /// <summary>A command's answer as a table; null when no template reads it.</summary>
    /// <exception cref="TemplateException">The template cannot be used.</exception>
    /// <exception cref="ParseException">The template refuses the text.</exception>
    public ParsedTable? Parse(string platform, string command, string text) => Find(platform, command) is { Count: > 0 } found ? Parse(found, text) : null;

    /// <summary>The table of the first template, with the columns that the others add.</summary>
    public ParsedTable Parse(IReadOnlyList<string> names, string text)
    {
        var first = Load(names[0]);
        var keys = Keys(first);
        var table = TableJoin.Printed(first.Parse(text));
        foreach (var name in names.Skip(1))
        {
            var further = Load(name);
            if (keys.Count == 0)
                keys = Keys(further);
            table = TableJoin.Extend(table, TableJoin.Printed(further.Parse(text)), keys);
        }

        return table;
    }

    private static List<string> Keys(Template template) => [.. template.Values.Where(value => value.Has(ValueOption.Key)).Select(value => value.Name)];

    private Template Load(string name) => templates.GetOrAdd(name, static (name, directory) => new Lazy<Template>(() => Opened(directory, name)), directory).Value;

    private static Template Opened(string directory, string name)
    {
        var path = Path.Combine(directory, name);
        return File.Exists(path) ? Template.ReadFile(path) : throw new TemplateException([new TemplateMistake(path, 0, "the index names this template, and there is no such file")]);
    }

    private List<IndexRow> Narrowed(string platform)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal) { ["Platform"] = platform };
        return [.. rows.Where(row => row.Fits(known))];
    }

    private static TemplateIndex Read(string text, string path, string folder)
    {
        var lines = text.TrimStart('\ufeff').ReplaceLineEndings("\n").Split('\n');
        var mistakes = new List<TemplateMistake>();
        var ignored = new List<TemplateMistake>();
        var header = Array.FindIndex(lines, line => line.Split('#')[0].Trim().Length > 0);
        var columns = header < 0 ? [] : lines[header].Split('#')[0].Split(',').Select(name => name.Trim()).ToArray();
        var template = Array.IndexOf(columns, "Template");
        if (template < 0)
            throw new TemplateException([new TemplateMistake(path, header + 1, "the index begins with its columns, and one of them has to be 'Template': Template, Hostname, Platform, Command")]);

        var rows = new List<IndexRow>();
        for (var i = header + 1; i < lines.Length && rows.Count < MostRows; i++)
        {
            var cells = lines[i].Split(',').Select(cell => cell.Trim()).ToArray();
            if (lines[i].StartsWith('#') || lines[i].Trim().Length == 0)
                continue;
            if (cells.Length != columns.Length)
                ignored.Add(new TemplateMistake(path, i + 1, $"{cells.Length} fields, where the header has {columns.Length}; a comma inside a pattern is written '\\x2c'"));
            else if (Row(i + 1, columns, template, cells, path, mistakes) is { } row)
                rows.Add(row);
        }

        return mistakes.Count == 0 ? new TemplateIndex(folder, rows, ignored) : throw new TemplateException(mistakes);
    }

    private static IndexRow? Row(int line, string[] columns, int template, string[] cells, string path, List<TemplateMistake> mistakes)
    {
        var patterns = new Dictionary<string, Regex>(StringComparer.Ordinal);
        for (var i = 0; i < columns.Length; i++)
        {
            if (i == template || cells[i].Length == 0)
                continue;
            try
            {
                patterns[columns[i]] = new Regex(PythonPattern.Read(columns[i] == "Command" ? Completions(cells[i]) : cells[i]).Anchored, RegexOptions.CultureInvariant, PatternLimit);
            }
            catch (Exception wrong) when (wrong is FormatException or ArgumentException)
            {
                mistakes.Add(new TemplateMistake(path, line, $"the pattern '{cells[i]}' has {wrong.Message}"));
            }
        }

        var names = cells[template].Split(':');
        if (names.All(name => Path.GetFileName(name) == name && name.Length > 0))
            return new IndexRow(line, names, patterns);
        mistakes.Add(new TemplateMistake(path, line, $"'{cells[template]}' is no list of files beside the index"));
        return null;
    }

    // sh[[ow]] is what may be typed of a word: sh(o(w)?)?
    private static string Completions(string pattern) =>
        Abbreviated().Replace(pattern, match => $"({string.Join('(', match.Groups[1].Value.ToCharArray())}{string.Concat(Enumerable.Repeat(")?", match.Groups[1].Length))}");

    // cisco_ios_show_version.textfsm, whatever it ends in.
    private static Dictionary<string, string> ByName(string directory) =>
        Directory.EnumerateFiles(directory)
            .Select(file => Path.GetFileName(file))
            .Where(file => file.EndsWith(".textfsm", StringComparison.Ordinal) || file.EndsWith(".template", StringComparison.Ordinal))
            .GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).First(), StringComparer.Ordinal);

    [GeneratedRegex(@"\[\[(.+?)\]\]")]
    private static partial Regex Abbreviated();
}
