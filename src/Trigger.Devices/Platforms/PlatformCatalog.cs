using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Trigger.Hocon;

namespace Trigger.Devices.Platforms;

/// <summary>
/// The platforms that are known: those built in, and those of a directory of the user's, which may override and add. A platform's patterns are built when it is first
/// asked for. Safe for several threads.
/// </summary>
public sealed class PlatformCatalog
{
    private const string Bases = "bases";
    private const string Vendors = "vendors";
    private const string Aliases = "aliases";

    private readonly Config root;
    private readonly HashSet<string> ids;
    private readonly ConcurrentDictionary<string, Lazy<(Platform? Platform, List<string> Mistakes)>> built = new(StringComparer.Ordinal);
    private readonly Lazy<VendorRules> vendors;
    private readonly Lazy<Dictionary<string, string>> aliases;
    private readonly Lazy<Platform> unknown;

    private PlatformCatalog(Config root)
    {
        this.root = root;
        ids = [.. root.Keys.Where(key => key is not (Bases or Vendors or Aliases))];
        vendors = new Lazy<VendorRules>(() => VendorRules.Read(root, Vendors));
        aliases = new Lazy<Dictionary<string, string>>(ReadAliases);
        unknown = new Lazy<Platform>(BuildUnknown);
    }

    /// <summary>Every platform's id, in alphabetical order.</summary>
    public IReadOnlyList<string> Ids => [.. ids.Order(StringComparer.Ordinal)];

    /// <summary>What is assumed of a device whose platform is not known yet: enough to log in and to see something like a prompt. It has no place among <see cref="Ids"/>.</summary>
    public Platform Unknown => unknown.Value;

    internal VendorRules VendorRules => vendors.Value;

    /// <summary>Reads the built-in definitions and every <c>*.conf</c> of a directory, in the order of their names, each file over the ones before.</summary>
    /// <param name="userDirectory">Null or a directory that does not exist adds nothing.</param>
    /// <exception cref="PlatformMistakesException">A file cannot be read or is not HOCON. Mistakes inside a definition show at <see cref="Get"/> and
    /// <see cref="Validate"/>.</exception>
    public static PlatformCatalog Load(string? userDirectory = null)
    {
        var mistakes = new List<string>();
        var root = Config.Empty;
        foreach (var (name, read) in DefinitionFiles.BuiltIn().Concat(DefinitionFiles.Of(userDirectory)))
        {
            try
            {
                root = Config.Parse(read(), name).WithFallback(root);
            }
            catch (ConfigException bad)
            {
                mistakes.Add(bad.Message);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
            {
                mistakes.Add($"{name}: cannot be read: {unreadable.Message}");
            }
        }

        return mistakes.Count == 0 ? new PlatformCatalog(root) : throw new PlatformMistakesException(mistakes);
    }

    /// <summary>The platform with this id.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message names near ones.</exception>
    /// <exception cref="PlatformMistakesException">Its definition has mistakes.</exception>
    public Platform Get(string id)
    {
        if (!ids.Contains(id))
            throw new KeyNotFoundException($"There is no platform '{id}'{Nearest.Hint(id, ids)}");
        var (platform, mistakes) = Built(id);
        return platform ?? throw new PlatformMistakesException(mistakes);
    }

    /// <summary>The platform with this id, or false when there is none. A definition with mistakes throws as <see cref="Get"/> does.</summary>
    public bool TryGet(string id, [MaybeNullWhen(false)] out Platform platform)
    {
        platform = ids.Contains(id) ? Get(id) : null;
        return platform is not null;
    }

    public bool Contains(string id) => ids.Contains(id);

    /// <summary>The platform that another tool calls by this name (Ansible's <c>cisco.ios.ios</c>, NAPALM's <c>ios</c>), or the id itself.</summary>
    public string Resolve(string name) => ids.Contains(name) ? name : aliases.Value.GetValueOrDefault(name, name);

    /// <summary>The device type that is taken for a vendor's devices when nobody says: <c>ROUTER</c>, <c>SWITCH</c>, ….</summary>
    public string DefaultDeviceType(string vendor) => VendorRules.DefaultTypeOf(vendor);

    /// <summary>"; did you mean cisco_ios?", or nothing when no id is near.</summary>
    public string Hint(string id) => Nearest.Hint(id, ids);

    /// <summary>
    /// Ids of the platforms one of whose prompts matches a last line from which control sequences were removed: a hint for a device whose own platform's prompts do not.
    /// Builds every platform when first called.
    /// </summary>
    public IReadOnlyList<string> Recognise(string lastLine) =>
        [.. Ids.Where(id => Built(id).Platform?.Modes.Any(mode => mode.Prompt.IsMatch(lastLine)) == true)];

    /// <summary>Other names of the platform, in alphabetical order.</summary>
    public IReadOnlyList<string> AliasesOf(string id) => [.. aliases.Value.Where(alias => alias.Value == id).Select(alias => alias.Key).Order(StringComparer.Ordinal)];

    /// <summary>The resolved definition, key by key, in the order in which the keys were first written.</summary>
    /// <exception cref="KeyNotFoundException">There is no such platform.</exception>
    public IReadOnlyList<DefinedValue> Describe(string id) =>
        ids.Contains(id) ? DefinedValue.Of(root.GetConfig(ConfigPath.Quoted(id))) : throw new KeyNotFoundException($"There is no platform '{id}'{Hint(id)}");

    /// <summary>Builds every platform and returns every mistake in every file, each as <c>file:line: …</c>. Also holds each platform's patterns against its own samples.</summary>
    public IReadOnlyList<string> Validate()
    {
        var mistakes = new List<string>();
        foreach (var id in Ids)
        {
            var (platform, own) = Built(id);
            mistakes.AddRange(own);
            if (platform is not null)
                mistakes.AddRange(PlatformProof.Mistakes(platform).Select(problem => $"{root.OriginOf(ConfigPath.Quoted(id))}: {problem}"));
        }

        mistakes.AddRange(VendorRules.Mistakes(this));
        mistakes.AddRange(aliases.Value.Where(alias => !ids.Contains(alias.Value)).Select(alias => $"aliases: '{alias.Key}' stands for the platform '{alias.Value}', which does not exist{Hint(alias.Value)}"));
        return [.. mistakes.Distinct(StringComparer.Ordinal)];
    }

    private Platform BuildUnknown()
    {
        var mistakes = new List<string>();
        return PlatformBuilder.Build("unknown", root.GetConfig($"{Bases}.unknown"), mistakes) ?? throw new PlatformMistakesException(mistakes);
    }

    private Dictionary<string, string> ReadAliases()
    {
        var read = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (!root.HasPath(Aliases))
            return read;

        var config = root.GetConfig(Aliases);
        foreach (var name in config.Keys)
            read[name] = config.GetString(ConfigPath.Quoted(name));
        return read;
    }

    private (Platform? Platform, List<string> Mistakes) Built(string id) =>
        built.GetOrAdd(id, wanted => new Lazy<(Platform?, List<string>)>(() => Build(wanted))).Value;

    private (Platform?, List<string>) Build(string id)
    {
        var mistakes = new List<string>();
        try
        {
            var definition = root.GetConfig(ConfigPath.Quoted(id));
            definition.Check();
            return (PlatformBuilder.Build(id, definition, mistakes), mistakes);
        }
        catch (ConfigException bad)
        {
            return (null, [bad.Message]);
        }
    }
}
