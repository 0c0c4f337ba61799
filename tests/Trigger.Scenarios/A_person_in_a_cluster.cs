using System.Text.Json;
using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Terminals on devices that only another node talks to: in tmux, through two node processes, on real servers.</summary>
public sealed class A_person_in_a_cluster(Lab lab)
{
    [Fact]
    public async Task sits_at_a_device_of_another_node_as_if_it_were_his_own_and_is_on_record()
    {
        await using var rig = await Up();
        var (device, home) = await Somewhere(rig);
        var through = home == "n1" ? "n2" : "n1";
        await using var screen = await Screen.Open(rig.Desk, 90, 28, "gong", device, "--cluster", rig.Url(through));

        await screen.See("$");
        await screen.Type("stty size", "Enter");
        await screen.See("28 90");
        await screen.Type("f=$(mktemp); seq 1 60000 > $f; vi -u NONE $f", "Enter");
        await screen.See("27\n");
        await screen.Type("G", "L");
        await screen.See("60000");
        await screen.Type(":q!", "Enter");
        await screen.See("$"); // An editor takes what is typed behind its last command with it.
        await screen.Resize(70, 20);

        // Keys and the window's size go different ways: who types at once may be quicker.
        await screen.Type("until stty size | grep '20 70'; do sleep 0.1; done", "Enter");
        await screen.See("\n20 70");
        await screen.Type("cat $f; rm $f; echo end-$((6*7))", "Enter");
        await screen.See("end-42");
        await screen.Type("C-x");
        await screen.See("BYE");

        await rig.Until($"exists (select 1 from {{0}}.audit where what = 'terminal-closed' and target = '{device}')");
        var trail = (await rig.Pbm(through, "session", "list")).Exits(0).Out;
        Assert.DoesNotContain(device, trail, StringComparison.Ordinal);
        var audit = (await rig.Desk.Start(["audit", "--store", rig.Database.Address, "--json"]).End()).Exits(0).Out;
        Assert.Contains("echo end-$((6*7))", audit, StringComparison.Ordinal);
        Assert.DoesNotContain(Lab.Password, audit, StringComparison.Ordinal);
    }

    [Fact]
    public async Task waits_for_who_is_there_or_looks_on_or_takes_over()
    {
        await using var rig = await Up();
        var (device, _) = await Somewhere(rig);
        await using var first = await Screen.Open(rig.Desk, 100, 30, "connect", device, "--cluster", rig.Url("n1"));
        await first.See("$");
        await using var watching = await Screen.Open(rig.Desk, 100, 30, "connect", device, "--cluster", rig.Url("n2"), "--watch");
        await watching.See("talks to");
        await first.Type("echo seen-by-$((40+2))", "Enter");
        await watching.See("seen-by-42");

        // A run is no more than anybody else.
        var run = rig.Desk.Start(["run", "--cluster", rig.Url("n2"), "--on", device, "--json", "-c", "echo the-run"]);
        await using var second = await Screen.Open(rig.Desk, 100, 30, "connect", device, "--cluster", rig.Url("n2"), "--take-over");
        await second.See("talks to");
        await second.See("$");
        await first.See("BYE");
        await second.Type("echo mine-$((40+3))", "Enter");
        await second.See("mine-43");
        await watching.See("mine-43");
        await second.Type("exit", "Enter");
        await second.See("BYE");

        Assert.Equal("the-run", JsonSerializer.Deserialize<JsonElement>((await run.End()).Exits(0).Out).GetProperty("output").GetString()!.Trim());
    }

    [Fact]
    public async Task is_told_what_is_wrong()
    {
        await using var rig = new ClusterRig(lab, ClusterRig.LongLease);
        rig.Desk.Device("nobody-home", "linux", "127.0.0.1", 1).Device("nobody-there", "linux", "127.0.0.1", 1);
        await rig.Start(["n1"]);

        var refused = (await rig.Desk.Start(["connect", "nobody-home", "--cluster", rig.Url("n1")]).End()).Exits(1);
        Assert.Contains("nobody-home", refused.Error, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:1", refused.Error, StringComparison.Ordinal);
        var several = (await rig.Desk.Start(["connect", "nobody", "--cluster", rig.Url("n1")]).End()).Exits(2);
        Assert.Contains("nobody-home, nobody-there", several.Error, StringComparison.Ordinal);
        Assert.Contains("no device with 'else'", (await rig.Desk.Start(["connect", "else", "--cluster", rig.Url("n1")]).End()).Exits(2).Error, StringComparison.Ordinal);
        Assert.Contains("--watch needs --cluster", (await rig.Desk.Start(["connect", "nobody-home", "--watch"]).End()).Exits(2).Error, StringComparison.Ordinal);
    }

    private async Task<ClusterRig> Up()
    {
        var rig = new ClusterRig(lab, ClusterRig.LongLease);
        rig.Desk.Server("d1");
        await rig.Start(["n1", "n2"]);
        return rig;
    }

    private static async Task<(string Device, string Home)> Somewhere(ClusterRig rig)
    {
        var said = (await rig.Pbm("n1", "device", "home", "d1")).Exits(0).Out;
        return ("d1", said.Split(',')[0].Trim());
    }
}
