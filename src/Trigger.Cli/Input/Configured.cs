using System.Collections;
using System.CommandLine;
using Trigger.Cli.Shell;
using Trigger.Devices.Settings;

namespace Trigger.Cli.Input;

/// <summary>The settings of this process. Like the environment there is one, and it never changes while the process lives.</summary>
internal static class Configured
{
    private const string Name = "--config";
    private const string FileVariable = "TRIGGER_CONFIG";

    // Trigger's own tools, where --config means commands; they are told by $TRIGGER_CONFIG.
    private static readonly string[] OtherMeaning = ["run_cmds", "load_config"];

    private static readonly Lazy<TriggerSettings> Loaded = new(() => Load(Files(CalledAs.Verb(Environment.GetCommandLineArgs()[1..]))));

    public static TriggerSettings Settings => Loaded.Value;

    /// <summary>The option as help shows it. It is read before the command line is, because other options take their defaults from the file.</summary>
    public static Option<string?> Option() => new(Name) { Description = "Settings. Default: $TRIGGER_CONFIG, else ~/.config/trigger/trigger.conf over /etc/trigger/trigger.conf.", HelpName = "FILE", Recursive = true };

    /// <summary>Settings from these files, under this process's environment.</summary>
    public static TriggerSettings Load(IReadOnlyList<string> files) => TriggerSettings.Load(files, Variables(), Places.Home);

    /// <summary>The files that count, the strongest first: the one that is named alone, else the user's over the machine's.</summary>
    public static IReadOnlyList<string> Files(IReadOnlyList<string> arguments)
    {
        if (Named(arguments) is { } named)
            return [named];

        if (Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } told)
            return [told];

        return [.. new[] { Path.Combine(Places.Config, "trigger.conf"), "/etc/trigger/trigger.conf" }.Where(File.Exists)];
    }

    private static string? Named(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count && arguments[i] != "--" && !OtherMeaning.Contains(arguments[i]); i++)
        {
            if (arguments[i] == Name && i + 1 < arguments.Count)
                return arguments[i + 1];
            if (arguments[i].StartsWith(Name + '=', StringComparison.Ordinal))
                return arguments[i][(Name.Length + 1)..];
        }

        return null;
    }

    private static Dictionary<string, string> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "");
}
