using System.Collections.Frozen;
using Trigger.Hocon;

namespace Trigger.Devices.Settings;

/// <summary>
/// What to do where nobody says otherwise: <c>trigger.conf</c>, over which the environment lies. Read once, at the door; every mistake is gathered, and where one is, the
/// default counts, so that whoever only asks for help gets it. Immutable.
/// </summary>
public sealed class TriggerSettings
{
    /// <summary>The name of the embedded file with every key and its default.</summary>
    internal const string ReferenceName = "hocon/reference/trigger.conf";

    internal const string Root = "trigger.";

    /// <summary>What the source of a value is called that a variable of the environment has set.</summary>
    internal const string Variable = "$";

    private readonly FrozenDictionary<string, SettingValue> values;

    private TriggerSettings(IReadOnlyList<SettingValue> all, IReadOnlyList<string> mistakes, IReadOnlyList<string> files)
    {
        All = all;
        Mistakes = mistakes;
        Files = files;
        values = all.ToFrozenDictionary(value => value.Path[Root.Length..], StringComparer.Ordinal);
    }

    /// <summary>Every setting, in the order of the reference.</summary>
    public IReadOnlyList<SettingValue> All { get; }

    /// <summary>What is wrong, each as <c>file:line: …</c>.</summary>
    public IReadOnlyList<string> Mistakes { get; }

    /// <summary>The files that were read, the strongest first.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Reads settings.</summary>
    /// <param name="files">The strongest first; each must exist.</param>
    /// <param name="environment">Variables that may override them.</param>
    /// <param name="home">What <c>~</c> stands for.</param>
    public static TriggerSettings Load(IReadOnlyList<string> files, IReadOnlyDictionary<string, string> environment, string home)
    {
        var mistakes = new List<string>();
        var reference = SettingsText.Reference();
        var config = SettingsText.Environment(environment, reference, mistakes);
        foreach (var file in files)
            config = config.WithFallback(SettingsText.File(file, reference, environment.GetValueOrDefault, mistakes));

        config = config.WithFallback(reference);
        var usual = new SettingReader(reference, home);
        var said = new SettingReader(config, home);
        return new TriggerSettings([.. SettingKey.All.Select(key => Value(key, config, said, usual, mistakes))], mistakes, files);
    }

    /// <summary>The defaults file itself, every key explained.</summary>
    public static string Reference
    {
        get
        {
            using var stream = typeof(TriggerSettings).Assembly.GetManifestResourceStream(ReferenceName)!;
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <param name="key">Below <c>trigger.</c>, such as <c>run.parallel</c>; times are told in seconds or milliseconds (<c>30s</c>, <c>1500ms</c>), paths from their file's directory.</param>
    /// <returns>Null where the setting is null.</returns>
    /// <exception cref="KeyNotFoundException">There is no such setting, which is a mistake in the program.</exception>
    public string? Text(string key) => values[key].Values is [var text, ..] && text.Length > 0 ? text : null;

    /// <inheritdoc cref="Text"/>
    public IReadOnlyList<string> Texts(string key) => values[key].Values;

    /// <inheritdoc cref="Text"/>
    public bool Flag(string key) => Text(key) == "true";

    private static SettingValue Value(SettingKey key, Config config, SettingReader said, SettingReader usual, List<string> mistakes)
    {
        var path = Root + key.Path;
        try
        {
            return new SettingValue(path, key.Kind, said.Read(key), SettingsText.Told(config.OriginOf(path)));
        }
        catch (ConfigException bad)
        {
            mistakes.AddRange(bad.Mistakes.Select(mistake => $"{SettingsText.Told(mistake.Origin)}: {mistake.Problem}"));
            return new SettingValue(path, key.Kind, usual.Read(key), SettingValue.Default);
        }
    }
}
