using Trigger.Devices;
using Trigger.Hocon;

namespace Trigger.Jobs.Plays;

/// <summary>
/// A run written down: a file for people who do not compile. HOCON, or YAML with the same keys (<c>.yaml</c>, <c>.yml</c>).
/// <code>
/// name = "NTP servers of the AMS site"
/// on = "vendor=cisco site=AMS"
/// steps = [ "show clock", { send = "reload", expect = "confirm", answer = "y", timeout = 5m } ]
/// steps-of { juniper = [ "show system uptime" ], cisco_nxos = [ "show clock" ] }     # by platform or vendor, in place of steps
/// init = [ "terminal width 132" ], interval = 1s
/// parallel = 20, timeout = 60s, stop-on-error = true
/// rules { canary = 1, batch = "10%", rest = 2m, max-failures = 3, retries = 2 }      # as the options of 'trigger run'
/// checks = [ "show alarms !~ MAJOR" ]
/// </code>
/// </summary>
public sealed record Playbook
{
    public required string Name { get; init; }

    /// <summary>The selection; null when whoever plays it must say.</summary>
    public string? On { get; init; }

    /// <summary>What devices are sent that <see cref="StepsOf"/> does not name.</summary>
    public required CommandSet Steps { get; init; }

    /// <summary>By platform id or vendor word; the platform counts before the vendor.</summary>
    public required IReadOnlyList<KeyValuePair<string, CommandSet>> StepsOf { get; init; }

    public required IReadOnlyList<string> Init { get; init; }

    public TimeSpan? Interval { get; init; }

    public required IReadOnlyList<string> Checks { get; init; }

    /// <summary>Everything else, under the names of the options of <c>trigger run</c> without their dashes.</summary>
    public required IReadOnlyDictionary<string, string> Words { get; init; }

    /// <summary>Which set of commands is the device's: an index into <see cref="StepsOf"/>, or null for <see cref="Steps"/>.</summary>
    public int? SetOf(NetDevice device) => Index(device.Platform) ?? Index(device.Vendor);

    /// <summary>Reads the file of this name.</summary>
    /// <param name="words">The names that <c>rules</c> and the file itself may use for <see cref="Words"/>.</param>
    /// <returns>Null when there are mistakes.</returns>
    public static Playbook? ReadFile(string path, IReadOnlyCollection<string> words, List<string> mistakes)
    {
        try
        {
            if ((YamlPlaybook.IsOne(path) ? YamlPlaybook.Read(path, mistakes) : Config.ParseFile(path)) is not { } config)
                return null;

            var reader = new PlaybookReader(config, words, mistakes);
            var before = mistakes.Count;
            var read = reader.Read(Path.GetFileNameWithoutExtension(path));
            return mistakes.Count > before ? null : read;
        }
        catch (ConfigException bad)
        {
            mistakes.Add(bad.Message);
            return null;
        }
    }

    private int? Index(string kind)
    {
        for (var i = 0; i < StepsOf.Count; i++)
        {
            if (StepsOf[i].Key == kind)
                return i;
        }

        return null;
    }
}
