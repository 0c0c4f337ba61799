using System.Text.RegularExpressions;
using Trigger.Hocon;

namespace Trigger.Devices.Settings;

/// <summary>What files and variables say, before anybody looks at what it means.</summary>
internal static partial class SettingsText
{
    private const string Prefix = "TRIGGER_SETTING__";

    /// <summary>The defaults, with every key that there is.</summary>
    public static Config Reference()
    {
        using var stream = typeof(SettingsText).Assembly.GetManifestResourceStream(TriggerSettings.ReferenceName)!;
        using var reader = new StreamReader(stream);
        return Config.Parse(reader.ReadToEnd(), TriggerSettings.ReferenceName);
    }

    /// <summary>One file; empty, and a mistake, when it cannot be used.</summary>
    public static Config File(string path, Config reference, Func<string, string?> variable, List<string> mistakes)
    {
        try
        {
            var config = Config.ParseFile(path, new ConfigReadOptions { Environment = variable });
            config.Check();
            return Known(config, reference, mistakes);
        }
        catch (ConfigException bad)
        {
            mistakes.AddRange(bad.Mistakes.Select(mistake => mistake.ToString()));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"{path}: {unreadable.Message}");
        }

        return Config.Empty;
    }

    /// <summary>What the environment says: first in the settings' own way, then by the names that have always been.</summary>
    public static Config Environment(IEnumerable<KeyValuePair<string, string>> variables, Config reference, List<string> mistakes)
    {
        var config = Config.Empty;
        var given = variables.Where(pair => pair.Value.Length > 0).ToDictionary();
        foreach (var (name, value) in given.Where(pair => pair.Key.StartsWith(Prefix, StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var path = name[Prefix.Length..].ToLowerInvariant().Replace("__", ".", StringComparison.Ordinal).Replace('_', '-');
            var single = Parsed(name, path, value, mistakes);
            if (single is not null)
                config = config.WithFallback(Known(single, reference, mistakes));
        }

        foreach (var key in SettingKey.All)
        {
            if (key.Variables.FirstOrDefault(given.ContainsKey) is { } name)
                config = config.WithFallback(Config.Parse($"{TriggerSettings.Root}{key.Path} = {ConfigPath.Quoted(given[name])}", TriggerSettings.Variable + name));
        }

        return config;
    }

    private static Config? Parsed(string name, string path, string value, List<string> mistakes)
    {
        var list = value.StartsWith('[');
        try
        {
            var parsed = Config.Parse($"{TriggerSettings.Root}{string.Join('.', path.Split('.').Select(ConfigPath.Quoted))} = {(list ? value : ConfigPath.Quoted(value))}", TriggerSettings.Variable + name);
            parsed.Check(); // A list may refer to what is not there.
            return parsed;
        }
        catch (ConfigException bad)
        {
            mistakes.AddRange(bad.Mistakes.Select(mistake => $"${name}: {mistake.Problem}"));
            return null;
        }
    }

    // A key that nobody asks for is a mistake of the writer's, and one that looks like a secret is a worse one: its value is not shown.
    private static Config Known(Config config, Config reference, List<string> mistakes)
    {
        var secrets = Secrets(config.Root.Fields, "").ToList();
        mistakes.AddRange(secrets.Select(secret => $"{Told(secret.Origin)}: {secret.Path} looks like a secret, and settings hold none. Keep it encrypted: trigger credentials set"));
        foreach (var unknown in config.UnknownKeys(reference).Where(unknown => !secrets.Any(secret => secret.Path == unknown.Path || secret.Path.StartsWith(unknown.Path + '.', StringComparison.Ordinal))))
            mistakes.Add($"{Told(unknown.Origin)}: there is no setting {unknown.Path}.{(unknown.Suggestion is null ? " See: trigger config show" : $" Did you mean {unknown.Suggestion}?")}");

        // One value where settings belong would hide the defaults of them all: then nothing of this source counts.
        var hidden = Sections(reference.Root.Fields, "").Select(section => (Path: section, Value: config.GetValue(section))).Where(section => section.Value is { Kind: not ConfigValueKind.Fields }).ToList();
        mistakes.AddRange(hidden.Select(section => $"{Told(section.Value!.Origin)}: {section.Path} holds settings and is none itself; write {section.Path} {{ … }}"));
        return hidden.Count == 0 ? config : Config.Empty;
    }

    private static IEnumerable<string> Sections(IEnumerable<KeyValuePair<string, ConfigValue>> fields, string above) =>
        fields.Where(pair => pair.Value.Kind == ConfigValueKind.Fields).SelectMany(pair => Sections(pair.Value.Fields, $"{above}{pair.Key}.").Prepend(above + pair.Key));

    private static IEnumerable<(string Path, ConfigOrigin Origin)> Secrets(IEnumerable<KeyValuePair<string, ConfigValue>> fields, string above)
    {
        foreach (var (name, value) in fields)
        {
            var path = above + name;
            if (LooksSecret().IsMatch(name))
                yield return (path, value.Origin);
            else
            {
                foreach (var inner in Secrets(value.Fields, path + '.'))
                    yield return inner;
            }
        }
    }

    /// <summary>Where something was written, for people.</summary>
    public static string Told(ConfigOrigin origin) =>
        origin.Source == TriggerSettings.ReferenceName ? SettingValue.Default
        : origin.Source.StartsWith(TriggerSettings.Variable, StringComparison.Ordinal) ? $"environment {origin.Source[TriggerSettings.Variable.Length..]}"
        : $"{origin.Source}:{origin.Line}";

    [GeneratedRegex("pass(word|wd|phrase|code)|secret|token|(login|enable)-?pw|community", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex LooksSecret();
}
