namespace Trigger.Hocon;

/// <summary>
/// An object of a HOCON configuration: the root of what was read, or a part of it. Substitutions are followed when a value is asked for, over the whole merged
/// tree. Immutable to its users and safe for several threads. Every getter throws <see cref="ConfigException"/>, which names file, line and column, and nothing
/// else; a getter with a second argument returns that when there is no value or it is null. Paths are written <c>a.b."c.d"</c>.
/// </summary>
public sealed class Config
{
    private static readonly ConfigOrigin Nowhere = new("configuration", 1);

    private readonly HoconResolver resolver;
    private readonly ObjectNode here;
    private readonly Func<string, string?>? environment;
    private readonly long size;

    private Config(HoconResolver resolver, ObjectNode here, Func<string, string?>? environment, long size)
    {
        this.resolver = resolver;
        this.here = here;
        this.environment = environment;
        this.size = size;
    }

    public static Config Empty { get; } = AtRoot(new ObjectNode(Nowhere), environment: null, size: 0);

    /// <summary>Where this object was written.</summary>
    public ConfigOrigin Origin => here.Origin;

    /// <summary>Whether it has no fields.</summary>
    public bool IsEmpty => here.Fields.Count == 0;

    /// <summary>Names of the fields directly in this object, in the order in which they first appeared.</summary>
    public IReadOnlyList<string> Keys => [.. here.Fields.Keys];

    /// <summary>The whole object with every substitution followed.</summary>
    public ConfigValue Root => new(Whole(here));

    /// <summary>Reads a text, which may include nothing and sees no environment.</summary>
    /// <param name="text">HOCON, or JSON, which is HOCON too.</param>
    /// <param name="sourceName">The file's name, for messages.</param>
    /// <exception cref="ConfigException">The text is not HOCON.</exception>
    public static Config Parse(string text, string sourceName) => Parse(text, sourceName, new ConfigReadOptions());

    /// <inheritdoc cref="Parse(string, string)"/>
    public static Config Parse(string text, string sourceName, ConfigReadOptions options) =>
        AtRoot(HoconReading.Text(text, sourceName, options, out var size), options.Environment, size);

    /// <summary>Reads a file and what it includes.</summary>
    /// <exception cref="ConfigException">There is no such file, or it is not HOCON.</exception>
    public static Config ParseFile(string path, ConfigReadOptions? options = null) =>
        AtRoot(HoconReading.File(path, options ?? new ConfigReadOptions(), out var size), options?.Environment, size);

    /// <summary>This configuration with <paramref name="fallback"/> beneath it: its keys count where this one has none, objects merge, and substitutions see both.</summary>
    public Config WithFallback(Config fallback) =>
        AtRoot((ObjectNode)HoconMerge.Over(fallback.AsRoot(), AsRoot()), environment ?? fallback.environment, size + fallback.size);

    /// <summary>The same, with substitutions that have no key looked up elsewhere, usually among the environment's variables.</summary>
    public Config WithEnvironment(Func<string, string?> variable) => AtRoot(AsRoot(), variable, size);

    /// <summary>Whether a value other than null stands at the path.</summary>
    public bool HasPath(string path) => Find(path) is not (null or ScalarNode { IsNull: true });

    /// <summary>Whether a list stands at the path.</summary>
    public bool IsList(string path) => Find(path) is ArrayNode;

    /// <summary>Where the value at the path was written; this object's own place when there is none.</summary>
    public ConfigOrigin OriginOf(string path) => Find(path)?.Origin ?? Origin;

    /// <summary>Follows every substitution now, so that mistakes in them show at the start, together.</summary>
    public void Check()
    {
        lock (resolver)
        {
            if (new HoconWhole(resolver).MistakesIn(here) is { Count: > 0 } mistakes)
                throw new ConfigException(mistakes);
        }
    }

    /// <summary>Keys of this configuration that the reference does not have. An empty object in the reference allows any keys in its place.</summary>
    /// <param name="reference">A configuration that has every key there is, usually the one with the defaults.</param>
    public IReadOnlyList<UnknownKey> UnknownKeys(Config reference) =>
        [.. Hocon.UnknownKeys.In((ObjectNode)Whole(here), (ObjectNode)reference.Whole(reference.here), [])];

    /// <summary>The fields of this object with every substitution followed.</summary>
    public IEnumerable<KeyValuePair<string, ConfigValue>> AsEnumerable() => Root.Fields;

    /// <summary>The effective configuration as HOCON. It shows every value, secrets too, which is why <see cref="object.ToString"/> does not do it.</summary>
    /// <param name="withOrigins">Whether each line ends in a comment that says where the value was written.</param>
    public string Render(bool withOrigins = false) => ConfigText.Of((ObjectNode)Whole(here), withOrigins);

    /// <summary>The value at the path with everything inside it resolved, or null when there is none.</summary>
    public ConfigValue? GetValue(string path)
    {
        lock (resolver)
            return Find(path) is { } found ? new ConfigValue(new HoconWhole(resolver).Of(found)) : null;
    }

    public string GetString(string path) => ConfigConversions.Text(Wanted(path), path, "text");

    public string GetString(string path, string otherwise) => HasPath(path) ? GetString(path) : otherwise;

    public int GetInt(string path) => Read(path, "a whole number, such as 42", ConfigConversions.Int);

    public int GetInt(string path, int otherwise) => HasPath(path) ? GetInt(path) : otherwise;

    public long GetLong(string path) => Read(path, "a whole number, such as 42", ConfigConversions.Long);

    public long GetLong(string path, long otherwise) => HasPath(path) ? GetLong(path) : otherwise;

