using Trigger.Storage;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>The ACLs that were put on devices by name.</summary>
public abstract class AclConformance(StorageRig rig) : IDisposable
{
    protected StorageRig Rig { get; } = rig;

    public void Dispose()
    {
        Rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void are_kept_once_and_say_what_is_new()
    {
        using (var database = Rig.Open())
        {
            var table = new DeviceAclTable(database);
            Assert.Equal([("r1", "b"), ("r1", "a")], table.Add([("r1", "b"), ("r1", "a"), ("r1", "b")], "me"));
            Assert.Equal([("r2", "a")], table.Add([("r1", "a"), ("r2", "a")], "you"));
            Assert.Equal([("r1", "b")], table.Remove([("r1", "b"), ("r3", "a")]));
        }

        using var again = Rig.Open();
        Assert.Equal([("r1", "a", "me"), ("r2", "a", "you")], new DeviceAclTable(again).All().Select(row => (row.Device, row.Acl, row.By)));
    }
}
