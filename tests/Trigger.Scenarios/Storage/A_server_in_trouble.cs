using System.Collections.Concurrent;
using System.Text;
using Npgsql;
using Trigger.Storage;

namespace Trigger.Scenarios.Storage;

public sealed class A_server_in_trouble
{
    private const int Writers = 4;
    private const int Batches = 60;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task that_crashes_and_comes_back_loses_nothing_and_doubles_nothing()
    {
        await using var server = await OwnServer.Start();
        using var database = Database.Open(server.Address, TimeProvider.System);
        var written = new Progress();
        var writing = Write(database, written);

        for (var crash = 1; crash <= 3; crash++)
        {
            await written.Reaches(crash * Writers * Batches / 5);
            await server.Crash();
            await server.StartAgain();
        }

        await writing;
        await EverythingIsThereOnce(database);
    }

    [Fact]
    public async Task that_ends_sessions_all_the_time_loses_nothing_and_doubles_nothing()
    {
        await using var server = await OwnServer.Start();
        using var database = Database.Open(server.Address, TimeProvider.System);
        await using var operator_ = server.Connect();
        var written = new Progress();
        var writing = Write(database, written);

        while (!writing.IsCompleted)
        {
            await using var end = operator_.CreateCommand();
            end.CommandText = "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'trigger%' and random() < 0.5; select pg_sleep(0.05)";
            await end.ExecuteNonQueryAsync(Token);
        }

        await writing;
        await EverythingIsThereOnce(database);
    }

    [Fact]
    public async Task that_takes_no_more_connections_is_waited_for()
    {
        await using var server = await OwnServer.Start();
        Database.Open(server.Address, TimeProvider.System).Dispose();
        using var database = Database.Open(server.Address, TimeProvider.System);
        var crowd = new List<NpgsqlConnection>();
        await using (var first = server.Connect())
        {
            await using var end = first.CreateCommand();
            end.CommandText = "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'trigger%'";
            await end.ExecuteNonQueryAsync(Token);
        }

        try
        {
            while (true)
                crowd.Add(server.Connect());
        }
        catch (PostgresException full) when (full.SqlState == PostgresErrorCodes.TooManyConnections)
        {
        }

        var writing = database.Events.Write(new StoredBatch([("a", 1, new StoredEvent("text", [1]))], []));
        Assert.Throws<StorageException>(() => database.Read(_ => 0, TimeSpan.Zero));
        Assert.False(writing.IsCompleted);
        crowd.ForEach(connection => connection.Dispose());

        await writing;
        Assert.Equal(1, await database.Events.Highest("a"));
    }

    [Fact]
    public async Task keeps_no_writer_waiting_for_readers_and_readers_for_one_another_only_as_long_as_needed()
    {
        using var rig = new PostgresRig();
        using var database = Database.Open(rig.Address + "&pool=2", TimeProvider.System);
        var (one, two) = (database.Connect(), database.Connect());

        await database.Events.Write(new StoredBatch([("a", 1, new StoredEvent("text", [1]))], []));
        var third = database.Events.Highest("a");
        Assert.False(third.IsCompleted);
        one.Dispose();

        Assert.Equal(1, await third);
        two.Dispose();
    }

    [Fact]
    public async Task gives_up_what_a_dead_process_held_and_gets_back_what_a_living_one_did()
    {
        await using var server = await OwnServer.Start();
        using var here = Database.Open(server.Address, TimeProvider.System);
        using var elsewhere = Database.Open(server.Address, TimeProvider.System);
        using var hold = here.TryHold("run-1");
        Assert.Equal(["run-1"], elsewhere.Held(["run-1"]));

        await server.Crash();
        await server.StartAgain();

        // Taken again by itself, within seconds; a name that was let go meanwhile is not.
        await using (var asking = server.Connect())
        {
            await using var wait = asking.CreateCommand();
            wait.CommandText = "do $$ begin for i in 1..600 loop exit when exists (select from pg_locks where locktype = 'advisory' and granted and objsubid = 1); perform pg_sleep(0.05); end loop; end $$";
            await wait.ExecuteNonQueryAsync(Token);
        }

        Assert.Equal(["run-1"], elsewhere.Held(["run-1"]));
        Assert.Null(elsewhere.TryHold("run-1"));
        hold!.Dispose();
        using var next = elsewhere.TryHold("run-1");
        Assert.NotNull(next);
    }

    private static Task Write(Database database, Progress written) => Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(
        async () =>
        {
            for (var batch = 0; batch < Batches; batch++)
            {
                await database.Events.Write(new StoredBatch(
                    [.. Enumerable.Range((batch * 5) + 1, 5).Select(seq => ($"s{writer}", (long)seq, new StoredEvent("text", Encoding.UTF8.GetBytes($"{seq}"), Outcome($"r{writer}", seq))))], []));
                written.Step();
            }
        },
        Token)));

    private static OutcomeRow Outcome(string device, int step) => new()
    {
        Run = "run-1", Device = device, Step = step, Platform = "p", Command = "c", Verdict = "accepted", ElapsedMicroseconds = 0, Output = "",
    };

    private static async Task EverythingIsThereOnce(Database database)
    {
        var all = string.Join(' ', Enumerable.Range(1, Batches * 5).Select(seq => $"{seq}:{seq}"));
        for (var writer = 0; writer < Writers; writer++)
        {
            var events = new List<string>();
            await database.Events.Replay($"s{writer}", 1, long.MaxValue, long.MaxValue, (seq, _, body) => events.Add($"{seq}:{Encoding.UTF8.GetString(body)}"));
            Assert.Equal(all, string.Join(' ', events));
        }

        Assert.Equal((long)(Writers * Batches * 5), database.Read(connection => connection.Command("select count(*) from outcome").Ask()));
        Assert.Equal((long)(Writers * Batches * 5), database.Read(connection => connection.Command("select sum(outcomes)::bigint from outcome_count").Ask()));
    }

    private sealed class Progress
    {
        private readonly ConcurrentDictionary<int, TaskCompletionSource> marks = [];
        private int steps;

        public void Step()
        {
            if (marks.TryGetValue(Interlocked.Increment(ref steps), out var mark))
                mark.TrySetResult();
        }

        public Task Reaches(int number)
        {
            var mark = marks.GetOrAdd(number, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (Volatile.Read(ref steps) >= number)
                mark.TrySetResult();
            return mark.Task.WaitAsync(TimeSpan.FromSeconds(60), Token);
        }
    }
}
