using Trigger.Node.HostKeys;
using Trigger.Storage;
using Trigger.Tests.Kernel;
using Trigger.Tests.Storage;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Node.HostKeys;

/// <summary>Two nodes on one database, and the keys that a host shows them.</summary>
public sealed class Host_keys_of_a_cluster : IDisposable
{
    private const string Host = "10.0.0.1";

    private readonly SqliteRig rig = new();
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-keys-").FullName;
    private readonly List<Database> open = [];
    private readonly List<ClusterHostKeys> nodes = [];
    private readonly List<HostKeyAlarm> alarms = [];
    private readonly FakeClock clock = new();

    private readonly HostKey first = Wire.HostKeys.Ed25519();
    private readonly HostKey second = Wire.HostKeys.Ed25519();

    public void Dispose()
    {
        nodes.ForEach(node => node.Dispose());
        open.ForEach(database => database.Dispose());
        rig.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task are_kept_at_first_sight_and_known_to_every_node()
    {
        var (n1, n2) = (Node("n1"), Node("n2"));

        Assert.IsType<HostKeyVerdict.Known>(await n1.Meet(Host, 22, first, accept: true));

        Assert.IsType<HostKeyVerdict.Known>(await n2.Meet(Host, 22, first, accept: false));
        var kept = Assert.Single(Table().All());
        Assert.Equal((Host, HostKeyRow.Trusted, "n1", clock.GetUtcNow()), (kept.Host, kept.State, kept.SeenBy, kept.SeenAt));
        Assert.IsType<HostKeyVerdict.Unknown>(await n2.Judge(Host, 2022, first));
        Assert.Empty(alarms);
    }

    [Fact]
    public async Task that_change_are_refused_with_one_alarm_until_somebody_approves()
    {
        var (n1, n2) = (Node("n1"), Node("n2"));
        await n1.Meet(Host, 22, first, accept: true);

        foreach (var node in new[] { n2, n1, n2 })
            Assert.Equal(first.Fingerprint, Assert.IsType<HostKeyVerdict.Changed>(await node.Meet(Host, 22, second, accept: true)).KnownFingerprint);
        var alarm = Assert.Single(alarms);
        Assert.Equal((first.Fingerprint, second.Fingerprint, "n2"), (alarm.Known, alarm.Key.Fingerprint, alarm.Key.SeenBy));

        Table().Approve(alarm.Key.Id, clock.GetUtcNow(), "alice");

        Assert.IsType<HostKeyVerdict.Known>(await n1.Meet(Host, 22, second, accept: false));
        Assert.IsType<HostKeyVerdict.Known>(await n2.Meet(Host, 22, second, accept: false));
        Assert.IsType<HostKeyVerdict.Changed>(await n1.Meet(Host, 22, first, accept: true));
        Assert.Equal(2, alarms.Count);
    }

    [Fact]
    public async Task that_are_rejected_are_trusted_by_no_node_from_that_moment_on()
    {
        var (n1, n2) = (Node("n1"), Node("n2"));
        await n1.Meet(Host, 22, first, accept: true);
        Assert.IsType<HostKeyVerdict.Known>(await n2.Meet(Host, 22, first, accept: true));

        Table().Reject(ClusterHostKeys.IdOf(Host, first), clock.GetUtcNow(), "bob");

        Assert.Equal("rejected by bob", Assert.IsType<HostKeyVerdict.Revoked>(await n1.Meet(Host, 22, first, accept: true)).Where);
        Assert.IsType<HostKeyVerdict.Revoked>(await n2.Judge(Host, 22, first));

        // Nor is the next that it shows taken for its first.
        Assert.IsType<HostKeyVerdict.Unknown>(await n2.Meet(Host, 22, second, accept: true));
        Assert.Equal(second.Fingerprint, Assert.Single(alarms).Key.Fingerprint);
    }

    [Fact]
    public async Task that_nobody_knows_wait_where_new_ones_are_not_accepted()
    {
        var n1 = Node("n1");

        Assert.IsType<HostKeyVerdict.Unknown>(await n1.Meet(Host, 22, first, accept: false));

        var alarm = Assert.Single(alarms);
        Assert.Null(alarm.Known);
        Assert.Contains($"pbm host-key approve {alarm.Key.Id}", alarm.ToString(), StringComparison.Ordinal);
        Assert.IsType<HostKeyVerdict.Unknown>(await n1.Meet(Host, 22, first, accept: true));
        Table().Approve(alarm.Key.Id, clock.GetUtcNow(), "alice");
        Assert.IsType<HostKeyVerdict.Known>(await n1.Meet(Host, 22, first, accept: false));
    }

    [Fact]
    public async Task that_a_node_s_files_know_are_taken_from_there()
    {
        var n1 = Node("n1", $"{Host} {first.Type} {first.Base64}\n@revoked * {second.Type} {second.Base64}\n");
        var n2 = Node("n2");

        Assert.Equal(["ssh-ed25519"], n1.TypesOf(Host, 22));
        Assert.IsType<HostKeyVerdict.Known>(await n1.Meet(Host, 22, first, accept: false));
        Assert.IsType<HostKeyVerdict.Known>(await n2.Meet(Host, 22, first, accept: false));
        Assert.StartsWith("n1 (", Assert.Single(Table().All()).SeenBy, StringComparison.Ordinal);
        Assert.IsType<HostKeyVerdict.Revoked>(await n1.Meet("10.0.0.2", 22, second, accept: true));
        var other = Wire.HostKeys.Ed25519();
        Assert.IsType<HostKeyVerdict.Changed>(await Node("n3", $"10.0.0.3 {first.Type} {first.Base64}\n").Meet("10.0.0.3", 22, other, accept: true));
    }

    [Fact]
    public async Task of_another_type_are_judged_only_when_the_host_was_asked_for_the_one_on_record()
    {
        var (n1, n2) = (Node("n1"), Node("n2"));
        var rsa = Wire.HostKeys.Random("ssh-rsa");
        await n1.Meet(Host, 22, rsa, accept: true);

        Assert.Empty(n2.TypesOf(Host, 22));
        Assert.IsType<HostKeyVerdict.Unavailable>(await n2.Meet(Host, 22, first, accept: true));
        Assert.Empty(alarms);

        Assert.Equal(["ssh-rsa"], n2.TypesOf(Host, 22));
        Assert.Equal(rsa.Fingerprint, Assert.IsType<HostKeyVerdict.Changed>(await n2.Meet(Host, 22, first, accept: true)).KnownFingerprint);
        Assert.Single(alarms);
    }

    [Fact]
    public async Task of_one_host_fill_no_disk_however_many_it_shows()
    {
        var n1 = Node("n1");
        await n1.Meet(Host, 22, first, accept: true);

        for (var shown = 0; shown < 30; shown++)
            Assert.IsType<HostKeyVerdict.Changed>(await n1.Meet(Host, 22, Wire.HostKeys.Ed25519(), accept: true));

        Assert.Equal((20, 20), (alarms.Count, Table().All(HostKeyRow.Waiting).Count));
    }

    [Fact]
    public void are_read_from_known_hosts_with_hashed_names_and_patterns()
    {
        var text = $"{Host},core-1 {first.Type} {first.Base64}\n# a comment\n10.1.*,!10.1.9.* {second.Type} {second.Base64}\n@revoked [10.0.0.9]:2022 {second.Type} {second.Base64}\nbroken\n*.nowhere {first.Type} {first.Base64}\r\n";
        var mistakes = new List<string>();

        var (keys, skipped) = KnownHostsText.Read(text, "known_hosts", [("10.1.0.5", 22), ("10.1.9.5", 22), ("10.1.0.6", 22)], mistakes);

        Assert.Equal(
            [("10.0.0.1", first.Fingerprint, false), ("10.1.0.5", second.Fingerprint, false), ("10.1.0.6", second.Fingerprint, false), ("[10.0.0.9]:2022", second.Fingerprint, true), ("core-1", first.Fingerprint, false)],
            keys.Select(key => (key.Host, key.Key.Fingerprint, key.Revoked)).OrderBy(key => key.Host, StringComparer.Ordinal));
        Assert.Equal((1, "known_hosts:5: a record needs names, a key type and a key."), (skipped, Assert.Single(mistakes)));
    }

    private HostKeyTable Table() => new(open[0]);

    private ClusterHostKeys Node(string name, string known = "")
    {
        var database = rig.Open(clock);
        open.Add(database);
        var file = Path.Combine(folder, $"{name}.known_hosts");
        File.WriteAllText(file, known);
        var node = new ClusterHostKeys(new HostKeyTable(database), new KnownHosts(null, file), name, clock, alarms.Add);
        nodes.Add(node);
        return node;
    }
}
