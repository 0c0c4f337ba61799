using Trigger.Hocon;

namespace Trigger.Notify;

/// <summary>Reads one object's keys and gathers what is wrong with them, each with its file and line.</summary>
internal sealed class SettingsReader(Config config, string path, List<string> mistakes)
{
    private readonly HashSet<string> asked = new(StringComparer.Ordinal);

    public bool IsGood { get; private set; } = true;

    public string? Text(string key) => Take(key, null, name => (string?)config.GetString(name));

    public string Required(string key, string example)
    {
        if (Text(key) is { Length: > 0 } text)
            return text;
        Mistake($"has no {key}; add {key} = {example}");
        return "";
    }

    public bool Flag(string key, bool otherwise = false) => Take(key, otherwise, config.GetBoolean);

    public int Number(string key, int otherwise, int least, int most)
    {
        var number = Take(key, otherwise, config.GetInt);
        if (number < least || number > most)
            Mistake($"{key} is {number}; it lies between {least} and {most}");
        return number;
    }

    public IReadOnlyList<string> Texts(string key) => Take<IReadOnlyList<string>>(key, [], config.GetStringList);

    public IEnumerable<SettingsReader> Parts(string key) =>
        Take<IReadOnlyList<Config>>(key, [], config.GetConfigList).Select((part, i) => new SettingsReader(part, $"{path}.{key}[{i}]", mistakes));

    public void NothingElse()
    {
        foreach (var key in config.Keys.Where(key => !asked.Contains(key)))
            Mistake(config.OriginOf(ConfigPath.Quoted(key)), $"{path} has no key '{key}'; it has {string.Join(", ", asked.Order(StringComparer.Ordinal))}");
    }

    public void Mistake(string problem) => Mistake(config.Origin, $"{path} {problem}");

    private void Mistake(ConfigOrigin origin, string problem)
    {
        IsGood = false;
        mistakes.Add($"{origin}: {problem}");
    }

    private T Take<T>(string key, T otherwise, Func<string, T> get)
    {
        asked.Add(key);
        try
        {
            return config.HasPath(key) ? get(key) : otherwise;
        }
        catch (ConfigException bad)
        {
            Mistake(bad.Origin, $"{path}: {bad.Problem}");
            return otherwise;
        }
    }
}
