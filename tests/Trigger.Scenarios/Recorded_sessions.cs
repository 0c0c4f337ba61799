using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary><c>--record</c> on real routers, and what <c>trigger lab --replay</c> makes of it.</summary>
public sealed class Recorded_sessions(Lab lab)
{
    [Fact]
    public async Task are_devices_that_answer_as_the_real_ones_did()
    {
        await using var desk = lab.Desk();
        var router = $"r{desk.Routers(1)[0]}";
        var real = (await desk.Run("-c", "show version", "-c", "show memory", "--record", desk.File("seen"))).Exits(0);

        var replaying = await Replay(desk, $"{router}.1");
        var replayed = (await desk.Trigger(["run", "--on", "all", "--json", .. Replayed(desk), "-c", "show version", "-c", "show memory"])).Exits(0);

        Assert.Equal(real.Outcomes.Select(outcome => outcome.IsAccepted().Output), replayed.Outcomes.Select(outcome => outcome.IsAccepted().Output));
        Assert.Contains($"(router-{router[1..]})", replayed.Outcomes[0].Output, StringComparison.Ordinal);
        await replaying.Signal("TERM");
        (await replaying.End()).Exits(0);
    }

    [Fact]
    public async Task are_made_of_changes_too_and_take_them_as_the_real_ones_did()
    {
        var route = $"ip route 10.113.{Random.Shared.Next(2, 250)}.64/26 Null0"; // A lab that has seen this test before knows other ones.
        await using var desk = lab.Desk();
        desk.DevicesTellSecrets = true; // Its configuration, which is in the copy.
        var router = $"r{desk.Routers(1)[0]}";
        string[] order = ["change", "--on", "all", "-c", route, "--verify", $"show running-config =~ ^{route}", "--no-save"];
        var real = (await desk.Trigger([.. order, "--record", desk.File("seen"), .. desk.Places()])).Exits(0);

        var replaying = await Replay(desk, $"{router}.1");
        var replayed = (await desk.Trigger([.. order, .. Replayed(desk)])).Exits(0);

        Assert.StartsWith($"== {router}: changed\n", real.Out, StringComparison.Ordinal);
        Assert.Equal(real.Out, replayed.Out);
        await replaying.Signal("TERM");
        (await replaying.End()).Exits(0);
    }

    [Fact]
    public async Task would_hold_what_is_to_be_hidden_and_are_refused()
    {
        await using var desk = lab.Desk();
        desk.Routers(1);

        var refused = (await desk.Run("-c", "show version", "--record", desk.File("seen"), "--hide-secrets")).Exits(2);

        Assert.Contains("--record writes down what devices print as they print it", refused.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(desk.File("seen")));
    }

    private static async Task<Running> Replay(Desk desk, string recording)
    {
        var replaying = desk.Start(["lab", "--replay", desk.File($"seen/{recording}.dialogue"), "--inventory", desk.File("replayed.csv")]);
        Assert.Equal("ready", await replaying.Line());
        return replaying;
    }

    private static string[] Replayed(Desk desk) => ["--inventory", desk.File("replayed.csv"), "--state", desk.File("other"), "--known-hosts", desk.KnownHosts, "--accept-new"];
}
