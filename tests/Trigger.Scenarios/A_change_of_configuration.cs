using System.Text.Json;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Changes on FRR, which has no candidate: what differs, and the way back, are worked out from the configuration before and after.</summary>
public sealed class A_change_of_configuration(Lab lab)
{
    private const string Route = "ip route 10.113.0.64/26 Null0";

    [Fact]
    public async Task is_loaded_verified_and_saved_by_a_daemon()
    {
        await using var desk = lab.Desk();
        var router = desk.Routers(1)[0];

        var changed = (await Change(desk, "-c", Route, "--verify", $"show running-config =~ ^{Route}", "--keep", desk.File("before"))).Exits(0);

        Assert.StartsWith($"== r{router}: changed\n", changed.Out, StringComparison.Ordinal);
        Assert.Contains($"\n+{Route}", changed.Out, StringComparison.Ordinal);
        Assert.Contains(Route, File.ReadAllText(lab.File($"frr/{router}/s.conf")), StringComparison.Ordinal);
        Assert.Contains($"hostname router-{router}", File.ReadAllText(desk.File($"before/r{router}.conf")), StringComparison.Ordinal);
        Assert.DoesNotContain(Route, File.ReadAllText(desk.File($"before/r{router}.conf")), StringComparison.Ordinal);

        var again = (await Change(desk, "-c", Route, "--json")).Exits(0);
        using var json = JsonDocument.Parse(Assert.Single(again.Lines));
        Assert.Equal(("unchanged", true), (json.RootElement.GetProperty("end").GetString(), json.RootElement.GetProperty("ok").GetBoolean()));
    }

    [Fact]
    public async Task is_taken_back_through_vtysh_when_it_fails_its_verification()
    {
        await using var desk = lab.Desk();
        desk.Device("frr", "frr", "127.0.0.1", Lab.Ssh).As(Lab.Vtysh, Lab.Password);

        // No zebra runs: there is no route in any table, only in the configuration.
        var failed = (await Change(desk, "-c", Route, "-c", "ip route 10.113.0.128/26 Null0", "--verify", $"show running-config !~ {Route}", "--no-save")).Exits(1);

        Assert.Contains("== frr: rolled back: 'show running-config' shows", failed.Out, StringComparison.Ordinal);
        Assert.Contains($"+{Route}", failed.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Null0", (await desk.Run("show running-config")).Only.Output, StringComparison.Ordinal);
        var run = failed.Error.Split(' ')[1].TrimEnd(':');
        Assert.Contains("device     frr: rolled back: ", (await desk.Job("show", run)).Exits(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_merged_and_removed_again_through_vtysh()
    {
        await using var desk = lab.Desk();
        desk.Device("frr", "frr", "127.0.0.1", Lab.Ssh).As(Lab.Vtysh, Lab.Password);
        const string Other = "ip route 10.113.0.192/26 Null0";

        (await Change(desk, "-c", Other, "--verify", $"show running-config =~ ^{Other}", "--no-save")).Exits(0);
        var removed = (await Change(desk, "-c", $"no {Other}", "--verify", $"show running-config !~ {Other}", "--no-save")).Exits(0);

        Assert.StartsWith("== frr: changed\n", removed.Out, StringComparison.Ordinal);
        Assert.Contains($"\n-{Other}", removed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_made_verified_and_taken_back_by_a_cluster()
    {
        await using var rig = new ClusterRig(lab, ClusterRig.LongLease);
        rig.Desk.DevicesTellSecrets = true;
        rig.Desk.Device("frr", "frr", "127.0.0.1", Lab.Ssh);
        await rig.Start(["n1", "n2"], settings: new() { ["TRIGGER_USERNAME"] = Lab.Vtysh });
        const string Far = "ip route 10.113.7.0/27 Null0";
        Directory.CreateDirectory(rig.Desk.File("configs"));
        rig.Desk.Write("configs/frr.conf", $"{Far}\n");
        Task<Ran> Ask(params string[] words) => rig.Desk.Start(["change", "--cluster", rig.Url("n1"), "--on", "frr", "--no-save", .. words]).End();

        var made = (await Ask("--from-dir", rig.Desk.File("configs"), "--verify", $"show running-config =~ ^{Far}", "--keep", rig.Desk.File("before"))).Exits(0);
        Assert.StartsWith("== frr: changed\n", made.Out, StringComparison.Ordinal);
        Assert.Contains($"\n+{Far}", made.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(Far, File.ReadAllText(rig.Desk.File("before/frr.conf")), StringComparison.Ordinal);

        var taken = (await Ask("-c", $"no {Far}", "--verify", $"show running-config =~ ^{Far}")).Exits(1);
        Assert.StartsWith("== frr: rolled back: ", taken.Out, StringComparison.Ordinal);

        var refused = (await Ask("-c", $"no {Far}", "--confirm", "5", "--reload-in", "5")).Exits(2);
        Assert.Contains("change.reloadMinutes: ", refused.Error, StringComparison.Ordinal);
        Assert.Contains("FRR", refused.Error, StringComparison.Ordinal);

        Assert.StartsWith("== frr: changed\n", (await Ask("-c", $"no {Far}")).Exits(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task says_first_what_a_platform_does_not_have_and_dials_nobody()
    {
        await using var desk = lab.Desk();
        desk.Device("nowhere", "frr", "127.0.0.1", 1).Device("neither", "cisco_nxos", "127.0.0.1", 1).As("nobody", "nothing");

        var refused = (await Change(desk, "-c", Route, "--diff")).Exits(2);
        Assert.Contains("it has no candidate, so nothing can be compared before it counts (--diff): nowhere.", refused.Error, StringComparison.Ordinal);
        Assert.Contains("it has no candidate, so nothing can be compared before it counts (--diff): neither.", refused.Error, StringComparison.Ordinal);

        var shown = (await Change(desk, "-c", Route, "--verify", "show version", "--dry-run")).Exits(0);
        Assert.Contains("changes  load       " + Route, shown.Out, StringComparison.Ordinal);
        Assert.Contains("lines worked out from the configuration before and after", shown.Out, StringComparison.Ordinal);
        Assert.Contains("2 devices; nothing was sent.", shown.Out, StringComparison.Ordinal);
    }

    private static Task<Ran> Change(Desk desk, params string[] arguments)
    {
        // A router's configuration has its passwords in it.
        desk.DevicesTellSecrets = true;
        return desk.Trigger(["change", "--on", "all", .. arguments, .. desk.Places()]);
    }
}
