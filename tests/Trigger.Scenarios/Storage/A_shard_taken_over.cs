using Npgsql;
using Trigger.Storage;

namespace Trigger.Scenarios.Storage;

public sealed class A_shard_taken_over : IAsyncDisposable
{
    private static readonly ShardFence Old = new("lab", 7, 3);

    private readonly PostgresRig rig = new();
    private readonly CommitProxy proxy;
    private readonly Database owner;
    private readonly NpgsqlConnection taker;

    public A_shard_taken_over()
    {
        proxy = new CommitProxy(A_commit_nobody_answered.PortOf(rig.Address));
        // A name of its own: other tests share the server, and their sessions are to live.
        owner = Database.Open($"{proxy.Through(rig.Address)}&application_name=owner_{rig.Schema}", TimeProvider.System);
        rig.Ask("insert into shard (space, number, epoch) values ('lab', 7, 3), ('lab', 8, 1)");
        taker = rig.Connect();
        Say($"set search_path = {rig.Schema}");
    }

    public async ValueTask DisposeAsync()
    {
        await taker.DisposeAsync();
        owner.Dispose();
        await proxy.DisposeAsync();
        rig.Dispose();
    }

    [Fact]
    public async Task lets_nothing_of_the_old_owner_in_once_it_has_begun()
    {
        Say("begin");
        Say("update shard set epoch = epoch + 1 where number = 7");

        var writing = owner.Events.Write(Event(1));
        WaitForSomebodyWhoWaits();
        Assert.Equal(0L, Say("select count(*) from event"));
        Say("commit");

        var fenced = await Assert.ThrowsAsync<FencedException>(() => writing);
        Assert.Equal([Old], fenced.Stale);
        Assert.Equal(0L, Say("select count(*) from event"));
    }

    [Fact]
    public async Task that_is_given_up_leaves_the_old_owner_its_writing()
    {
        Say("begin");
        Say("select epoch from shard where number = 7 for update");

        var writing = owner.Events.Write(Event(1));
        WaitForSomebodyWhoWaits();
        Say("rollback");

        await writing;
        Assert.Equal(1L, Say("select count(*) from event"));
    }

    [Fact]
    public async Task sees_all_that_the_old_owner_had_begun_to_commit()
    {
        var seen = proxy.Decide(Fate.Slow);
        var writing = owner.Events.Write(Event(1));
        await seen;

        Say("begin");
        var taking = Task.Run(() => Say("update shard set epoch = epoch + 1 where number = 7"), TestContext.Current.CancellationToken);
        WaitForSomebodyWhoWaits();
        proxy.LetGo();
        await taking;

        Assert.Equal(1L, Say("select count(*) from event"));
        Say("commit");
        await writing;
        await Assert.ThrowsAsync<FencedException>(() => owner.Events.Write(Event(2)));
    }

    [Fact]
    public async Task does_not_wait_for_an_owner_whose_sessions_are_ended()
    {
        var seen = proxy.Decide(Fate.Slow);
        var writing = owner.Events.Write(Event(1));
        await seen;

        Say($"select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'owner_{rig.Schema}' and state = 'idle in transaction'");
        Say("update shard set epoch = epoch + 1 where number = 7");
        proxy.LetGo();

        await Assert.ThrowsAsync<FencedException>(() => writing);
        Assert.Equal(0L, Say("select count(*) from event"));
    }

    private static StoredBatch Event(long seq) => new([("a", seq, new StoredEvent("text", [1]))], [new ShardFence("lab", 8, 1), Old]);

    private object? Say(string sql)
    {
        using var command = taker.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private void WaitForSomebodyWhoWaits() => rig.WaitUntil("select count(*) > 0 from pg_locks where not granted");
}
