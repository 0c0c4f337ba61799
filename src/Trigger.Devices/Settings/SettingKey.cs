namespace Trigger.Devices.Settings;

/// <summary>One key that there is. Its default and what it is for stand in <c>hocon/reference/trigger.conf</c> and nowhere else.</summary>
/// <param name="Path">Below <c>trigger.</c>, such as <c>run.parallel</c>.</param>
/// <param name="Least">Of a number.</param>
/// <param name="Most">Of a number.</param>
internal sealed record SettingKey(string Path, SettingKind Kind, int Least = 0, int Most = 0)
{
    /// <summary>The words of a choice.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Variables of the environment that have always set it, the stronger first.</summary>
    public IReadOnlyList<string> Variables { get; init; } = [];

    public static IReadOnlyList<SettingKey> All { get; } =
    [
        new("inventory.sources", SettingKind.Paths) { Variables = ["TRIGGER_INVENTORY", "NETDEVICES_SOURCE"] },
        new("inventory.groups", SettingKind.Path),
        new("inventory.any-status", SettingKind.Flag),
        new("platforms", SettingKind.Path),
        new("windows", SettingKind.Path),
        new("policy", SettingKind.Path),
        new("autoacl", SettingKind.Path),
        new("acl.bulk-threshold", SettingKind.Count, 1, 1_000_000),
        new("acl.directory", SettingKind.Path),
        new("acl.bulk-limit", SettingKind.Count, 0, 1_000_000),
        new("acl.bulk-limits", SettingKind.Texts),
        new("acl.blacklist", SettingKind.Texts),
        new("acl.queue-limits", SettingKind.Texts),
        new("file-server.root", SettingKind.Path),
        new("file-server.address", SettingKind.Text),
        new("file-server.vips", SettingKind.Texts),
        new("file-server.tftp", SettingKind.Text),
        new("file-server.ssh", SettingKind.Text),
        new("file-server.clients", SettingKind.Texts),
        new("file-server.writable", SettingKind.Flag),
        new("file-server.largest-file", SettingKind.Count, 1, int.MaxValue),
        new("file-server.transfers", SettingKind.Count, 1, 10_000),
        new("file-server.user", SettingKind.Text),
        new("file-server.login-file", SettingKind.Path),
        new("file-server.authorized-keys", SettingKind.Path),
        new("file-server.host-key", SettingKind.Path),
        new("file-server.for-loads", SettingKind.Flag),
        new("node.name", SettingKind.Text) { Variables = ["TRIGGER_NODE_NAME"] },
        new("node.store", SettingKind.Text) { Variables = ["TRIGGER_STORE"] },
        new("node.listen", SettingKind.Text),
        new("node.tls.certificate", SettingKind.Path),
        new("node.tls.key", SettingKind.Path),
        new("node.tokens-on-loopback", SettingKind.Flag),
        new("node.roles", SettingKind.Texts),
        new("node.sites", SettingKind.Texts),
        new("node.drain-time", SettingKind.Time),
        new("node.lease", SettingKind.Time),
        new("node.beat", SettingKind.Time),
        new("cluster.url", SettingKind.Text) { Variables = ["TRIGGER_CLUSTER"] },
        new("cluster.token-file", SettingKind.Path),
        new("state", SettingKind.Path),
        new("ssh.known-hosts", SettingKind.Path),
        new("ssh.unknown-hosts", SettingKind.Choice) { Words = ["refuse", "record"] },
        new("ssh.jump", SettingKind.Texts),
        new("ssh.config", SettingKind.Path),
        new("credentials.user", SettingKind.Text),
        new("credentials.file", SettingKind.Path),
        new("credentials.identities", SettingKind.Paths),
        new("credentials.agent", SettingKind.Flag),
        new("credentials.jump", SettingKind.Path),
        new("credentials.store", SettingKind.Path) { Variables = ["TRIGGER_CREDENTIALS"] },
        new("credentials.machine-key", SettingKind.Path),
        new("run.parallel", SettingKind.Count, 1, 100_000),
        new("run.timeout", SettingKind.Time),
        new("run.login-timeout", SettingKind.Time),
        new("run.stop-on-error", SettingKind.Flag),
        new("run.auth-failures", SettingKind.Count, 1, 1_000_000),
        new("run.hide-secrets", SettingKind.Flag),
        new("run.read-only", SettingKind.Flag),
        new("notifications", SettingKind.Path),
        new("templates", SettingKind.Paths) { Variables = ["TRIGGER_TEMPLATES", "NTC_TEMPLATES_DIR", "NET_TEXTFSM", "TEXTFSM_TEMPLATE_DIR"] },
        new("backup.to", SettingKind.Path) { Variables = ["TRIGGER_BACKUP"] },
        new("backup.group-by", SettingKind.Text),
        new("detect.timeout", SettingKind.Time),
        new("detect.parallel", SettingKind.Count, 1, 1000),
        new("reach.timeout", SettingKind.Time),
        new("reach.parallel", SettingKind.Count, 1, 10_000),
        new("netconf.timeout", SettingKind.Time),
        new("netconf.profile", SettingKind.Text),
        new("connect.escape", SettingKind.Text),
        new("connect.gorc", SettingKind.Path),
        new("connect.linger", SettingKind.Time),
        new("window.hours", SettingKind.Count, 1, 24 * 14),
        new("lab.devices", SettingKind.Count, 1, 20_000),
    ];
}
