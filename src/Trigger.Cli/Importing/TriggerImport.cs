using System.Globalization;
using Trigger.Devices.Inventory.Loaders;

namespace Trigger.Cli.Importing;

/// <summary>Takes over an installation of Trigger: its <c>settings.py</c>, the inventory that it names, <c>bounce.py</c> where windows stand there as text, and where credentials are.</summary>
/// <param name="variable">The environment in which the settings were read.</param>
internal sealed class TriggerImport(ImportPlan plan, Func<string, string?> variable)
{
    private const int Largest = 4 * 1024 * 1024;

    // Known, and of no use here; the reason is the same for all of a line.
    private static readonly (string[] Names, string Why)[] Elsewhere =
    [
        (["VENDOR_MAP", "SUPPORTED_VENDORS", "VALID_VENDORS", "SUPPORTED_PLATFORMS", "SUPPORTED_TYPES", "DEFAULT_TYPES", "FALLBACK_TYPE", "FALLBACK_MANUFACTURER", "IOSLIKE_VENDORS", "STARTUP_COMMANDS_MAP", "STARTUP_COMMANDS_DEFAULT", "COMMIT_COMMANDS_MAP", "CONTINUE_PROMPTS", "PROMPT_PATTERNS", "IOSLIKE_PROMPT_PAT", "IOSLIKE_ENABLE_PAT", "DEFAULT_PROMPT_PAT", "SSH_PTY_DISABLED", "SSH_ASYNC_DISABLED", "DISABLED_SSH_PTY", "DISABLED_SSH_ASYNC", "TELNET_ENABLED", "SSH_AUTHENTICATION_ORDER", "SSH_PORT", "TELNET_PORT", "TERM_TYPE"],
            "what is peculiar to a vendor stands in the platforms (trigger platform list); yours go into platforms/*.conf"),
        (["NETDEVICES_LOADERS", "RANCID_RECURSE_SUBDIRS", "DEFAULT_ADMIN_STATUS", "WITH_ACLS"], "inventories are recognised by what is in them"),
        (["REDIS_HOST", "REDIS_PORT", "REDIS_DB", "DATABASE_ENGINE", "DATABASE_NAME", "DATABASE_USER", "DATABASE_PASSWORD", "DATABASE_HOST", "DATABASE_PORT"], "everything is kept in the state directory; no database server is needed"),
        (["TACACSRC_PASSPHRASE", "TACACSRC_USE_PASSPHRASE", "USE_GPG_AUTH", "DEFAULT_REALM"], "credentials are imported by the commands below; settings hold none"),
    ];

    // Ours for theirs, where a value means the same.
    private static readonly (string Theirs, string Ours, string Unit)[] Same =
    [
        ("DEFAULT_TIMEOUT", "run.timeout", "s"),
        ("TELNET_TIMEOUT", "run.login-timeout", "s"),
        ("AUTOLOAD_BULK_THRESH", "acl.bulk-threshold", ""),
        ("FIREWALL_DIR", "acl.directory", ""),
        ("BULK_MAX_HITS_DEFAULT", "acl.bulk-limit", ""),
        ("TFTPROOT_DIR", "file-server.root", ""),
        ("TFTP_HOST", "file-server.address", ""),
        ("GORC_FILE", "connect.gorc", ""),
    ];

    private static readonly (string Theirs, string Ours)[] Lists = [("INTERNAL_NETWORKS", "internal-networks"), ("AUTOLOAD_BLACKLIST", "acl.blacklist"), ("AUTOLOAD_FILTER", "acl.blacklist")];

    private static readonly (string Theirs, string Ours)[] Pairs = [("VIPS", "file-server.vips"), ("BULK_MAX_HITS", "acl.bulk-limits"), ("AUTOLOAD_FILTER_THRESH", "acl.queue-limits")];

    private const string FullCommit = "JUNIPER_FULL_COMMIT_FIELDS";

