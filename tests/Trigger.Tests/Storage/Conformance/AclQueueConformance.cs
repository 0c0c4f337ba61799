using Trigger.Storage;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>ACLs that wait to be loaded.</summary>
public abstract class AclQueueConformance(StorageRig rig) : IDisposable
{
    protected StorageRig Rig { get; } = rig;

    public void Dispose()
    {
        Rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void waits_across_a_restart_until_it_is_cleared()
    {
        using (var database = Rig.Open())
        {
            var queue = new AclQueueTable(database);
            queue.Add([("r1", "118"), ("r2", "118")], "me", escalation: false);
            queue.Add([("r1", "118")], "you", escalation: true);
            queue.Add([("r1", "119")], "me", escalation: false);
            queue.AddManual("a thing of its own", "me");
        }

        using var again = Rig.Open();
        var table = new AclQueueTable(again);
        Assert.Equal([("r1", "118", false), ("r2", "118", false), ("r1", "118", true), ("r1", "119", false)], table.Waiting().Select(row => (row.Device, row.Acl, row.Escalation)));
        Assert.Equal(["r1", "r2"], table.Clear("118"));
        Assert.Empty(table.Clear("118"));
        Assert.Equal("119", Assert.Single(table.Waiting()).Acl);

        Assert.Equal(("a thing of its own", "me"), table.Manual().Select(row => (row.What, row.By)).Single());
        Assert.True(table.ClearManual("a thing of its own"));
        Assert.False(table.ClearManual("a thing of its own"));
        Assert.Empty(table.Manual());
    }

    [Fact]
    public void is_done_only_with_what_was_queued_before_it_was_read()
    {
        using var database = Rig.Open();
        var queue = new AclQueueTable(database);
        queue.Add([("r1", "118"), ("r1", "118"), ("r2", "118")], "me", escalation: false);
        var upTo = queue.Waiting()[^1].Id;
        Assert.Equal(2, queue.Begin([Load("run1", "r1", upTo), Load("run1", "r2", upTo)]).Count);
        queue.Add([("r1", "118")], "late", escalation: false);

        queue.End("run1", "r1", AclQueueTable.Loaded);
        queue.End("run1", "r1", AclQueueTable.Loaded);
        queue.End("run1", "r2", "failed");

        Assert.Equal([("r2", "me"), ("r1", "late")], queue.Waiting().Select(row => (row.Device, row.By)));
        Assert.Empty(queue.Open());
        Assert.Equal("r2", Assert.Single(queue.Last("failed")).Device);
    }

    [Fact]
    public void lets_one_run_at_a_time_load_an_ACL_on_a_device()
    {
        using var database = Rig.Open();
        var queue = new AclQueueTable(database);
        Assert.Single(queue.Begin([Load("run1", "r1", 0)]));

        Assert.Equal("r2", Assert.Single(queue.Begin([Load("run2", "r1", 0), Load("run2", "r2", 0)])).Device);
        Assert.Equal([("run1", "r1"), ("run2", "r2")], queue.Open().Select(row => (row.Run, row.Device)));

        queue.Release("run1");
        Assert.Single(queue.Begin([Load("run3", "r1", 0)]));
        queue.End("run3", "r1", "in doubt");
        queue.Release("run3");
        Assert.Equal("run3", Assert.Single(queue.Last("in doubt")).Run);

        Assert.Single(queue.Begin([Load("run4", "r1", 0) with { At = DateTimeOffset.UnixEpoch.AddDays(1) }]));
        queue.End("run4", "r1", AclQueueTable.Loaded);
        Assert.Empty(queue.Last("in doubt"));
    }

    private static AclLoadRow Load(string run, string device, long upTo) => new(run, device, "118", "118.0123456789abcdef", upTo, 2, DateTimeOffset.UnixEpoch, null);
}
