using System.Globalization;
using Trigger.Hocon;

namespace Trigger.Devices.Settings;

/// <summary>Takes one key's value out of the whole, as what it should be.</summary>
internal sealed class SettingReader(Config config, string home)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <exception cref="ConfigException">The value is not what the key wants.</exception>
    public IReadOnlyList<string> Read(SettingKey key)
    {
        var path = TriggerSettings.Root + key.Path;
        if (!config.HasPath(path))
            return [];

        switch (key.Kind)
        {
            case SettingKind.Paths:
                return [.. List(path).Select(text => Place(path, text))];
            case SettingKind.Texts:
                return List(path);
            case SettingKind.Path:
                return [Place(path, config.GetString(path))];
            case SettingKind.Flag:
                return [config.GetBoolean(path) ? "true" : "false"];
            case SettingKind.Count:
                return [Count(key, path)];
            case SettingKind.Time:
                return [Time(path)];
            case SettingKind.Choice when !key.Words.Contains(config.GetString(path)):
                throw new ConfigException(config.OriginOf(path), $"{path} is \"{config.GetString(path)}\"; it must be {string.Join(" or ", key.Words)}.");
            default:
                return [config.GetString(path)];
        }
    }

    private string Count(SettingKey key, string path)
    {
        var number = config.GetLong(path);
        return number >= key.Least && number <= key.Most
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw new ConfigException(config.OriginOf(path), $"{path} is {number}; it must be from {key.Least} to {key.Most}.");
    }

    // HOCON takes a bare number for milliseconds and the command line for seconds, so neither is guessed.
    private string Time(string path)
    {
        var text = config.GetString(path);
        if (double.TryParse(text, CultureInfo.InvariantCulture, out _))
            throw new ConfigException(config.OriginOf(path), $"{path} is {text} and has no unit; write {text}s or {text}ms.");

        var time = config.GetDuration(path);
        return time > TimeSpan.Zero && time <= Day
            ? Written(time)
            : throw new ConfigException(config.OriginOf(path), $"{path} is {text}; it must be more than nothing and at most a day.");
    }

    private static string Written(TimeSpan time) => time.Ticks % TimeSpan.TicksPerSecond == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds}s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0.###}ms");

    private IReadOnlyList<string> List(string path) => config.IsList(path) ? config.GetStringList(path) : [config.GetString(path)];

    private string Place(string path, string text)
    {
        if (text.Contains("://", StringComparison.Ordinal) || text.Length == 0)
            return text;

        if (text == "~" || text.StartsWith("~/", StringComparison.Ordinal))
            return Path.Join(home, text[1..]);

        // What the environment says counts from where one stands, as on a command line.
        var written = config.OriginOf(path).Source;
        return written.StartsWith(TriggerSettings.Variable, StringComparison.Ordinal) ? text : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(written)) ?? "", text);
    }
}