    public void Take(string path)
    {
        var file = Directory.Exists(path) ? Path.Combine(path, "settings.py") : path;
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        var settings = Read(file);
        foreach (var (theirs, ours, unit) in Same)
        {
            if (Value(settings, theirs) is { } value)
                plan.Set(ours, value + unit, From(file, settings, theirs));
        }

        foreach (var (theirs, ours) in Lists)
        {
            if (Texts(settings, theirs) is { Count: > 0 } values)
                plan.Set(ours, values, From(file, settings, theirs));
        }

        foreach (var (theirs, ours) in Pairs)
        {
            if (Map(settings, theirs) is { Count: > 0 } pairs)
                plan.Set(ours, pairs.Select(pair => $"{pair.Key} = {pair.Value}"), From(file, settings, theirs));
        }

        if (Map(settings, FullCommit) is { Count: > 0 } fields)
            plan.Set("full-commit", string.Join(' ', fields.Select(field => $"{field.Key}='{field.Value}'")), From(file, settings, FullCommit));
        Inventory(file, folder, settings);
        Mail(settings);
        Bounce(Value(settings, "BOUNCE_FILE") is { } named && File.Exists(named) ? named : Path.Combine(folder, "bounce.py"), settings);
        if ((Value(settings, "AUTOACL_FILE") is { } policy && File.Exists(policy) ? policy : Path.Combine(folder, "autoacl.py")) is var autoacl && File.Exists(autoacl))
            plan.Leave($"{autoacl}: a policy that is a program; write its rules into autoacl.conf (trigger device acl --help)");
        Credentials(folder, settings);
        Rest(file, settings);
        plan.Then("trigger device acl import acls.csv      # what Trigger's backup_explicit_acls wrote out of Redis");
    }

    private PythonSettings? Read(string file)
    {
        if (!File.Exists(file))
        {
            plan.Leave($"{file}: there is none; Trigger's defaults are much like ours");
            return null;
        }

        if (new FileInfo(file).Length <= Largest)
            return PythonSettings.Read(File.ReadAllText(file), variable);

        plan.Leave($"{file}: it is larger than {Largest} bytes");
        return null;
    }

