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
        Environment.GetEnvironmentVariable("TRIGGER_CREDENTIALS") is { Length: > 0 } named ? named : Path.Combine(Configuration, "credentials");

    /// <summary>The key of this machine, for stores without a passphrase.</summary>
    public static string MachineKey() => Path.Combine(Configuration, "machine.key");

    /// <summary>The inventories to look for, in order; the first that exists is taken.</summary>
    public static IEnumerable<string> Inventories()
    {
        foreach (var name in new[] { "TRIGGER_INVENTORY", "NETDEVICES_SOURCE" })
        {
            if (Environment.GetEnvironmentVariable(name) is { Length: > 0 } named)
                yield return named;
        }

        foreach (var directory in new[] { ".", Configuration, "/etc/trigger" })
        {
            yield return Path.Combine(directory, "netdevices.csv");
            yield return Path.Combine(directory, "netdevices.json");
        }
    }

    public static InventoryReader Reader() => new(Environment.GetEnvironmentVariable("TRIGGER_INVENTORY_AUTHORIZATION") is { Length: > 0 } header ? header : null);

    private static string Configuration
    {
        get
        {
            var config = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
            return Path.Combine(string.IsNullOrEmpty(config) ? Path.Combine(Home, ".config") : config, "trigger");
        }
    }

    private static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
