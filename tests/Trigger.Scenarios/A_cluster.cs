using Trigger.Scenarios.Rig;
using Trigger.Scenarios.Storage;

namespace Trigger.Scenarios;

/// <summary>Three node processes on one PostgreSQL, and real servers that write down every command. Whatever happens to a node: every step has one outcome, and none is sent twice.</summary>
[Collection(LongestFirst.Crowded)] // Its servers count their sessions, so one test at a time has them.
public sealed class A_cluster(Lab lab)
{
    private const int Servers = 24;
    private static readonly string[] Nodes = ["n1", "n2", "n3"];
    private static readonly string[] Steps = ["first", "second"];

    [Fact]
    public async Task does_a_run_wherever_the_devices_are_at_home()
    {
        await using var rig = await Up(ClusterRig.LongLease);
        var run = rig.Begin("n2", rig.Note("first"), rig.Note("second"));

        var ended = (await run.End()).Exits(0);

        Assert.Equal(Servers * 2, ended.Outcomes.Count);
        Assert.Equal((Servers * 2, 0, 0), await rig.Audit("n3", ended.Outcomes[0].Run, Servers, Steps));
        Assert.Contains("n1", (await rig.Pbm("n1", "cluster", "show")).Exits(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task records_the_sessions_of_a_run_wherever_they_are_and_hands_them_to_who_asked()
    {
        await using var rig = await Up(ClusterRig.LongLease);
        var seen = rig.Desk.File("seen");

        var ended = (await rig.Desk.Start(["run", "--cluster", rig.Url("n2"), "--on", "all", "--json", "--record", seen, "-c", rig.Note("first"), "-c", "echo it is $((40 + 2))"]).End()).Exits(0);

        Assert.Equal(Servers * 2, ended.Outcomes.Count);
        var files = Directory.GetFiles(seen);
        Assert.Equal(Enumerable.Range(1, Servers).Select(n => $"d{n}.1.dialogue").Order(StringComparer.Ordinal), files.Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var file in files)
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            Assert.Contains("it is 42", text, StringComparison.Ordinal);
            Assert.Contains(" = closed by ", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Lab.Password, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ends_a_run_as_it_went_also_when_its_recordings_cannot_be_fetched()
    {
        await using var rig = new ClusterRig(lab, ClusterRig.LongLease);
        rig.Crowd(1);
        await rig.Start(["n1"]);
        var seen = rig.Desk.File("seen");

        var ended = (await rig.Desk.Start(["run", "--cluster", rig.Url("n1"), "--on", "all", "--json", "--record", seen, "-c", $"rmdir {seen}", "-c", "false"]).End()).Exits(1);

        Assert.Equal(2, ended.Outcomes.Count);
        ended.Outcomes[0].IsAccepted();
        Assert.Contains("the recordings were not fetched whole: ", ended.Error, StringComparison.Ordinal);
        Assert.Contains($"trigger job recordings {ended.Outcomes[0].Run}", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task survives_the_death_of_any_node(int round)
    {
        await using var rig = await Up(ClusterRig.Lease);
        var (run, id) = await rig.Begun("n1", Random.Shared.Next(1, 12));
        var coordinator = await rig.HomeOfRun(id, Nodes);
        var victim = round == 1 ? coordinator : Nodes.First(node => node != coordinator);

        rig.Kill(victim);
        rig.LetGo();
        var through = Nodes.First(node => node != victim);
        await rig.Finished(id);

        var (accepted, refused, unknown) = await rig.Audit(through, id, Servers, Steps);
        Assert.Equal(Servers * 2, accepted + refused + unknown);
        Assert.InRange(unknown, 0, 8);
        run.Stop();
    }

    [Fact]
    public async Task heeds_a_word_that_was_told_to_a_node_which_died_of_it()
    {
        await using var rig = await Up(ClusterRig.Lease);
        var run = rig.Begin("n1", rig.Note("first", rig.HeldFrom(1)), rig.Note("second"));
        await rig.Until("(select count(*) from {0}.event where type = 'step-started') = 8");
        var id = (string)rig.Database.Ask("select id from run")!;
        var coordinator = await rig.HomeOfRun(id, Nodes);
        var through = Nodes.First(node => node != coordinator);

        // The journal takes nothing, so what comes of the word is lost with the node.
        await using (var wall = rig.Database.Connect())
        {
            await using var shut = wall.CreateCommand();
            shut.CommandText = $"begin; lock table {rig.Database.Schema}.event in share mode";
            await shut.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
            (await rig.Pbm(through, "job", "pause", id)).Exits(0);
            await rig.Until("exists (select 1 from pg_locks where not granted and relation = '{0}.event'::regclass)");
            rig.Kill(coordinator);
            rig.Database.Ask("select count(pg_terminate_backend(pid)) from pg_locks where not granted and relation = 'event'::regclass");
            await rig.Until("not exists (select 1 from pg_locks where not granted and relation = '{0}.event'::regclass)");
        }

        await rig.Until("exists (select 1 from {0}.event where type = 'run-paused')");
        (await rig.Pbm(through, "job", "resume", id)).Exits(0);
        rig.LetGo();
        await rig.Finished(id);

        var (accepted, refused, unknown) = await rig.Audit(through, id, Servers, Steps);
        Assert.Equal(Servers * 2, accepted + refused + unknown);
        run.Stop();
    }

    [Fact]
    public async Task has_a_frozen_node_killed_so_that_its_sessions_end_before_others_begin()
    {
        await using var rig = await Up(ClusterRig.Lease);
        var (run, id) = await rig.Begun("n1", 3);
        var coordinator = await rig.HomeOfRun(id, Nodes);
        var victim = Nodes.First(node => node != coordinator);

        await rig.Signal(victim, "STOP");
        rig.LetGo();
        Assert.NotEqual(0, await rig.Exit(victim));

        Assert.Contains((await run.End()).ExitCode, (int[])[0, 3]);
        await rig.Audit(coordinator, id, Servers, Steps);
    }

    [Fact]
    public async Task loses_nothing_with_its_lighthouse()
    {
        await using var rig = new ClusterRig(lab, ClusterRig.Lease);
        rig.Crowd(Servers);
        await rig.Start(["light"], arguments: ["--role", "lighthouse"]);
        await rig.Start(["n1", "n2"]);
        var (run, id) = await rig.Begun("light", 3);

        // Who asked through it asks another node.
        rig.Kill("light");
        rig.LetGo();
        (await run.End()).Exits(0);

        await rig.Start(["light"], arguments: ["--role", "lighthouse"]);
        Assert.Equal((Servers * 2, 0, 0), await rig.Audit("light", id, Servers, Steps));
    }

    [Fact]
    public async Task goes_on_without_a_node_that_is_declared_down()
    {
        await using var rig = await Up(ClusterRig.Lease);
        var (run, id) = await rig.Begun("n1", 3);

        (await rig.Pbm("n1", "cluster", "down", "n3")).Exits(0);
        Assert.NotEqual(0, await rig.Exit("n3"));
        rig.LetGo();
        await rig.Finished(id);

        Assert.DoesNotContain("n3", (await rig.Pbm("n1", "cluster", "show")).Exits(0).Out, StringComparison.Ordinal);
        var (accepted, refused, unknown) = await rig.Audit("n1", id, Servers, Steps);
        Assert.Equal(Servers * 2, accepted + refused + unknown);
        run.Stop();
    }

    [Fact]
    public async Task goes_on_when_its_nodes_are_restarted_one_after_the_other()
    {
        await using var rig = await Up(ClusterRig.LongLease);
        var (run, id) = await rig.Begun("n1", 2);
        rig.LetGo(); // Who drains waits for what is under way.
        foreach (var node in Nodes)
        {
            await rig.Signal(node, "TERM");
            Assert.Equal(0, await rig.Exit(node));
            await rig.Start([node]);
        }

        await rig.Finished(id);

        Assert.Equal((Servers * 2, 0, 0), await rig.Audit("n1", id, Servers, Steps));
        run.Stop();
    }

    [Fact]
    public async Task goes_on_without_a_node_that_is_cut_off_from_the_database_and_takes_it_back()
    {
        await using var rig = new ClusterRig(lab, ClusterRig.Lease);
        rig.Crowd(Servers);
        await using var line = new CutLine(rig.Database.Address);
        await rig.Start(["n1", "n2"]);
        await rig.Start(["n3"], line.Address);
        var (run, id) = await rig.Begun("n1", 3);

        await line.Cut();
        rig.LetGo();
        await rig.Finished(id);
        await rig.Until("not exists (select 1 from {0}.shard where owner_node = 'n3')");
        await line.Mend();
        await rig.Until("exists (select 1 from {0}.shard where owner_node = 'n3' and space = 'devices')");

        await rig.Audit("n1", id, Servers, Steps);
        Assert.Equal((Servers * 2, 0, 0), await Again(rig, "n3"));
        run.Stop();
    }

    [Fact]
    public async Task bears_a_crash_of_its_database()
    {
        await using var server = await OwnServer.Start();
        await using var rig = new ClusterRig(lab, ClusterRig.Lease, server.Address);
        rig.Crowd(Servers);
        await rig.Start(Nodes);
        var (run, id) = await rig.Begun("n1", 3);

        await server.Crash();
        rig.LetGo();
        await server.StartAgain();
        await rig.Finished(id);

        var (accepted, refused, unknown) = await rig.Audit("n1", id, Servers, Steps);
        Assert.Equal(Servers * 2, accepted + refused + unknown);
        run.Stop();
    }

    /// <summary>One more run, on servers that have forgotten the one before.</summary>
    private static async Task<(int, int, int)> Again(ClusterRig rig, string through)
    {
        File.Delete(rig.Sent);
        var ended = (await rig.Begin(through, rig.Note("first"), rig.Note("second")).End()).Exits(0);
        return await rig.Audit(through, ended.Outcomes[0].Run, Servers, Steps);
    }

    [Fact]
    public async Task asks_twice_under_one_key_and_runs_once()
    {
        await using var rig = await Up(ClusterRig.LongLease);
        using var http = new HttpClient { BaseAddress = new Uri(rig.Url("n1")) };
        http.DefaultRequestHeaders.Add("Idempotency-Key", "change-4711");
        var body = $$"""{"on":"all","commands":[{{System.Text.Json.JsonSerializer.Serialize(rig.Note("first"))}}]}""";
        async Task<string> Ask()
        {
            using var response = await http.PostAsync(new Uri("api/runs", UriKind.Relative), new StringContent(body, null, "application/json"), TestContext.Current.CancellationToken);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.IsSuccessStatusCode, text);
            return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("run").GetString()!;
        }

        var runs = await Task.WhenAll(Ask(), Ask(), Ask());

        var id = Assert.Single(runs.Distinct());
        await rig.Finished(id);
        Assert.Equal((Servers, 0, 0), await rig.Audit("n1", id, Servers, ["first"]));
    }

    [Fact]
    public async Task runs_what_is_due_once_whoever_of_its_nodes_lives()
    {
        await using var rig = await Up(ClusterRig.Lease);
        var asked = await rig.Desk.Trigger(
            ["run", "--cluster", rig.Url("n1"), "--schedule", "tick", "--every", "10s", "--on", "d1", "-c", rig.Note("tick")]);
        Assert.StartsWith("tick: next ", asked.Exits(0).Out, StringComparison.Ordinal);
        await rig.Until("exists (select 1 from {0}.run where finished_at is not null)");

        // Whoever has asked for the first one has the coordinators' first shard.
        var asker = Nodes.Single(node => node == rig.OwnerOf("runs", 0));
        rig.Kill(asker);
        await rig.Until("3 <= (select count(*) from {0}.run where finished_at is not null)");
        var through = Nodes.First(node => node != asker);
        (await rig.Pbm(through, "schedule", "remove", "tick")).Exits(0);
        await rig.Until("not exists (select 1 from {0}.run where finished_at is null)");

        // What the killed node was sending in its last moment, nobody knows: it is in doubt, and was sent once or not at all.
        var sent = (await File.ReadAllLinesAsync(rig.Sent, TestContext.Current.CancellationToken)).Length;
        var accepted = (long)rig.Database.Ask("select count(*) from outcome where verdict = 'accepted'")!;
        var unknown = (long)rig.Database.Ask("select count(*) from outcome where verdict = 'unknown'")!;
        Assert.InRange(unknown, 0, 1);
        Assert.InRange(sent, accepted, accepted + unknown);
        Assert.Equal(0L, rig.Database.Ask("select count(*) from outcome where verdict = 'refused'"));
    }

    private async Task<ClusterRig> Up(TimeSpan lease)
    {
        var rig = new ClusterRig(lab, lease);
        rig.Crowd(Servers);
        await rig.Start(Nodes);
        return rig;
    }
}