    private void Inventory(string file, string folder, PythonSettings? settings)
    {
        foreach (var name in new[] { "NETDEVICES_SOURCE", "NETDEVICES_FILE" })
        {
            if (Value(settings, name) is not { } source)
                continue;

            // What was copied here lies beside the settings now, wherever they say that it was.
            var path = InventorySource.PathOf(source);
            var beside = Path.Combine(folder, Path.GetFileName(path));
            var isHere = path.Contains("://", StringComparison.Ordinal) || Path.Exists(path);
            plan.Set("inventory.sources", [isHere || !Path.Exists(beside) ? source : source.Replace(path, beside, StringComparison.Ordinal)], From(file, settings, name));
            if (!isHere)
                plan.Leave($"{From(file, settings, name)}: {path} does not exist here{(Path.Exists(beside) ? $"; {beside} is taken" : "")}");
            return;
        }

        if (new[] { "netdevices.json", "netdevices.xml", "netdevices.sql", "netdevices.db", "netdevices.csv" }.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists) is { } found)
            plan.Set("inventory.sources", [found], $"found beside {Path.GetFileName(file)}");
        else
            plan.Leave($"{folder}: no inventory is named in NETDEVICES_SOURCE, nor found beside the settings");
    }

    // Trigger mails through this machine unless its handler is told otherwise.
    private void Mail(PythonSettings? settings)
    {
        var text = new System.Text.StringBuilder();
        foreach (var (names, on) in new[] { (Names: new[] { "SUCCESS_EMAILS", "SUCCESS_RECIPIENTS" }, On: "finished"), (Names: ["FAILURE_EMAILS", "FAILURE_RECIPIENTS"], On: "failed, in-doubt") })
        {
            var to = names.SelectMany(name => Texts(settings, name)).Where(address => address.Contains('@', StringComparison.Ordinal)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            if (to.Count > 0)
                text.Append(CultureInfo.InvariantCulture, $"  {{ server = localhost, port = 25, from = {ImportPlan.Quoted(Value(settings, "EMAIL_SENDER") ?? "trigger@localhost")}, to = [{string.Join(", ", to.Select(ImportPlan.Quoted))}], on = [{on}] }}\n");
        }

        if (text.Length > 0)
            plan.Add("notifications.conf", $"# Taken over by 'trigger import'.\nmail = [\n{text}]\n");
    }

    private void Bounce(string file, PythonSettings? settings)
    {
        var bounce = File.Exists(file) ? Read(file) : null;
        if (bounce is null)
            return;

        var windows = bounce.Values.SelectMany(pair => BounceImport.Windows(pair.Key, pair.Value.Value, [])).ToList();
        if (windows.Count == 0)
        {
            plan.Leave($"{file}: windows that a program makes; write them into windows.conf (trigger window --help)");
            return;
        }

        plan.Add("windows.conf", BounceImport.Text(windows, Value(settings, "BOUNCE_DEFAULT_TZ") ?? "US/Eastern", Value(settings, "BOUNCE_DEFAULT_COLOR") ?? "red"));
        plan.Leave($"{file}: the function bounce() was not run. Its windows are taken, rules for those that stand under a team or site, and the first for all others; read windows.conf, and compare: trigger window --on all");
    }

    private void Credentials(string folder, PythonSettings? settings)
    {
        var file = Value(settings, "TACACSRC") ?? (variable("HOME") is { } home ? Path.Combine(home, ".tacacsrc") : ".tacacsrc");
        var key = Value(settings, "TACACSRC_KEYFILE") ?? Path.Combine(folder, ".tackf");
        var realm = Value(settings, "DEFAULT_REALM") is { } named && named != "aol" ? $" --default-realm {named}" : "";
        foreach (var (found, options) in new[] { (file, $" --key-file {key}"), (file + ".gpg", "") })
        {
            if (File.Exists(found))
                plan.Then($"trigger credentials import {found}{options}{realm}");
        }
    }

    private void Rest(string file, PythonSettings? settings)
    {
        foreach (var (line, name) in settings?.Untaken ?? [])
            plan.Leave($"{file}:{line}: {name}: a program, not a value; it was not run");
        string[] used = [.. Same.Select(same => same.Theirs), .. Lists.Select(list => list.Theirs), .. Pairs.Select(pair => pair.Theirs), FullCommit, "SUCCESS_EMAILS", "SUCCESS_RECIPIENTS", "FAILURE_EMAILS", "FAILURE_RECIPIENTS", "EMAIL_SENDER", "NOTIFICATION_SENDER", "NETDEVICES_SOURCE", "NETDEVICES_FILE", "BOUNCE_FILE", "BOUNCE_DEFAULT_TZ", "BOUNCE_DEFAULT_COLOR", "AUTOACL_FILE", "TACACSRC", "TACACSRC_KEYFILE", "PREFIX", "USER_HOME"];
        foreach (var (name, value) in settings?.Values.OrderBy(pair => pair.Value.Line) ?? Enumerable.Empty<KeyValuePair<string, (PythonValue Value, int Line)>>())
        {
            if (name.All(c => char.IsUpper(c) || char.IsDigit(c) || c == '_') && (!used.Contains(name) || (Value(settings, name) is null && Texts(settings, name).Count == 0 && Map(settings, name).Count == 0 && !IsEmpty(value.Value))))
                plan.Leave($"{file}:{value.Line}: {name}: {Elsewhere.FirstOrDefault(group => group.Names.Contains(name)).Why ?? "there is nothing like it here yet"}");
        }
    }

    private static string From(string file, PythonSettings? settings, string name) => $"{name}, {Path.GetFileName(file)}:{settings?.Values[name].Line.ToString(CultureInfo.InvariantCulture)}";

    private static IReadOnlyList<string> Texts(PythonSettings? settings, string name) =>
        settings is not null && settings.Values.TryGetValue(name, out var found) && found.Value is PythonValue.List list ? [.. list.Items.Select(Plain).OfType<string>()] : [];

    private static Dictionary<string, string> Map(PythonSettings? settings, string name) =>
        settings is not null && settings.Values.TryGetValue(name, out var found) && found.Value is PythonValue.Map map
            ? map.Items.Select(item => (Key: Plain(item.Key), Value: Plain(item.Value))).Where(item => item is { Key: not null, Value: not null }).GroupBy(item => item.Key!).ToDictionary(same => same.Key, same => same.Last().Value!)
            : [];

    private static string? Plain(PythonValue value) => value switch { PythonValue.Text text => text.Value, PythonValue.Number number => number.Value, _ => null };

    private static bool IsEmpty(PythonValue value) => value is PythonValue.None or PythonValue.Text { Value.Length: 0 } or PythonValue.List { Items.Count: 0 } or PythonValue.Map { Items.Count: 0 };

    private static string? Value(PythonSettings? settings, string name) => settings is not null && settings.Values.TryGetValue(name, out var found) ? found.Value switch
    {
        PythonValue.Text { Value.Length: > 0 } text => text.Value,
        PythonValue.Number number => number.Value,
        _ => null,
    }
    : null;
}
