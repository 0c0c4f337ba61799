using Trigger.Node;

namespace Trigger.Cli.Input;

/// <summary>Where files are when the command line does not say.</summary>
internal static class Places
{
    /// <summary>The XDG state directory's <c>trigger</c>, usually <c>~/.local/state/trigger</c>.</summary>
    public static string State()
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        return Path.Combine(string.IsNullOrEmpty(state) ? Path.Combine(Home, ".local", "state") : state, "trigger");
    }

    public static string KnownHosts() => Path.Combine(Home, ".ssh", "known_hosts");

    public static IReadOnlyList<string> SystemKnownHosts() => ["/etc/ssh/ssh_known_hosts"];

    /// <summary><c>$TRIGGER_CREDENTIALS</c>, else <c>credentials</c> in the user's configuration directory.</summary>
    public static string CredentialStore() =>
        Environment.GetEnvironmentVariable("TRIGGER_CREDENTIALS") is { Length: > 0 } named ? named : Path.Combine(Config, "credentials");

    /// <summary>The key of this machine, for stores without a passphrase.</summary>
    public static string MachineKey() => Path.Combine(Config, "machine.key");

    /// <summary>Where a user's own platforms are, or null when there are none.</summary>
    public static string? Platforms() => new[] { Path.Combine("hocon", "platforms"), Path.Combine(Config, "platforms"), "/etc/trigger/platforms" }.FirstOrDefault(Directory.Exists);

    /// <summary>Where groups of the user's own are defined, or null.</summary>
    public static string? Groups() => First("groups.conf");

    /// <summary>Where it is written who is told how runs went, or null.</summary>
    public static string? Notifications() => First("notifications.conf");

    /// <summary>Where bounce windows are defined, or null.</summary>
    public static string? Windows() => First("windows.conf");

    /// <summary>The folders of templates that exist.</summary>
    public static IEnumerable<string> Templates() => new[] { Path.Combine(Config, "templates"), "/etc/trigger/templates" }.Where(Directory.Exists);

    /// <summary>The inventories to look for, in order; the first that exists is taken.</summary>
    public static IEnumerable<string> Inventories()
    {
        foreach (var name in new[] { "TRIGGER_INVENTORY", "NETDEVICES_SOURCE" })
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } named)
                yield return named;
        }

        foreach (var directory in new[] { ".", Config, "/etc/trigger" })
        {
            yield return Path.Combine(directory, "netdevices.csv");
            yield return Path.Combine(directory, "netdevices.json");
        }
    }

    public static InventoryReader Reader() => new(Environment.GetEnvironmentVariable("TRIGGER_INVENTORY_AUTHORIZATION") is { Length: > 0 } header ? header : null);

    private static string? First(string name) => new[] { "hocon", Config, "/etc/trigger" }.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    private static string Config => Path.Combine(Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } config ? config : Path.Combine(Home, ".config"), "trigger");

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
