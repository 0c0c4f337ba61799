using System.Globalization;

namespace Trigger.Cli.Importing;

/// <summary>Takes over an Ansible directory: <c>ansible.cfg</c>, and the inventory that it names or that stands beside it.</summary>
internal sealed class AnsibleImport(ImportPlan plan)
{
    public void Take(string path)
    {
        var folder = Path.GetFullPath(Directory.Exists(path) ? path : Path.GetDirectoryName(path) is { Length: > 0 } above ? above : ".");
        var file = Path.Combine(folder, "ansible.cfg");
        var settings = File.Exists(file) ? Read(file) : [];
        Inventory(folder, settings);
        foreach (var ((section, key), (value, line)) in settings)
            Setting(folder, $"{section}.{key}", value, $"ansible.cfg:{line}");
        Vaults(folder);
        foreach (var name in new[] { "roles", "playbooks", "site.yml" }.Where(name => Path.Exists(Path.Combine(folder, name))))
            plan.Leave($"{Path.Combine(folder, name)}: playbooks are Ansible's; it can go on using the same inventory");
    }

    private void Setting(string folder, string key, string value, string from)
    {
        switch (key)
        {
            case "defaults.inventory":
                break;
            case "defaults.forks" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var forks) && forks is > 0 and <= 100_000:
                plan.Set("run.parallel", value, from);
                break;
            case "defaults.timeout" or "persistent_connection.connect_timeout" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 86_400:
                plan.Set("run.login-timeout", value + "s", from);
                break;
            case "persistent_connection.command_timeout" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var patience) && patience is > 0 and <= 86_400:
                plan.Set("run.timeout", value + "s", from);
                break;
            case "defaults.remote_user":
                plan.Set("credentials.user", value, from);
                break;
            case "defaults.private_key_file":
                plan.Set("credentials.identities", [value.StartsWith('~') ? value : Path.Combine(folder, value)], from);
                break;
            case "defaults.host_key_checking" when value.ToLowerInvariant() is "false" or "no" or "0":
                plan.Set("ssh.unknown-hosts", "record", from);
                plan.Leave($"{from}: host keys are not left unchecked here: a new one is recorded, a changed one refused");
                break;
            default:
                plan.Leave($"{from}: {key}: {(key.Contains("vault", StringComparison.Ordinal) ? "Ansible's vault stays Ansible's; put credentials into the store" : key.StartsWith("ssh_connection.", StringComparison.Ordinal) ? "say it in an ssh_config and name that: trigger.ssh.config" : "it is about playbooks, or there is nothing like it here")}");
                break;
        }
    }

    private void Inventory(string folder, Dictionary<(string, string), (string Value, int Line)> settings)
    {
        string[] sources = settings.TryGetValue(("defaults", "inventory"), out var named)
            ? [.. named.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(source => Path.GetFullPath(Path.Combine(folder, source)))]
            : [.. new[] { "inventory", "hosts", "hosts.yml", "hosts.yaml", "hosts.ini", "inventory.yml", "inventory.ini" }.Select(name => Path.Combine(folder, name)).Where(Path.Exists).Take(1)];
        foreach (var missing in sources.Where(source => !Path.Exists(source)))
            plan.Leave($"ansible.cfg:{named.Line}: {missing} does not exist here");
        foreach (var program in sources.Where(source => File.Exists(source) && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(source) & UnixFileMode.UserExecute) != 0 && Begins(source, "#!")))
            plan.Leave($"{program}: an inventory that is a program is not run; keep its output in a file");
        if (sources.Length > 0)
            plan.Set("inventory.sources", sources, named.Value is null ? "found beside ansible.cfg" : $"ansible.cfg:{named.Line}");
        else
            plan.Leave($"{folder}: there is no inventory: none is named in ansible.cfg, nor found beside it");
    }

    private void Vaults(string folder)
    {
        var sealed_ = new[] { "group_vars", "host_vars", "inventory", "inventories" }.Select(name => Path.Combine(folder, name)).Where(Directory.Exists)
            .SelectMany(under => Directory.EnumerateFiles(under, "*", SearchOption.AllDirectories)).Where(file => Begins(file, "$ANSIBLE_VAULT")).ToList();
        foreach (var vault in sealed_)
            plan.Leave($"{vault}: sealed by Ansible's vault; what it says of devices is not seen");
        if (sealed_.Count > 0)
            plan.Then("trigger credentials set central --user NAME      # the passwords that the vault keeps");
    }

    private static bool Begins(string file, string beginning)
    {
        using var reader = new StreamReader(file);
        var buffer = new char[beginning.Length];
        return reader.ReadBlock(buffer) == buffer.Length && buffer.AsSpan().SequenceEqual(beginning);
    }

    private static Dictionary<(string, string), (string Value, int Line)> Read(string file)
    {
        var found = new Dictionary<(string, string), (string, int)>();
        var (section, number) = ("", 0);
        foreach (var line in File.ReadLines(file).Take(100_000))
        {
            number++;
            var text = line.Trim();
            if (text.Length == 0 || text[0] is '#' or ';')
                continue;
            if (text[0] == '[')
                section = text.Trim('[', ']');
            else if (text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                found[(section, text[..equals].Trim())] = (text[(equals + 1)..].Split(" #")[0].Split(" ;")[0].Trim(), number);
        }

        return found;
    }
}
