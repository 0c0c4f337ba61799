using Trigger.Storage;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>Accounts of a cluster for its devices.</summary>
public abstract class CredentialConformance : IDisposable
{
    private static readonly DateTimeOffset Made = new(2026, 11, 22, 7, 0, 0, 250, TimeSpan.Zero);

    private readonly StorageRig rig;
    private readonly Database database;
    private readonly CredentialTable table;

    protected CredentialConformance(StorageRig rig)
    {
        this.rig = rig;
        database = rig.Open();
        table = new CredentialTable(database);
    }

    public void Dispose()
    {
        database.Dispose();
        rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void come_back_as_they_were_put_in_the_order_in_which_they_are_tried()
    {
        table.Set(Row("central"), first: false);
        table.Set(Row("local"), first: false);
        table.Set(Row("urgent"), first: true);
        Assert.Equal(["urgent", "central", "local"], table.All().Rows.Select(row => row.Realm));

        var back = table.All().Rows[1];
        Assert.Equal(Row("central").Secret, back.Secret);
        Assert.Equal(Row("central") with { Secret = [] }, back with { Secret = [] });
    }

    [Fact]
    public void keep_their_place_when_they_are_set_again_unless_they_are_to_be_first()
    {
        table.Set(Row("a"), first: false);
        table.Set(Row("b"), first: false);
        table.Set(Row("a") with { UserName = "other", OwnEnable = false }, first: false);
        Assert.Equal([("a", "other", false), ("b", "admin", true)], table.All().Rows.Select(row => (row.Realm, row.UserName, row.OwnEnable)));

        table.Set(Row("b"), first: true);
        Assert.Equal(["b", "a"], table.All().Rows.Select(row => row.Realm));
    }

    [Fact]
    public async Task raise_the_version_with_every_change()
    {
        var version = await table.Version(TestContext.Current.CancellationToken);
        table.Set(Row("a"), first: false);
        Assert.True(table.Remove("a"));

        Assert.Equal(version + 2, await table.Version(TestContext.Current.CancellationToken));
        Assert.Equal(version + 2, table.All().Version);
        Assert.Empty(table.All().Rows);
        Assert.False(table.Remove("a"));
    }

    [Fact]
    public void are_not_given_an_old_secret_by_a_change_of_keys()
    {
        table.Set(Row("a"), first: false);
        var before = table.All().Rows[0];
        Assert.True(table.Rekey(before, "k2", [7, 8]));
        Assert.False(table.Rekey(before, "k3", [9]));

        Assert.Equal("k2", table.All().Rows[0].KeyId);
        Assert.Equal([7, 8], table.All().Rows[0].Secret);
    }

    private static CredentialRow Row(string realm) => new(realm, "vendor=cisco", "admin", true, "k1", [1, 2, 3, 0, 255], Made, "alice");
}
