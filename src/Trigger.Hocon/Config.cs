using System.Globalization;

namespace Trigger.Hocon;

/// <summary>
/// An object of a HOCON configuration: the root of what was read, or a part of it. Substitutions are followed when a value is asked for, over the whole merged
/// tree. Immutable to its users and safe for several threads. Every getter throws <see cref="ConfigException"/>, which names file and line, and nothing else.
/// Paths are written <c>a.b."c.d"</c>.
/// </summary>
public sealed class Config
{
    private static readonly ConfigOrigin Nowhere = new("configuration", 1);

    private readonly HoconResolver resolver;
    private readonly ObjectNode here;

    private Config(HoconResolver resolver, ObjectNode here)
    {
        this.resolver = resolver;
        this.here = here;
    }

    public static Config Empty { get; } = AtRoot(new ObjectNode(Nowhere), environment: null);

    /// <summary>Where this object was written.</summary>
    public ConfigOrigin Origin => here.Origin;

    /// <summary>Names of the fields directly in this object, in the order in which they first appeared.</summary>
    public IReadOnlyList<string> Keys => [.. here.Fields.Keys];

    /// <summary>Reads a text.</summary>
    /// <param name="text">HOCON, or JSON, which is HOCON too.</param>
    /// <param name="sourceName">The file's name, for messages.</param>
    /// <exception cref="ConfigException">The text is not HOCON.</exception>
    public static Config Parse(string text, string sourceName) => AtRoot(HoconParser.Parse(text, sourceName), environment: null);

    /// <summary>This configuration with <paramref name="fallback"/> beneath it: its keys count where this one has none, objects merge, and substitutions see both.</summary>
    public Config WithFallback(Config fallback) =>
        AtRoot((ObjectNode)HoconMerge.Over(fallback.AsRoot(), AsRoot(), path: []), environment: null);

    /// <summary>The same, with substitutions that have no key looked up elsewhere, usually among the environment's variables.</summary>
    public Config WithEnvironment(Func<string, string?> variable) => AtRoot(AsRoot(), variable);

    /// <summary>Whether a value other than null stands at the path.</summary>
    public bool HasPath(string path) => Find(path) is not (null or ScalarNode { IsNull: true });

    /// <summary>Whether a list stands at the path.</summary>
    public bool IsList(string path) => Find(path) is ArrayNode;

    /// <summary>Where the value at the path was written; this object's own place when there is none.</summary>
    public ConfigOrigin OriginOf(string path) => Find(path)?.Origin ?? Origin;

    /// <summary>Follows every substitution now, so that a mistake in one shows at the start.</summary>
    public void Check()
    {
        lock (resolver)
            resolver.Whole(here);
    }

    public string GetString(string path) => Text(Wanted(path), path, "text");

    public string GetString(string path, string otherwise) => HasPath(path) ? GetString(path) : otherwise;

    public int GetInt(string path) =>
        Read(path, "a whole number, such as 42", text => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : (int?)null);

    public int GetInt(string path, int otherwise) => HasPath(path) ? GetInt(path) : otherwise;

    public bool GetBoolean(string path) => Read(path, "true or false", text => text switch
    {
        "true" or "yes" or "on" => true,
        "false" or "no" or "off" => false,
        _ => (bool?)null,
    });

    public bool GetBoolean(string path, bool otherwise) => HasPath(path) ? GetBoolean(path) : otherwise;

    /// <summary>A duration such as <c>250ms</c>, <c>15s</c>, <c>5m</c>. A bare number counts milliseconds.</summary>
    public TimeSpan GetDuration(string path) => Read(path, "a duration, such as 250ms, 15s or 5m", HoconUnits.Duration);

    public TimeSpan GetDuration(string path, TimeSpan otherwise) => HasPath(path) ? GetDuration(path) : otherwise;

    /// <summary>A size such as <c>16MiB</c>. A bare number counts bytes.</summary>
    public long GetBytes(string path) => Read(path, "a size, such as 64KiB or 16MiB", HoconUnits.Bytes);

    public long GetBytes(string path, long otherwise) => HasPath(path) ? GetBytes(path) : otherwise;

    public IReadOnlyList<string> GetStringList(string path) => [.. Items(path).Select(item => Text(item, path, "a list of texts"))];

    /// <summary>The objects of a list.</summary>
    public IReadOnlyList<Config> GetConfigList(string path) => [.. Items(path).Select(item => Part(item, path))];

    /// <summary>The object at the path. Its substitutions still look at the whole configuration.</summary>
    public Config GetConfig(string path) => Part(Wanted(path), path);

    private static Config AtRoot(ObjectNode root, Func<string, string?>? environment) => new(new HoconResolver(root, environment), root);

    // A part that becomes a root of its own can no longer see the tree it came from, so its substitutions are followed first.
    private ObjectNode AsRoot()
    {
        if (ReferenceEquals(resolver.Root, here))
            return here;
        lock (resolver)
            return (ObjectNode)resolver.Whole(here);
    }

    private HoconNode? Find(string path)
    {
        lock (resolver)
            return resolver.Find(here, ConfigPath.Split(path));
    }

    private HoconNode Wanted(string path) => Find(path) switch
    {
        null => throw new ConfigException(Origin, $"{path} is missing here."),
        ScalarNode { IsNull: true } empty => throw new ConfigException(empty.Origin, $"{path} is null, but a value is needed."),
        var found => found,
    };

    private T Read<T>(string path, string right, Func<string, T?> read)
        where T : struct
    {
        var node = Wanted(path);
        var text = Text(node, path, right);
        return read(text) ?? throw new ConfigException(node.Origin, $"{path} is \"{Shortened(text)}\", which is not {right}.");
    }

    private List<HoconNode> Items(string path)
    {
        var node = Wanted(path);
        if (node is not ArrayNode list)
            throw new ConfigException(node.Origin, $"{path} is {node.Kind}, not a list. Write it in brackets: [ … ].");
        lock (resolver)
            return [.. list.Items.Select(resolver.Head).Where(item => item is not AbsentNode)];
    }

    private Config Part(HoconNode node, string path) => node is ObjectNode part
        ? new Config(resolver, part)
        : throw new ConfigException(node.Origin, $"{path} is {node.Kind}, not an object. Write it in braces: {{ … }}.");

    private static string Text(HoconNode node, string path, string right) => node is ScalarNode { IsNull: false } scalar
        ? scalar.Text
        : throw new ConfigException(node.Origin, $"{path} is {node.Kind}, not {right}.");

    private static string Shortened(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
