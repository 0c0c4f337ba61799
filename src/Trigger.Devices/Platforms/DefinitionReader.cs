using System.Text.RegularExpressions;
using Trigger.Hocon;

namespace Trigger.Devices.Platforms;

/// <summary>Reads the keys of one object of a definition and collects what is wrong instead of stopping at the first mistake.</summary>
internal sealed class DefinitionReader(Config config, string path, List<string> mistakes)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public Config Config => config;

    public string Text(string key, string otherwise = "") => Take(key, otherwise, config.GetString);

    public bool Flag(string key, bool otherwise) => Take(key, otherwise, config.GetBoolean);

    public int Number(string key, int otherwise) => Take(key, otherwise, config.GetInt);

    public TimeSpan Duration(string key) => Take(key, TimeSpan.Zero, config.GetDuration, required: true);

    public long Bytes(string key) => Take(key, 0L, config.GetBytes, required: true);

    public IReadOnlyList<string> Texts(string key) => Take<IReadOnlyList<string>>(key, [], config.GetStringList);

    public string Required(string key, string example)
    {
        asked.Add(key);
        if (config.HasPath(key))
            return Text(key);
        Mistake(config.Origin, $"{path} has no {key}. Add one, such as {key} = {example}");
        return "";
    }

    /// <summary>The pattern at the key, or null when there is none.</summary>
    public Regex? Pattern(string key, Func<Patterns, string, Regex> build) => Text(key) is { Length: > 0 } text ? Build(key, text, build) : null;

    public Regex? Build(string key, string text, Func<Patterns, string, Regex> build)
    {
        var proven = DefinitionFiles.IsBuiltIn(config.OriginOf(key).Source);
        try
        {
            var built = build(new Patterns(proven), text);
            if (!proven && !built.Options.HasFlag(RegexOptions.NonBacktracking) && HostileText.Against(built) is { } hostile)
                Mistake(config.OriginOf(key), $"{path}.{key} needs a lookaround or a back reference, so it cannot be run in linear time, and a line of many {hostile} keeps it busy for too long. Write it without, or without one repetition inside another.");
            return built;
        }
        catch (ArgumentException bad)
        {
            Mistake(config.OriginOf(key), $"{path}.{key} is not a regular expression: {bad.Message}");
            return null;
        }
    }

    /// <summary>The object at the key, or null when it is missing or null.</summary>
    public DefinitionReader? Part(string key)
    {
        var part = Take<Config?>(key, null, config.GetConfig);
        return part is null ? null : new DefinitionReader(part, $"{path}.{key}", mistakes);
    }

    public IEnumerable<DefinitionReader> Parts(string key) =>
        Take<IReadOnlyList<Config>>(key, [], config.GetConfigList).Select((part, i) => new DefinitionReader(part, $"{path}.{key}[{i}]", mistakes));

    /// <summary>Every key that nobody asked for is a mistake: a misspelt key must not be silently without effect.</summary>
    public void NothingElse()
    {
        foreach (var key in config.Keys)
        {
            if (!asked.Contains(key))
                Mistake(config.OriginOf(ConfigPath.Quoted(key)), $"{path} has no key '{key}'{Nearest.Hint(key, asked)}");
        }
    }

    public void Mistake(ConfigOrigin origin, string problem) => mistakes.Add($"{origin}: {problem}");

    public void Mistake(string key, string problem) => Mistake(config.OriginOf(key), $"{path}.{key} {problem}");

    private T Take<T>(string key, T otherwise, Func<string, T> get, bool required = false)
    {
        asked.Add(key);
        try
        {
            return required || config.HasPath(key) ? get(key) : otherwise;
        }
        catch (ConfigException bad)
        {
            Mistake(bad.Origin, $"{path}: {bad.Problem}");
            return otherwise;
        }
    }
}
