using System.Text;
using Trigger.Storage;

namespace Trigger.Scenarios.Storage;

public sealed class A_commit_nobody_answered : IAsyncDisposable
{
    private static readonly ShardFence Fence = new("lab", 7, 3);

    private readonly PostgresRig rig = new();
    private readonly CommitProxy proxy;
    private readonly Database database;

    public A_commit_nobody_answered()
    {
        proxy = new CommitProxy(PortOf(rig.Address));
        database = Database.Open(proxy.Through(rig.Address), TimeProvider.System);
        rig.Ask("insert into shard (space, number, epoch) values ('lab', 7, 3)");
    }

    public async ValueTask DisposeAsync()
    {
        database.Dispose();
        await proxy.DisposeAsync();
        rig.Dispose();
    }

    [Fact]
    public async Task has_happened_and_is_found()
    {
        var before = proxy.Commits;
        _ = proxy.Decide(Fate.AnswerLost);

        await database.Events.Write(Batch("a", 1));

        Assert.Equal("1:1", await Events("a"));
        Assert.Equal(before + 1, proxy.Commits); // Found, and not written again.
        Assert.Equal(1L, rig.Ask("select sum(outcomes)::bigint from outcome_count"));
    }

    [Fact]
    public async Task has_not_happened_and_is_made_good()
    {
        var before = proxy.Commits;
        _ = proxy.Decide(Fate.NeverSent);

        await database.Events.Write(Batch("a", 1));

        Assert.Equal("1:1", await Events("a"));
        Assert.Equal(before + 2, proxy.Commits);
        Assert.Equal(1L, rig.Ask("select sum(outcomes)::bigint from outcome_count"));
    }

    [Fact]
    public async Task happens_while_it_is_made_good_and_counts_once()
    {
        var seen = proxy.Decide(Fate.SentLate);

        var writing = database.Events.Write(Batch("a", 1));
        await seen;
        WaitForSomebodyWhoWaits(); // The second writing stands behind the first one's key.
        proxy.LetGo();
        await writing;

        Assert.Equal("1:1", await Events("a"));
        Assert.Equal(1L, rig.Ask("select sum(outcomes)::bigint from outcome_count"));
    }

    [Fact]
    public async Task is_no_success_when_somebody_else_has_written_the_same_there_meanwhile()
    {
        using var other = Database.Open(rig.Address, TimeProvider.System);
        var seen = proxy.Decide(Fate.NeverSent, onlyWhenLetGo: true);
        var mine = database.Events.Write(Batch("a", 1));
        await seen;

        // Theirs waits behind our key; when our line breaks, theirs is in, or else ours again.
        var theirs = other.Events.Write(Batch("a", 1));
        WaitForSomebodyWhoWaits();
        proxy.LetGo();

        Exception?[] ends = [await Record.ExceptionAsync(() => mine), await Record.ExceptionAsync(() => theirs)];
        Assert.Single(ends, end => end is null);
        Assert.Single(ends, end => end is ConflictException);
        Assert.Equal("1:1", await Events("a"));
        Assert.Equal(1L, rig.Ask("select sum(outcomes)::bigint from outcome_count"));
    }

    [Fact]
    public async Task is_found_also_when_the_shard_was_taken_over_meanwhile()
    {
        var seen = proxy.Decide(Fate.AnswerLost);
        var writing = database.Events.Write(Batch("a", 1) with { Fences = [Fence] });
        await seen;
        rig.Ask("update shard set epoch = 4");

        await writing;
        Assert.Equal("1:1", await Events("a"));

        await Assert.ThrowsAsync<FencedException>(() => database.Events.Write(Batch("a", 2) with { Fences = [Fence] }));
        Assert.Equal("1:1", await Events("a"));
    }

    [Fact]
    public async Task is_told_as_what_it_is_when_nobody_can_look()
    {
        _ = proxy.Decide(Fate.AnswerLost);

        var told = await Assert.ThrowsAsync<InDoubtException>(() => database.WriteAsync(async (transaction, token) =>
        {
            await using var insert = transaction.Command("insert into device_acl (device, acl, at, by) values ('r1', 'a', '', '')");
            return await insert.ExecuteNonQueryAsync(token);
        }, token: TestContext.Current.CancellationToken));

        Assert.DoesNotContain(PostgresAddress.Parse(rig.Address).Settings.Password!, told.ToString(), StringComparison.Ordinal);
        Assert.Equal(1L, rig.Ask("select count(*) from device_acl"));
    }

    [Theory]
    [InlineData(Fate.AnswerLost)]
    [InlineData(Fate.NeverSent)]
    [InlineData(Fate.SentLate)]
    public async Task drops_the_words_that_it_was_to_drop_and_no_others(Fate fate)
    {
        var token = TestContext.Current.CancellationToken;
        var store = new RunStore(database);
        store.Ask("run-1", "pause", "bob");
        store.Ask("run-1", "cancel", "carol");
        var words = await store.Words("run-1", 0, token);
        _ = proxy.Decide(fate);

        var first = store.DropWords("run-1", words[0].Id);
        if (fate == Fate.SentLate)
            WaitForSomebodyWhoWaits(); // The second removal stands behind the first.
        proxy.LetGo();
        await first;

        Assert.Equal([words[1]], await store.Words("run-1", 0, token));
    }

    internal static int PortOf(string address) => int.Parse(PostgresAddress.Parse(address).Settings.Host!.Split(':')[^1], null);

    private static StoredBatch Batch(string stream, long seq) => new(
        [(stream, seq, new StoredEvent("text", Encoding.UTF8.GetBytes($"{seq}"), new OutcomeRow
        {
            Run = "run-1", Device = $"r{seq}", Step = 0, Platform = "p", Command = "c", Verdict = "accepted", ElapsedMicroseconds = 0, Output = "",
        }))],
        []);

    private async Task<string> Events(string stream)
    {
        var events = new List<string>();
        await database.Events.Replay(stream, 1, long.MaxValue, long.MaxValue, (seq, _, body) => events.Add($"{seq}:{Encoding.UTF8.GetString(body)}"));
        return string.Join(' ', events);
    }

    private void WaitForSomebodyWhoWaits() => rig.WaitUntil("select count(*) > 0 from pg_locks where not granted");
}
