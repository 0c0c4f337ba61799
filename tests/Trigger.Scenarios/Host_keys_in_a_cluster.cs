using System.Text.Json;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Two node processes on one PostgreSQL, and a server that is exchanged for another with other keys.</summary>
public sealed class Host_keys_in_a_cluster(Lab lab)
{
    [Fact]
    public async Task are_kept_once_and_a_change_waits_for_somebody_s_approval()
    {
        await using var detour = new Detour(Lab.Ssh);
        await using var rig = new ClusterRig(lab, ClusterRig.LongLease);
        rig.Desk.Device("d1", "linux", "127.0.0.1", detour.Port);
        await rig.Start(["n1", "n2"]);
        var host = $"[127.0.0.1]:{detour.Port}";

        (await Run(rig, "n1")).Exits(0);
        var first = Assert.Single(await Keys(rig, "n2"));
        Assert.Equal((host, "trusted"), (Text(first, "host"), Text(first, "state")));
        Assert.Contains(Text(first, "seenBy"), new[] { "n1", "n2" });
        Assert.False(File.Exists(rig.Desk.KnownHosts));

        // Another server now: nothing is sent, whoever asks.
        detour.To(Lab.Dropbear);
        var refused = (await Run(rig, "n2")).Exits(1).Only.Is("host_key_changed");
        refused.Says(Text(first, "fingerprint"), "Nothing was sent", "pbm host-key approve");
        (await Run(rig, "n1")).Exits(1).Only.Is("host_key_changed");
        var waiting = Assert.Single(await Keys(rig, "n1", "--state", "waiting"));
        Assert.Contains($"pbm host-key approve {Text(waiting, "id")}", rig.Log("n1") + rig.Log("n2"), StringComparison.Ordinal);
        await rig.Until("exists (select 1 from {0}.audit where what = 'host-key-waits')");

        // Approved on one node, good on the other.
        (await rig.Pbm("n1", "host-key", "approve", "d1")).Exits(0);
        (await Run(rig, "n2")).Exits(0);
        (await Run(rig, "n1")).Exits(0);

        // The first server again is a change, too; this time it is turned down.
        detour.To(Lab.Ssh);
        (await Run(rig, "n1")).Exits(1).Only.Is("host_key_changed");
        (await rig.Desk.Start(["host-key", "reject", "d1", "--cluster", rig.Url("n2")]).End()).Exits(0);
        (await Run(rig, "n1")).Exits(1).Only.Is("host_key_revoked");
        var audit = (await rig.Desk.Start(["audit", "--store", rig.Database.Address, "--json"]).End()).Exits(0).Out;
        Assert.Contains("host-key-approved", audit, StringComparison.Ordinal);
        Assert.Contains("host-key-rejected", audit, StringComparison.Ordinal);

        // Forgotten, and vouched for by a file of an admin's.
        (await rig.Pbm("n2", "host-key", "forget", "d1")).Exits(0);
        var file = rig.Desk.Write("vouched", $"{host} {Key("hk_ed25519")}\nbroken\n");
        var imported = (await rig.Desk.Start(["host-key", "import", file, "--cluster", rig.Url("n1")]).End()).Exits(1);
        Assert.Contains("1 keys imported", imported.Out, StringComparison.Ordinal);
        Assert.Contains("known_hosts:2:", imported.Error, StringComparison.Ordinal);
        (await Run(rig, "n2")).Exits(0);
    }

    private static Task<Ran> Run(ClusterRig rig, string through) => rig.Desk.Start(["run", "--cluster", rig.Url(through), "--on", "d1", "--json", "-c", "id -un"]).End();

    private static async Task<List<JsonElement>> Keys(ClusterRig rig, string through, params string[] more) =>
        [.. (await rig.Pbm(through, ["host-key", "list", "--json", .. more])).Exits(0).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line))];

    private static string Text(JsonElement key, string name) => key.GetProperty(name).GetString()!;

    private string Key(string key) => string.Join(' ', File.ReadAllText(lab.File($"ssh/{key}.pub")).Split(' ')[..2]);
}
