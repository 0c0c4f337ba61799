using Npgsql;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Storing;
using Trigger.Tests.Storage.Conformance;

namespace Trigger.Scenarios.Storage;

public sealed class A_cluster_in_PostgreSQL() : ClusterStoreConformance(new PostgresRig())
{
    [Fact]
    public async Task ends_a_frozen_owner_s_transaction_that_stands_in_a_take_over_s_way()
    {
        var authority = await Settled();
        var b = new MemberId("b", 22);
        await Store.Assign(authority, [new(new("devices", 1), b)]);
        await Store.Acquire(b);

        // As a node is that was stopped between the fence of its journal and the commit.
        using var frozen = ((PostgresRig)Rig).Connect();
        using var hold = frozen.CreateCommand();
        hold.CommandText = $"set search_path = {((PostgresRig)Rig).Schema}; begin; select epoch from shard where space = 'devices' and number = 1 for share";
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        Assert.Equal(FenceAnswer.Fenced, await Store.Fence(new MemberId("a", 11), await BeatOf(b)));
        await Assert.ThrowsAnyAsync<NpgsqlException>(async () =>
        {
            hold.CommandText = "commit";
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        });
    }

    [Fact]
    public async Task hints_at_letters_and_changes()
    {
        await Settled();
        var b = new MemberId("b", 22);
        var heard = System.Threading.Channels.Channel.CreateUnbounded<StoreHint>();
        using var listening = Store.Listen(b, hint => heard.Writer.TryWrite(hint));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var both = new HashSet<StoreHint>();
        while (both.Count < 2)
            both.Add(await heard.Reader.ReadAsync(patience.Token));

        // Changes are told to all who listen in the server, other tests' nodes among them; letters to one.
        Store.Hint(b);
        while (await heard.Reader.ReadAsync(patience.Token) != StoreHint.Letters)
        {
        }

        Store.Hint(null);
        while (await heard.Reader.ReadAsync(patience.Token) != StoreHint.Look)
        {
        }
    }
}
