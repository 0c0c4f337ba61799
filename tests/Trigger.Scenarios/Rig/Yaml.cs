using YamlDotNet.RepresentationModel;

namespace Trigger.Scenarios.Rig;

/// <summary>A place in a manifest, perhaps one where nothing is.</summary>
public sealed class Yaml(YamlNode? node)
{
    private static readonly Yaml Nothing = new(null);

    public static List<Yaml> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents.Select(document => new Yaml(document.RootNode))];
    }

    public bool Exists => node is not null;

    public string? Text => (node as YamlScalarNode)?.Value;

    public IEnumerable<Yaml> Items => node is YamlSequenceNode list ? list.Select(item => new Yaml(item)) : [];

    public IEnumerable<KeyValuePair<string, Yaml>> Pairs =>
        node is YamlMappingNode map ? map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, new Yaml(pair.Value))) : [];

    public Yaml this[string key] => node is YamlMappingNode map && map.Children.TryGetValue(key, out var value) ? new Yaml(value) : Nothing;

    /// <summary>The first of what lies on this way of keys.</summary>
    public Yaml At(string way) => way.Split('/').Aggregate(this, (place, key) => place[key]);

    /// <summary>Every map below, itself included.</summary>
    public IEnumerable<Yaml> All() => node is null ? [] : node.AllNodes.OfType<YamlMappingNode>().Select(map => new Yaml(map));

    public override string ToString() => node?.ToString() ?? "nothing";
}
