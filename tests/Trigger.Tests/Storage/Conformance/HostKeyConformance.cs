using Trigger.Storage;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>SSH host keys of a cluster.</summary>
public abstract class HostKeyConformance : IDisposable
{
    private const int Most = 3;

    private static readonly DateTimeOffset Seen = new(2026, 11, 22, 12, 0, 0, 250, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StorageRig rig;
    private readonly Database database;
    private readonly HostKeyTable table;

    protected HostKeyConformance(StorageRig rig)
    {
        this.rig = rig;
        database = rig.Open();
        table = new HostKeyTable(database);
    }

    public void Dispose()
    {
        database.Dispose();
        rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task come_back_as_they_were_put_and_by_their_host()
    {
        Assert.True(await table.Meet(Row("a", "10.0.0.1"), Patience));
        Assert.True(await table.Meet(Row("b", "[10.0.0.1]:2022"), Patience));

        Assert.Equal([Row("a", "10.0.0.1")], await table.Of("10.0.0.1", Patience));
        Assert.Empty(await table.Of("10.0.0.9", Patience));
        Assert.Equal([Row("a", "10.0.0.1"), Row("b", "[10.0.0.1]:2022")], table.All());
        Assert.Equal([], table.All(HostKeyRow.Waiting));
    }

    [Fact]
    public async Task are_a_host_s_first_for_one_of_all_who_meet_it_at_once()
    {
        using var second = rig.Open();
        var tables = new[] { table, new HostKeyTable(second) };

        var met = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(() => tables[number % 2].Meet(Row($"k{number}", "10.0.0.1"), Patience))));

        Assert.Single(met, first => first);
        Assert.Single(await table.Of("10.0.0.1", Patience));
    }

    [Fact]
    public async Task wait_once_and_no_more_of_a_host_than_may()
    {
        await table.Meet(Row("known", "h"), Patience);

        Assert.True(await table.Wait(Row("k1", "h", HostKeyRow.Waiting), Most, Patience));
        Assert.False(await table.Wait(Row("k1", "h", HostKeyRow.Waiting), Most, Patience));
        Assert.True(await table.Wait(Row("k2", "h", HostKeyRow.Waiting), Most, Patience));
        Assert.True(await table.Wait(Row("k3", "h", HostKeyRow.Waiting), Most, Patience));
        Assert.False(await table.Wait(Row("k4", "h", HostKeyRow.Waiting), Most, Patience));
        Assert.True(await table.Wait(Row("k4", "other", HostKeyRow.Waiting), Most, Patience));

        Assert.Equal(4, table.All(HostKeyRow.Waiting).Count);
        Assert.Equal(["known"], table.All(HostKeyRow.Trusted).Select(row => row.Id));
    }

    [Fact]
    public async Task are_approved_in_the_place_of_those_before()
    {
        await table.Meet(Row("old", "h"), Patience);
        await table.Meet(Row("elsewhere", "other"), Patience);
        await table.Wait(Row("new", "h", HostKeyRow.Waiting), Most, Patience);

        var approved = table.Approve("new", Seen.AddHours(1), "alice");

        Assert.Equal((HostKeyRow.Trusted, Seen.AddHours(1), "alice"), (approved!.State, approved.DecidedAt, approved.DecidedBy));
        Assert.Equal([("elsewhere", HostKeyRow.Trusted), ("new", HostKeyRow.Trusted), ("old", HostKeyRow.Replaced)], table.All().Select(row => (row.Id, row.State)).Order());
        Assert.Null(table.Approve("none", Seen, "alice"));

        // The old one comes back: that is a change again.
        Assert.True(await table.Wait(Row("old", "h", HostKeyRow.Waiting), Most, Patience));
    }

    [Fact]
    public async Task are_rejected_and_then_neither_wait_nor_are_first_again()
    {
        await table.Wait(Row("bad", "h", HostKeyRow.Waiting), Most, Patience);

        Assert.Equal(HostKeyRow.Rejected, table.Reject("bad", Seen.AddHours(1), "bob")!.State);

        Assert.False(await table.Wait(Row("bad", "h", HostKeyRow.Waiting), Most, Patience));
        Assert.False(await table.Meet(Row("bad", "h"), Patience));
        Assert.Equal([(HostKeyRow.Rejected, "bob")], (await table.Of("h", Patience)).Select(row => (row.State, row.DecidedBy)));
        Assert.Null(table.Reject("none", Seen, "bob"));
        Assert.Equal(1, table.Forget("h"));
        Assert.True(await table.Meet(Row("bad", "h"), Patience));
    }

    [Fact]
    public async Task are_imported_where_nobody_has_decided()
    {
        await table.Wait(Row("waits", "h", HostKeyRow.Waiting), Most, Patience);
        await table.Wait(Row("bad", "h", HostKeyRow.Waiting), Most, Patience);
        table.Reject("bad", Seen, "bob");
        var vouched = new[] { "waits", "bad", "new" }.Select(id => Row(id, "h") with { DecidedAt = Seen, DecidedBy = "alice" }).ToList();

        Assert.Equal(2, table.Import(vouched));
        Assert.Equal(0, table.Import(vouched));

        Assert.Equal([("bad", HostKeyRow.Rejected), ("new", HostKeyRow.Trusted), ("waits", HostKeyRow.Trusted)], table.All().Select(row => (row.Id, row.State)).Order());
    }

    [Fact]
    public async Task are_counted_with_every_change()
    {
        var before = await table.Version(Patience);
        await table.Meet(Row("a", "h"), Patience);
        var met = await table.Version(Patience);
        table.Forget("h");

        Assert.True(before < met && met < await table.Version(Patience));
    }

    private static HostKeyRow Row(string id, string host, string state = HostKeyRow.Trusted) => new(id, host, "ssh-ed25519", $"AAAA{id}", $"SHA256:{id}", state, Seen, "n1");
}
