using Trigger.Scenarios.Rig;
using Trigger.Scenarios.Storage;

namespace Trigger.Scenarios;

/// <summary>Nobody's wall clock decides who owns a device: neither a node's nor the database's, wrong from the start or set in the midst of a run.</summary>
[Collection(LongestFirst.Crowded)] // Its servers count their sessions, so one test at a time has them.
public sealed class A_cluster_with_wrong_clocks(Lab lab)
{
    private const int Servers = 24;
    private static readonly string[] Steps = ["first", "second"];

    [Fact]
    public async Task of_its_nodes_does_everything_once()
    {
        await using var rig = new ClusterRig(lab, ClusterRig.Lease);
        rig.Crowd(Servers);
        var clock = new FakeWallClock(rig.Desk.File("clock"), "-1h");
        await rig.Start(["n1", "n2"]);
        await rig.Start(["n3"], settings: await clock.Environment());
        var (run, id) = await rig.Begun("n1", 3);

        clock.Set("+1d");
        rig.LetGo();
        await rig.Finished(id);

        Assert.Equal((Servers * 2, 0, 0), await rig.Audit("n3", id, Servers, Steps));
        Assert.DoesNotContain("has lost its shards", rig.Log("n3"), StringComparison.Ordinal);
        run.Stop();
    }

    [Fact]
    public async Task of_its_database_does_everything_once()
    {
        await using var desk = lab.Desk();
        var clock = new FakeWallClock(desk.File("clock"), "-1h");
        await using var server = await OwnServer.Start(clock);
        await using var rig = new ClusterRig(lab, ClusterRig.Lease, server.Address);
        rig.Crowd(Servers);
        await rig.Start(["n1", "n2", "n3"]);
        var (run, id) = await rig.Begun("n1", 3);

        clock.Set("+1d");
        await rig.Until($"clock_timestamp() > timestamptz '{DateTime.UtcNow.AddHours(20):yyyy-MM-dd HH:mm}Z'");
        rig.LetGo();
        await rig.Finished(id);

        Assert.Equal((Servers * 2, 0, 0), await rig.Audit("n2", id, Servers, Steps));
        Assert.All((string[])["n1", "n2", "n3"], node => Assert.DoesNotContain("has lost its shards", rig.Log(node), StringComparison.Ordinal));
        run.Stop();
    }
}