    public double GetDouble(string path) => Read(path, "a number, such as 0.5", ConfigConversions.Double);

    public double GetDouble(string path, double otherwise) => HasPath(path) ? GetDouble(path) : otherwise;

    public float GetFloat(string path) => (float)GetDouble(path);

    public float GetFloat(string path, float otherwise) => HasPath(path) ? GetFloat(path) : otherwise;

    public decimal GetDecimal(string path) => Read(path, "a number, such as 0.5", ConfigConversions.Decimal);

    public decimal GetDecimal(string path, decimal otherwise) => HasPath(path) ? GetDecimal(path) : otherwise;

    public bool GetBoolean(string path) => Read(path, "true or false", ConfigConversions.Boolean);

    public bool GetBoolean(string path, bool otherwise) => HasPath(path) ? GetBoolean(path) : otherwise;

    /// <summary>A duration such as <c>250ms</c>, <c>15s</c>, <c>5m</c>. A bare number counts milliseconds.</summary>
    public TimeSpan GetDuration(string path) => Read(path, "a duration, such as 250ms, 15s or 5m", HoconUnits.Duration);

    public TimeSpan GetDuration(string path, TimeSpan otherwise) => HasPath(path) ? GetDuration(path) : otherwise;

    /// <summary>Akka.NET's name for <see cref="GetDuration(string)"/>.</summary>
    /// <param name="path">Where the value stands.</param>
    /// <param name="otherwise">When there is none; null makes a value necessary.</param>
    /// <param name="allowInfinite">Whether <c>infinite</c> may be written; it is read as <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    public TimeSpan GetTimeSpan(string path, TimeSpan? otherwise = null, bool allowInfinite = true) =>
        otherwise is { } fixedValue && !HasPath(path) ? fixedValue
        : allowInfinite && Wanted(path) is ScalarNode { Text: "infinite" } ? Timeout.InfiniteTimeSpan
        : GetDuration(path);

    /// <summary>A span of the calendar such as <c>1 month</c>, <c>2y</c>, <c>10d</c>. A bare number counts days.</summary>
    public ConfigPeriod GetPeriod(string path) => Read(path, "a period, such as 10d, 2 weeks, 1 month or 2y", HoconUnits.Period);

    /// <summary>A size such as <c>16MiB</c>. A bare number counts bytes.</summary>
    public long GetBytes(string path) => Read(path, "a size, such as 64KiB or 16MiB", HoconUnits.Bytes);

    public long GetBytes(string path, long otherwise) => HasPath(path) ? GetBytes(path) : otherwise;

    /// <summary>Akka.NET's name for <see cref="GetBytes(string)"/>; null when there is no value.</summary>
    public long? GetByteSize(string path) => HasPath(path) ? GetBytes(path) : null;

    public IReadOnlyList<string> GetStringList(string path) => [.. Items(path).Select(item => ConfigConversions.Text(item, path, "a list of texts"))];

    public IReadOnlyList<int> GetIntList(string path) => ListOf(path, "a whole number, such as 42", ConfigConversions.Int);

    public IReadOnlyList<long> GetLongList(string path) => ListOf(path, "a whole number, such as 42", ConfigConversions.Long);

    public IReadOnlyList<double> GetDoubleList(string path) => ListOf(path, "a number, such as 0.5", ConfigConversions.Double);

    public IReadOnlyList<bool> GetBooleanList(string path) => ListOf(path, "true or false", ConfigConversions.Boolean);

    public IReadOnlyList<TimeSpan> GetDurationList(string path) => ListOf(path, "a duration, such as 250ms, 15s or 5m", HoconUnits.Duration);

    public IReadOnlyList<long> GetBytesList(string path) => ListOf(path, "a size, such as 64KiB or 16MiB", HoconUnits.Bytes);

    /// <summary>The objects of a list.</summary>
    public IReadOnlyList<Config> GetConfigList(string path) => [.. Items(path).Select(item => Part(item, path))];

    /// <summary>The object at the path. Its substitutions still look at the whole configuration.</summary>
    public Config GetConfig(string path) => Part(Wanted(path), path);

    /// <summary>An object whose substitutions have all been followed.</summary>
    internal static Config OfWhole(ObjectNode whole) => AtRoot(whole, environment: null, size: 0);

    private static Config AtRoot(ObjectNode root, Func<string, string?>? environment, long size) =>
        new(new HoconResolver(root, environment, size), root, environment, size);

    // A part that becomes a root of its own can no longer see the tree it came from, so its substitutions are followed first.
    private ObjectNode AsRoot() => ReferenceEquals(resolver.Root, here) ? here : (ObjectNode)Whole(here);

    private HoconNode Whole(HoconNode node)
    {
        lock (resolver)
            return new HoconWhole(resolver).Of(node);
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
        where T : struct => ConfigConversions.Typed(Wanted(path), path, right, read);

    private IReadOnlyList<T> ListOf<T>(string path, string right, Func<string, T?> read)
        where T : struct => [.. Items(path).Select(item => ConfigConversions.Typed(item, path, right, read))];

    private List<HoconNode> Items(string path)
    {
        var node = Wanted(path);
        var list = HoconJoin.AsList(node) ?? throw new ConfigException(node.Origin, $"{path} is {node.Kind}, not a list. Write it in brackets: [ … ].");
        lock (resolver)
            return [.. list.Items.Select(resolver.Head).Where(item => item is not AbsentNode)];
    }

    private Config Part(HoconNode node, string path) => node is ObjectNode part
        ? new Config(resolver, part, environment, size)
        : throw new ConfigException(node.Origin, $"{path} is {node.Kind}, not an object. Write it in braces: {{ … }}.");
}
