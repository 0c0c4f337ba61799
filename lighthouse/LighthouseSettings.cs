using System.Collections;
using Trigger.Devices.Inventory;
using Trigger.Devices.Settings;
using Trigger.Node;

namespace Trigger.Lighthouse;

/// <summary>Where a lighthouse's settings come from: <c>trigger.conf</c>, the environment, and the variables that Lighthouse's users know.</summary>
internal static class LighthouseSettings
{
    public const string Help =
        """
        lighthouse [--config FILE]

        A node of the cluster that talks to no devices: it brings the database up to date, knows the members, and serves the API and the console.
        Settings: trigger.conf (section node), every one also as TRIGGER_SETTING__node__… in the environment. CLUSTER_IP and CLUSTER_PORT say where it
        listens; CLUSTER_SEEDS is not needed, because the database is where nodes meet.
        """;

    private const string Usual = "/etc/trigger/trigger.conf";

    /// <returns>Null when the arguments are wrong.</returns>
    public static NodeHostOptions? Read(string[] args, List<string> mistakes)
    {
        string? file;
        switch (args)
        {
            case []:
                file = Variable("TRIGGER_CONFIG") ?? (File.Exists(Usual) ? Usual : null);
                break;
            case ["--config", var named]:
                file = named;
                break;
            default:
                mistakes.Add($"'{string.Join(' ', args)}' is not understood. {Help}");
                return null;
        }

        var environment = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "");
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var settings = TriggerSettings.Load(file is null ? [] : [file], environment, home);
        mistakes.AddRange(settings.Mistakes);
        if (mistakes.Count > 0)
            return null;

        var state = settings.Text("state") ?? Path.Combine(home, ".local", "state", "trigger");
        var listen = Variable("CLUSTER_IP") is { } address ? $"{address}:{Variable("CLUSTER_PORT") ?? "9110"}" : null;
        var options = NodeSettings.Read(settings, state, mistakes, listen) with { Roles = ["lighthouse"] };
        return options.WithDevices(settings, Told, mistakes);
    }

    private static void Told(InventoryReload reload)
    {
        foreach (var mistake in reload.Mistakes)
            Console.Error.WriteLine($"lighthouse: the inventory is left as it was: {mistake}");
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
