using System.Globalization;
using System.Text;
using System.Text.Json;
using Trigger.Hocon;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Trigger.Jobs.Plays;

/// <summary>
/// A playbook in YAML (1.2, its core schema). It is written out again as JSON with every value on the line where it stood, so that the reader of HOCON reads both and its mistakes
/// name the right line. No anchors, aliases, tags of one's own or second documents: a playbook is a page of text.
/// </summary>
internal sealed class YamlPlaybook
{
    private const int Largest = 1024 * 1024;
    private const int Deepest = 32;

    private readonly StringBuilder json = new();
    private readonly Stack<Level> levels = new();
    private readonly List<string> mistakes;
    private readonly string name;
    private int line = 1;
    private int documents;

    private YamlPlaybook(string name, List<string> mistakes)
    {
        this.name = name;
        this.mistakes = mistakes;
    }

    /// <summary>Whether a file of that name is read as YAML.</summary>
    public static bool IsOne(string path) => Path.GetExtension(path).ToLowerInvariant() is ".yaml" or ".yml";

    /// <summary>The file as configuration; null when there are mistakes, all of which are noted.</summary>
    /// <exception cref="ConfigException">What was written out cannot be read.</exception>
    public static Config? Read(string path, List<string> mistakes)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length <= Largest)
                return Parse(path, File.ReadAllText(path), mistakes);

            mistakes.Add($"{path}: it has {length} bytes; a playbook has at most {Largest}.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{path}: {unreadable.Message}");
        }

        return null;
    }

    /// <inheritdoc cref="Read"/>
    public static Config? Parse(string name, string text, List<string> mistakes)
    {
        var before = mistakes.Count;
        var book = new YamlPlaybook(name, mistakes);
        try
        {
            var parser = new Parser(new StringReader(text));
            while (parser.MoveNext() && book.Take(parser.Current!))
            {
            }
        }
        catch (YamlException bad)
        {
            mistakes.Add($"{name}:{Math.Max(1, bad.Start.Line)}: this is not YAML: {bad.Message}");
        }
        catch (Exception bug) when (bug is InvalidOperationException or ArgumentException or FormatException)
        {
            // The library's scanner has states of its own that it does not expect.
            mistakes.Add($"{name}:1: this is not YAML: {bug.Message}");
        }

        return mistakes.Count > before ? null : Config.Parse(book.json.Length == 0 ? "{}" : book.json.ToString(), name);
    }

    /// <summary>A mapping or a list that is open.</summary>
    private sealed class Level(bool isMapping)
    {
        public bool IsMapping => isMapping;

        public HashSet<string> Keys { get; } = new(StringComparer.Ordinal);

        /// <summary>Whether the next thing is a value, behind its key.</summary>
        public bool HasKey { get; set; }

        public int Count { get; set; }
    }

    /// <returns>Whether it is worth going on.</returns>
    private bool Take(ParsingEvent happened)
    {
        switch (happened)
        {
            case DocumentStart when ++documents > 1:
                return Mistake(happened, "a playbook is one document; this is a second one", goOn: false);
            case AnchorAlias alias:
                Before(happened);
                json.Append("null");
                return Mistake(happened, $"*{alias.Value} is an alias; a playbook has none, write it out");
            case NodeEvent { Anchor.IsEmpty: false } anchored:
                Mistake(happened, $"&{anchored.Anchor.Value} is an anchor; a playbook has none");
                break;
        }

        switch (happened)
        {
            case MappingStart or SequenceStart when levels.Count == Deepest:
                return Mistake(happened, $"it is nested deeper than {Deepest} levels", goOn: false);
            case MappingStart or SequenceStart:
                Open(happened, isMapping: happened is MappingStart);
                break;
            case MappingEnd or SequenceEnd:
                Close(happened);
                break;
            case Scalar scalar:
                Put(scalar);
                break;
        }

        return true;
    }

    private void Open(ParsingEvent happened, bool isMapping)
    {
        if (levels.TryPeek(out var above) && above is { IsMapping: true, HasKey: false })
            Mistake(happened, "a key is a word, not a list or a mapping");
        else if (levels.Count == 0 && !isMapping)
            Mistake(happened, "a playbook is a mapping: name: …, on: …, steps: …");
        Before(happened);
        json.Append(isMapping ? '{' : '[');
        levels.Push(new Level(isMapping));
    }

    private void Close(ParsingEvent happened)
    {
        var level = levels.Pop();
        json.Append(level.IsMapping ? '}' : ']');
        if (levels.TryPeek(out var above))
            above.HasKey = false;
    }

    private void Put(Scalar scalar)
    {
        if (levels.Count == 0)
        {
            // Nothing but comments is an empty scalar, too.
            if (scalar.Value.Length > 0)
                Mistake(scalar, "a playbook is a mapping: name: …, on: …, steps: …");
            return;
        }

        if (!scalar.Tag.IsEmpty && scalar.Tag.Value is not "tag:yaml.org,2002:str" and not "!")
            Mistake(scalar, $"{scalar.Tag.Value} is a tag; a playbook has none");
        var level = levels.Peek();
        if (level is { IsMapping: true, HasKey: false })
        {
            Before(scalar);
            if (!level.Keys.Add(scalar.Value))
                Mistake(scalar, $"'{scalar.Value}' is here twice");
            json.Append(Quoted(scalar.Value)).Append(':');
            level.HasKey = true;
            return;
        }

        Before(scalar);
        json.Append(scalar.Style == ScalarStyle.Plain ? Plain(scalar.Value) : Quoted(scalar.Value));
        level.HasKey = false;
    }

    /// <summary>A comma where one is due, and line ends until the line is that of the YAML.</summary>
    private void Before(ParsingEvent happened)
    {
        if (levels.TryPeek(out var level) && !(level.IsMapping && level.HasKey) && level.Count++ > 0)
            json.Append(',');
        for (; line < happened.Start.Line; line++)
            json.Append('\n');
    }

    // YAML 1.2 section 10.3.2: nothing, true and false in three spellings, numbers. Everything else, and "yes", is text.
    private static string Plain(string value) => value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => "null",
        "true" or "True" or "TRUE" => "true",
        "false" or "False" or "FALSE" => "false",
        _ when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && !value.StartsWith('+') => number.ToString(CultureInfo.InvariantCulture),
        _ => Quoted(value),
    };

    private static string Quoted(string value) => $"\"{JsonEncodedText.Encode(value)}\"";

    private bool Mistake(ParsingEvent at, string what, bool goOn = true)
    {
        mistakes.Add($"{name}:{Math.Max(1, at.Start.Line)}: {what}.");
        return goOn;
    }
}
