using Trigger.Scenarios.Rig;
using Trigger.Scenarios.Storage;

namespace Trigger.Scenarios;

/// <summary>Three nodes, and a database that is in trouble in the midst of a run. Whatever it is: every step has one outcome, and none is sent twice.</summary>
[Collection(LongestFirst.Crowded)] // Its servers count their sessions, so one test at a time has them.
public sealed class A_cluster_on_bad_ground(Lab lab)
{
    private const int Servers = 24;
    private static readonly string[] Nodes = ["n1", "n2", "n3"];

    [Fact]
    public async Task goes_over_to_the_standby_when_its_database_dies()
    {
        await using var server = await OwnServer.Start();
        await using var standby = await server.Standby();
        await using var rig = Rig(server.Address.Replace($"127.0.0.1:{server.Port}", $"127.0.0.1:{server.Port},127.0.0.1:{standby.Port}", StringComparison.Ordinal));
        await rig.Start(Nodes);
        var (run, id) = await rig.Begun("n1", 3);

        await server.Crash();
        rig.LetGo();
        await standby.Promote();
        await rig.Finished(id);

        await EveryStepHasOneOutcome(rig, id);
        run.Stop();
    }

    [Fact]
    public async Task has_no_sessions_while_its_database_is_silent_and_goes_on_when_it_speaks()
    {
        await using var server = await OwnServer.Start();
        await using var rig = Rig(server.Address);
        await rig.Start(Nodes);
        var (run, id) = await rig.Begun("n1", 3);

        await server.Freeze();
        foreach (var node in Nodes)
            await rig.Says(node, "This node has lost its shards");
        await server.Thaw();
        rig.LetGo();
        await rig.Finished(id);

        await EveryStepHasOneOutcome(rig, id);
        run.Stop();
    }

    [Fact]
    public async Task bears_a_disk_that_takes_a_tenth_of_a_second_for_every_commit()
    {
        await using var server = await OwnServer.Start();
        await using var rig = Rig(server.Address);
        await rig.Start(Nodes);
        foreach (var (setting, value) in new[] { ("fsync", "on"), ("commit_siblings", "0"), ("commit_delay", "100000") })
            await server.Change(setting, value);

        var ended = (await rig.Begin("n2", rig.Note("first"), rig.Note("second")).End()).Exits(0);

        Assert.Equal((Servers * 2, 0, 0), await rig.Audit("n3", ended.Outcomes[0].Run, Servers, ["first", "second"]));
    }

    [Fact]
    public async Task goes_on_after_others_had_taken_all_connections_of_its_database()
    {
        await using var server = await OwnServer.Start();
        await using var rig = Rig(server.Address);
        await rig.Start(Nodes);
        var (run, id) = await rig.Begun("n1", 3);

        await using (await Crowd.In(server))
        {
            rig.LetGo();
            foreach (var node in Nodes)
                await rig.Says(node, "This node has lost its shards");
        }

        rig.FaultIsOver();
        await rig.Finished(id);

        await EveryStepHasOneOutcome(rig, id);
        run.Stop();
    }

    private ClusterRig Rig(string server)
    {
        var rig = new ClusterRig(lab, ClusterRig.Lease, server);
        rig.Crowd(Servers);
        return rig;
    }

    private static async Task EveryStepHasOneOutcome(ClusterRig rig, string run)
    {
        var (accepted, refused, unknown) = await rig.Audit("n1", run, Servers, ["first", "second"]);
        Assert.Equal(Servers * 2, accepted + refused + unknown);
    }
}
