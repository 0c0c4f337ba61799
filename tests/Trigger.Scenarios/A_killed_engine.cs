using Trigger.Scenarios.Rig;
using Trigger.Scenarios.Storage;

namespace Trigger.Scenarios;

/// <summary>kill -9 at any moment: what is on record stays, nothing on record is sent again, and what may have been sent is said to be in doubt.</summary>
public sealed class A_killed_engine(Lab lab)
{
    private const int Servers = 16;
    private static readonly string[] Steps = ["first", "second", "third"];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    public async Task leaves_a_run_that_is_finished_later_without_sending_anything_twice(int round, bool onServer)
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"round {round}, seed {seed}");
        var random = new Random(seed);
        using var server = onServer ? new PostgresRig() : null;
        await using var desk = lab.Desk(server is null ? [] : [server.Password]);
        if (server is not null)
            desk.With("PGPASSWORD", server.Password).Journal = server.AddressWithoutPassword;
        var file = desk.File("sent");
        for (var n = 1; n <= Servers; n++)
            desk.Server($"d{n}", $"127.31.0.{n}", Lab.CrowdSsh);

        // Nearly over it waits, or on a busy machine it might be over before it is killed.
        var gate = desk.File("let-go");
        var wait = $"sleep 0.1; while [ ! -e {gate} ] && [ $(wc -l < {file}) -ge 42 ]; do sleep 0.1; done";
        var begun = desk.Begin(["--parallel", "6", .. Steps.Select(step => $"echo \"$SSH_CONNECTION {step}\" >> {file}; {wait}")]);
        var heard = new List<string>();
        for (var left = random.Next(1, 36); left > 0; left--)
            heard.Add((await begun.Line())!);
        begun.Crash();
        await begun.End();
        await File.WriteAllTextAsync(gate, "", TestContext.Current.CancellationToken);

        var (run, state) = await desk.TheRun();
        Assert.Equal("interrupted", state);
        var before = (await desk.Job("results", run, "--json")).Lines;
        Assert.Subset(before.ToHashSet(), heard.ToHashSet());

        var resumed = await desk.Resume(run);

        var after = (await desk.Job("results", run, "--json")).Lines;
        Assert.Subset(after.ToHashSet(), before.ToHashSet());
        Assert.Empty(before.Intersect(resumed.Lines));
        var outcomes = after.Select(Outcome.Parse).ToList();
        Assert.Equal(Servers * Steps.Length, outcomes.Count);
        Assert.Equal(outcomes.Count, outcomes.DistinctBy(o => (o.Device, o.Step)).Count());
        Assert.Equal("finished", (await desk.TheRun()).State);

        var sent = (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).Select(line => line.Split(' ')).ToLookup(words => ($"d{words[2].Split('.')[3]}", words[4]));
        foreach (var outcome in outcomes)
        {
            var times = sent[(outcome.Device, Steps[outcome.Step])].Count();
            switch (outcome.Verdict)
            {
                case "accepted":
                    Assert.Equal(1, times);
                    break;
                case "unknown":
                    outcome.Is("interrupted", "unknown").Says("may or may not have been carried out");
                    Assert.InRange(times, 0, 1);
                    break;
                default:
                    outcome.Is("skipped").Says("in doubt");
                    Assert.Equal(0, times);
                    break;
            }
        }

        resumed.Exits(outcomes.Exists(o => o.Verdict == "unknown") ? 3 : 0);
    }

    [Fact]
    public async Task never_has_the_command_in_flight_sent_again()
    {
        await using var desk = lab.Desk().Server();
        var (file, begins, ends) = (desk.File("sent"), await desk.Pipe("begins"), await desk.Pipe("ends"));

        var begun = desk.Begin("echo before", $"echo sent >> {file}; echo begun > {begins}; cat {ends}", "echo after");
        Assert.Equal("begun\n", await Tool.Run("head", "-n", "1", begins));
        begun.Crash();
        await begun.End();
        var (run, state) = await desk.TheRun();
        Assert.Equal("interrupted", state);
        Assert.Contains($"trigger job resume {run}", (await desk.Job("show", run)).Exits(0).Out, StringComparison.Ordinal);

        (await desk.Resume(run)).Exits(3);

        var outcomes = (await desk.Job("results", run, "--json")).Exits(3).Outcomes;
        Assert.Equal("before\n", outcomes[0].IsAccepted().Output);
        outcomes[1].Is("interrupted", "unknown");
        outcomes[2].Is("skipped").Says("in doubt");
        Assert.Single(await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken));
        Assert.Contains("has finished", (await desk.Resume(run)).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task has_a_reading_command_in_flight_asked_again_because_that_does_no_harm()
    {
        await using var desk = lab.Desk().Server();
        var pipe = await desk.Pipe("pipe");

        // The change before it, once told, proves that the run is on record: a reading command alone is sent while the journal is still being opened.
        var begun = desk.Begin("sleep 0", $"cat {pipe}");
        (await begun.Outcome()).IsAccepted();
        // A pipe can be opened for writing only when somebody reads it: the command is with the device.
        await Tool.Run("/bin/bash", "-c", $"exec 3> '{pipe}'; kill -9 {begun.Id}");
        await begun.End();

        var run = (await desk.TheRun()).Id;
        var resumed = desk.Start(["job", "resume", run, "--json", "--known-hosts", desk.KnownHosts, "--state", desk.State]);
        await Tool.Run("/bin/bash", "-c", $"echo answered > '{pipe}'");

        Assert.Equal("answered\n", (await resumed.End()).Exits(0).Outcomes[^1].IsAccepted().Output);
    }

    [Fact]
    public async Task lets_a_device_that_is_gone_from_the_inventory_fail_alone()
    {
        await using var desk = lab.Desk().Server("here").Server("gone", "127.31.0.9", Lab.CrowdSsh);
        var pipe = await desk.Pipe("pipe");

        var begun = desk.Begin("--parallel", "1", "sleep 0", $"cat {pipe}");
        (await begun.Outcome()).IsAccepted();
        await Tool.Run("/bin/bash", "-c", $"exec 3> '{pipe}'; kill -9 {begun.Id}");
        await begun.End();
        var run = (await desk.TheRun()).Id;
        var other = desk.Write("other.csv", $"nodeName,platform,address,port\nhere,linux,127.0.0.1,{Lab.Ssh}\n");
        var resumed = desk.Start(["job", "resume", run, "--json", "--inventory", other, "--known-hosts", desk.KnownHosts, "--state", desk.State]);
        await Tool.Run("/bin/bash", "-c", $"echo answered > '{pipe}'");

        var outcomes = (await resumed.End()).Exits(1).Outcomes;
        Assert.Equal("answered\n", outcomes.Last(o => o.Device == "here").IsAccepted().Output);
        outcomes.First(o => o.Device == "gone").Is("engine_failed").Says("no longer in the inventory");
    }
}
