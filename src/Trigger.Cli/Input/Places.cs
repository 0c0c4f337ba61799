using Trigger.Node;

namespace Trigger.Cli.Input;

/// <summary>Where files are when the command line does not say.</summary>
internal static class Places
{
    /// <summary>The XDG state directory's <c>trigger</c>, usually <c>~/.local/state/trigger</c>.</summary>
    public static string State()
    {
        if (Configured.Settings.Text("state") is { } named)
            return named;

        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        return Path.Combine(string.IsNullOrEmpty(state) ? Path.Combine(Home, ".local", "state") : state, "trigger");
    }

    /// <summary>Where host keys are recorded, and where else they are looked for.</summary>
    public static (string Own, IReadOnlyList<string> Others) KnownHosts() =>
        Configured.Settings.Text("ssh.known-hosts") is { } named ? (named, []) : (Path.Combine(Home, ".ssh", "known_hosts"), ["/etc/ssh/ssh_known_hosts"]);

    /// <summary>What the settings say, else <c>credentials</c> in the user's configuration directory.</summary>
    public static string CredentialStore() => Configured.Settings.Text("credentials.store") ?? Path.Combine(Config, "credentials");

    /// <summary>The key of this machine, for stores without a passphrase.</summary>
    public static string MachineKey() => Configured.Settings.Text("credentials.machine-key") ?? Path.Combine(Config, "machine.key");

    /// <summary>Where a user's own platforms are, or null when there are none.</summary>
    public static string? Platforms() => Configured.Settings.Text("platforms") ?? new[] { Path.Combine("hocon", "platforms"), Path.Combine(Config, "platforms"), "/etc/trigger/platforms" }.FirstOrDefault(Directory.Exists);

    /// <summary>Where groups of the user's own are defined, or null.</summary>
    public static string? Groups() => Configured.Settings.Text("inventory.groups") ?? First("groups.conf");

    /// <summary>Where the site's policy for ACLs is, or null.</summary>
    public static string? AutoAcl() => Configured.Settings.Text("autoacl") ?? First("autoacl.conf");

    /// <summary>Where it is written who is told how runs went, or null.</summary>
    public static string? Notifications() => Configured.Settings.Text("notifications") ?? First("notifications.conf");

    /// <summary>Where it is written which commands may be sent, or null.</summary>
    public static string? Policy() => Configured.Settings.Text("policy") ?? First("policy.conf");

    /// <summary>Where bounce windows are defined, or null.</summary>
    public static string? Windows() => Configured.Settings.Text("windows") ?? First("windows.conf");

    /// <summary>The folders of templates: those of the settings, else those that exist where templates are kept.</summary>
    public static IEnumerable<string> Templates() => Configured.Settings.Texts("templates") is { Count: > 0 } settled ? settled : new[] { Path.Combine(Config, "templates"), "/etc/trigger/templates" }.Where(Directory.Exists);

    /// <summary>The inventories: those that were named, else those of the settings, else the first that is found where inventories are kept; none when there is none.</summary>
    public static IReadOnlyList<string> Inventories(IReadOnlyList<string>? named)
    {
        if (named is { Count: > 0 })
            return [.. named.Select(Whole)];

        if (Configured.Settings.Texts("inventory.sources") is { Count: > 0 } settled)
            return [.. settled.Select(Whole)];

        var usual = new[] { ".", Config, "/etc/trigger" }.SelectMany(folder => new[] { Path.Combine(folder, "netdevices.csv"), Path.Combine(folder, "netdevices.json") });
        return [.. usual.Where(Path.Exists).Take(1).Select(Whole)];
    }

    /// <summary>A path from the root, so that it means the same later; an address as it is.</summary>
    public static string Whole(string place) => InventoryReader.IsUrl(place) || place.Contains(":///", StringComparison.Ordinal) ? place : Path.GetFullPath(place);

    public static InventoryReader Reader() => new(Environment.GetEnvironmentVariable("TRIGGER_INVENTORY_AUTHORIZATION") is { Length: > 0 } header ? header : null);

    private static string? First(string name) => new[] { "hocon", Config, "/etc/trigger" }.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>The user's configuration directory for this program.</summary>
    public static string Config => Path.Combine(Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } config ? config : Path.Combine(Home, ".config"), "trigger");

    public static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
}
