namespace Trigger.Hocon;

/// <summary>A value of a configuration with every substitution followed: null, a text (numbers and booleans are texts until a getter is asked), a list or an object.</summary>
public sealed class ConfigValue
{
    private readonly HoconNode node;

    internal ConfigValue(HoconNode node) => this.node = node;

    public ConfigOrigin Origin => node.Origin;

    public ConfigValueKind Kind => node switch
    {
        ArrayNode => ConfigValueKind.List,
        ObjectNode => ConfigValueKind.Fields,
        ScalarNode { IsNull: false } => ConfigValueKind.Text,
        _ => ConfigValueKind.Null,
    };

    /// <summary>The text as it was written, without quotes; null unless the kind is <see cref="ConfigValueKind.Text"/>.</summary>
    public string? Text => node is ScalarNode { IsNull: false } scalar ? scalar.Text : null;

    /// <summary>Whether the text was in quotes or joined from pieces, so that it is no JSON number or boolean.</summary>
    public bool IsQuoted => node is ScalarNode { Quoted: true };

    /// <summary>The elements of a list; none for anything else.</summary>
    public IEnumerable<ConfigValue> Items => node is ArrayNode list ? list.Items.Select(item => new ConfigValue(item)) : [];

    /// <summary>The fields of an object in their order; none for anything else.</summary>
    public IEnumerable<KeyValuePair<string, ConfigValue>> Fields =>
        node is ObjectNode holder ? holder.Fields.Select(pair => KeyValuePair.Create(pair.Key, new ConfigValue(pair.Value))) : [];

    /// <summary>An object, to be asked by path; null for anything else. Of use where a list holds texts and objects side by side.</summary>
    public Config? AsConfig() => node is ObjectNode whole ? Config.OfWhole(whole) : null;
}
