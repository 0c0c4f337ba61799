using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Trigger.Parsing.TextFsm;

namespace Trigger.Parsing;

/// <summary>
/// Chooses what reads an answer: first a parser written in C# for the command, then the folders of templates in their order, then, when the answer is one JSON or XML document, that.
/// Safe to use from many threads once built.
/// </summary>
public sealed class OutputParsers
{
    private const int MostDepth = 200;
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(1);

    private readonly List<TemplateIndex> templates = [];
    private readonly List<(string Platform, Regex Command, Func<string, ParsedTable> Parser)> own = [];

    /// <summary>Adds a folder of templates behind those that are there already.</summary>
    public OutputParsers With(TemplateIndex index)
    {
        templates.Add(index);
        return this;
    }

    /// <summary>Adds a parser of one's own; the first that fits is asked.</summary>
    /// <param name="platform">A platform's id, or "*" for all.</param>
    /// <param name="command">A regular expression that has to fit the whole command.</param>
    /// <param name="parser">From the answer to its rows; a <see cref="FormatException"/> says that this answer is none it knows.</param>
    public OutputParsers With(string platform, string command, Func<string, ParsedTable> parser)
    {
        own.Add((platform, new Regex($@"\A(?:{command})\z", RegexOptions.CultureInvariant, PatternLimit), parser));
        return this;
    }

    public Parsed Parse(string platform, string command, string output)
    {
        try
        {
            foreach (var (where, pattern, parser) in own)
            {
                if ((where == "*" || where == platform) && pattern.IsMatch(command))
                    return new Parsed.Table(parser(output));
            }

            foreach (var index in templates)
            {
                if (index.Parse(platform, command, output) is { } table)
                    return new Parsed.Table(table);
            }
        }
        catch (Exception refusal) when (refusal is ParseException or TemplateException or FormatException)
        {
            return new Parsed.Refused(refusal.Message);
        }

        return Document(output) ?? new Parsed.Unknown($"no template and no parser reads '{command}' of {platform}");
    }

    private static Parsed? Document(string output)
    {
        var text = output.AsSpan().Trim();
        if (text.Length is 0 or > Template.MostText)
            return null;
        return text[0] switch
        {
            '{' or '[' => Json(text.ToString()),
            '<' => Xml(text.ToString()),
            _ => null,
        };
    }

    private static Parsed.Json? Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MostDepth });
            return new Parsed.Json(document.RootElement.Clone());
        }
        catch (JsonException)
        {
            // Braces begin other things, too: a Junos configuration, for one.
            return null;
        }
    }

    private static Parsed.Xml? Xml(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersFromEntities = 0 });
            while (reader.Read())
            {
                if (reader.Depth > MostDepth)
                    return null;
            }

            return new Parsed.Xml(XElement.Parse(text));
        }
        catch (XmlException)
        {
            return null;
        }
    }
}
