using Trigger.Scenarios.Rig;

namespace Trigger.Scenarios;

/// <summary>Runs whose commands are NETCONF operations: on netconfd, and on the lab's own server where a crash has to be survived.</summary>
[Collection(A_NETCONF_server.Datastores)]
public sealed class NETCONF_steps(Lab lab)
{
    private const string System = "urn:ietf:params:xml:ns:yang:ietf-system";

    [Fact]
    public async Task change_a_foreign_server_under_a_lock_and_are_on_record()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password);
        var inventory = desk.Write("netconf.csv", "nodeName,platform,address,netconfPort\nbox,linux,127.0.0.1,22830\n");
        var name = $"step-{Environment.ProcessId}";
        var change = desk.Write("change.xml", $"<config><system xmlns='{System}'><hostname>{name}</hostname></system></config>");

        var ran = (await desk.Start([
            "run", "--on", "box", "--netconf", "--json", .. Places(desk, inventory),
            "-c", "lock candidate", "-c", $"edit-config candidate {change}", "-c", "commit", "-c", "unlock candidate",
            "-c", $"get-config running <system xmlns='{System}'><hostname/></system>"]).End()).Exits(0);

        Assert.All(ran.Outcomes, outcome => outcome.IsAccepted());
        Assert.Contains($"<hostname>{name}</hostname>", ran.Outcomes[4].Output, StringComparison.Ordinal);
        var (run, state) = await desk.TheRun();
        Assert.Equal("finished", state);
        Assert.Equal(ran.Lines, (await desk.Job("results", run, "--json")).Exits(0).Lines);
    }

    [Fact]
    public async Task go_through_jump_hosts_like_any_other_command()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password);
        var inventory = desk.Write("netconf.csv", "nodeName,platform,address,netconfPort\nbox,linux,127.0.0.1,22830\n");
        string[] Way(string hop) => ["run", "--on", "box", "--netconf", "--json", .. Places(desk, inventory), "-c", "get-config running", "--identity", lab.File("ssh/user_ed25519"), "--jump", hop];

        (await desk.Start(Way($"{Lab.Shell}@127.0.0.1:{Lab.Ssh}")).End()).Exits(0).Only.IsAccepted();
        (await desk.Start(Way($"{Lab.Shell}@127.0.0.1:1")).End()).Exits(1).Only.Is("hop_failed");
    }

    [Fact]
    public async Task that_the_server_refuses_end_there()
    {
        await using var desk = lab.Desk().As(Lab.Shell, Lab.Password);
        var inventory = desk.Write("netconf.csv", "nodeName,platform,address,netconfPort\nbox,linux,127.0.0.1,22830\n");

        var ran = (await desk.Start([
            "run", "--on", "box", "--netconf", "--json", .. Places(desk, inventory),
            "-c", "get-config nowhere", "-c", "edit-config candidate <nope xmlns='urn:x'/>", "-c", "commit", "-c", "<frobnicate xmlns='urn:x'/>"]).End()).Exits(1);

        ran.Outcomes[0].Is("device_error");
        ran.Outcomes[1].Is("device_error").Says("unknown-namespace");
        ran.Outcomes[2].Is("skipped").Says("the device refused 'edit-config");
        ran.Outcomes[3].Is("skipped");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task survive_a_killed_engine_and_are_never_sent_twice(int round)
    {
        const int Edits = 60;
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"round {round}, seed {seed}");
        await using var desk = lab.Desk().As("lab", "lab");
        var inventory = desk.File("lab.csv");
        var pretenders = desk.Start(["lab", "--devices", "4", "--platform", "juniper_junos", "--protocol", "ssh", "--inventory", inventory]);
        Assert.Equal("ready", await pretenders.Line());

        // What is created twice is refused by the server: data-exists.
        var steps = Enumerable.Range(0, Edits).SelectMany(n => new[] { "-c", $"edit-config running <u:user{n} xmlns:u='urn:x' xmlns:nc='urn:ietf:params:xml:ns:netconf:base:1.0' nc:operation='create'/>" });
        var begun = desk.Start(["run", "--on", "all", "--netconf", "--json", .. Places(desk, inventory), .. steps]);
        for (var left = new Random(seed).Next(1, 4 * Edits * 3 / 4); left > 0; left--)
            await begun.Line();
        begun.Crash();
        await begun.End();

        var (run, _) = await desk.TheRun();
        var resumed = await desk.Resume(run);

        var outcomes = (await desk.Job("results", run, "--json")).Outcomes;
        Assert.Equal(4 * Edits, outcomes.DistinctBy(outcome => (outcome.Device, outcome.Step)).Count());
        Assert.Equal(4 * Edits, outcomes.Count);
        Assert.DoesNotContain(outcomes, outcome => outcome.Kind is not (null or "interrupted" or "skipped"));
        foreach (var device in outcomes.GroupBy(outcome => outcome.Device))
            Assert.InRange(device.Count(outcome => outcome.Verdict == "unknown"), 0, 1);
        resumed.Exits(outcomes.Any(outcome => outcome.Verdict == "unknown") ? 3 : 0);
    }

    private static string[] Places(Desk desk, string inventory) => ["--inventory", inventory, "--state", desk.State, "--known-hosts", desk.KnownHosts, "--accept-new"];
}
