using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Trigger.Devices.Inventory.Loaders;

/// <summary>YAML as inventories use it: one document, no deeper than reason, without aliases that multiply.</summary>
internal static class YamlText
{
    private const int Deepest = 32;
    private const int MostAliases = 10_000;

    /// <summary>The document's root; null, with a mistake noted, when it is not YAML, and null for an empty one.</summary>
    public static YamlNode? Read(InventorySource source, List<string> mistakes)
    {
        try
        {
            Check(source.Text);
            var stream = new YamlStream();
            stream.Load(new StringReader(source.Text));
            return stream.Documents.Count > 0 ? stream.Documents[0].RootNode : null;
        }
        catch (YamlException bad)
        {
            mistakes.Add($"{source.Name}:{Math.Max(1, bad.Start.Line)}: this is not YAML: {bad.Message}");
            return null;
        }
        catch (Exception bug) when (bug is InvalidOperationException or ArgumentException or FormatException)
        {
            // The library's scanner has states of its own that it does not expect; found by the fuzz test.
            mistakes.Add($"{source.Name}:1: this is not YAML: {bug.Message}");
            return null;
        }
    }

    /// <summary>The text of a scalar; null for an empty one, for null, and for what a vault has locked.</summary>
    public static string? Text(YamlNode? node) => node switch
    {
        YamlScalarNode { Tag: { IsEmpty: false } tag } when tag.Value.Contains("vault", StringComparison.Ordinal) => null,
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "null" or "~" or "Null" or "NULL" } => null,
        YamlScalarNode { Value: { Length: > 0 } value } => value.Trim(),
        _ => null,
    };

    /// <summary>The entries with plain values, and lists of such joined by commas; deeper structures are nobody's field.</summary>
    public static IEnumerable<(string Name, string? Value)> Scalars(YamlMappingNode mapping)
    {
        foreach (var (key, value) in mapping.Children)
        {
            if (Text(key) is not { } name)
                continue;
            if (value is YamlScalarNode)
                yield return (name, Text(value));
            else if (value is YamlSequenceNode list && list.Children.All(item => item is YamlScalarNode))
                yield return (name, string.Join(',', list.Children.Select(Text).OfType<string>()));
        }
    }

    public static YamlNode? Child(YamlMappingNode mapping, string name) =>
        mapping.Children.FirstOrDefault(entry => entry.Key is YamlScalarNode { Value: var key } && key == name).Value;

    // The reader of trees recurses and follows aliases; the reader of events does neither, so it goes first.
    private static void Check(string text)
    {
        var parser = new Parser(new StringReader(text));
        var (depth, aliases) = (0, 0);
        while (parser.MoveNext())
        {
            switch (parser.Current)
            {
                case MappingStart or SequenceStart when ++depth > Deepest:
                    throw new YamlException(parser.Current.Start, parser.Current.End, $"it is nested deeper than {Deepest} levels");
                case MappingEnd or SequenceEnd:
                    depth--;
                    break;
                case AnchorAlias when ++aliases > MostAliases:
                    throw new YamlException(parser.Current.Start, parser.Current.End, $"it has more than {MostAliases} aliases");
            }
        }
    }
}
