using Microsoft.Data.Sqlite;
using Trigger.Storage;
using Trigger.Tests.Devices;
using Trigger.Tests.Kernel;

namespace Trigger.Tests.Storage;

public sealed class A_store : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly RunHeader Header = new(At, "alice", "vendor=cisco", ["show clock", "show version"], ["a.csv", "b.csv"]);

    private readonly TemporaryFolder folder = new();
    private readonly FakeClock clock = new();
    private readonly SqliteStore store;
    private long seq;

    public A_store() => store = SqliteStore.Open(folder.Path, clock);

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public void keeps_the_first_outcome_of_a_step_and_no_second()
    {
        Write(Outcome("r1", 0, "accepted", "12:00"));
        Write(Outcome("r1", 0, "refused", "nothing"));

        var kept = Assert.Single(store.Outcomes("run-1"));
        Assert.Equal(("accepted", "12:00"), (kept.Verdict, kept.Output));
    }

    [Fact]
    public void lists_outcomes_by_device_and_step()
    {
        Write(Outcome("r2", 0), Outcome("r1", 10), Outcome("r1", 9));

        Assert.Equal([("r1", 9), ("r1", 10), ("r2", 0)], store.Outcomes("run-1").Select(row => (row.Device, row.Step)));
    }

    [Fact]
    public void gives_an_outcome_back_as_it_was()
    {
        var row = Outcome("r1", 3, "refused", "% no\n") with { FaultKind = "device_error", FaultText = "The device answered: % no", ElapsedMicroseconds = 1234 };
        Write(row);

        Assert.Equal(row, Assert.Single(store.Outcomes("run-1")));
    }

    [Theory]
    [InlineData(256, 0, 0)]
    [InlineData(257, 1, 0)]
    [InlineData(16 * 1024, 1, 0)]
    [InlineData((16 * 1024) + 1, 1, 1)]
    public void keeps_a_long_answer_beside_the_table_and_gives_it_back_whole(int length, int attachments, int packed)
    {
        var output = string.Concat(Enumerable.Range(0, length).Select(number => number % 50 == 0 ? '\n' : (char)('ä' + (number % 7))));
        Write(Outcome("r1", 0, output: output));

        Assert.Equal(output, Assert.Single(store.Outcomes("run-1")).Output);
        Assert.Equal(attachments, Ask<long>("select count(*) from attachment"));
        Assert.Equal(packed, Ask<long>("select count(*) from attachment where packed"));
    }

    [Fact]
    public void writes_all_of_a_batch_or_nothing()
    {
        store.Write([("a", 1, Text("one"))]);

        Assert.Throws<SqliteException>(() => store.Write([("b", 1, Text("eins")), ("a", 1, Text("again"))]));
        Assert.Equal(0, store.Highest("b"));
    }

    [Fact]
    public void lists_a_run_with_what_is_known_of_it_so_far()
    {
        Change(new RunChange("run-1") { New = Header });
        Change(new RunChange("run-1") { Devices = 2 });
        Write(Outcome("r1", 0), Outcome("r1", 1, "refused"), Outcome("r2", 0, "unknown"));
        var running = Assert.Single(store.Runs());
        Change(new RunChange("run-1") { State = "finished", FinishedAt = At.AddMinutes(1) });

        Assert.Equal(("run-1", 2, "running", (DateTimeOffset?)null), (running.Id, running.Devices, running.State, running.FinishedAt));
        Assert.Equal((1, 1, 1), (running.Accepted, running.Refused, running.Unknown));
        Assert.Equivalent(Header, running.Header, strict: true);
        var finished = store.Run("run-1")!;
        Assert.Equal((2, "finished", (DateTimeOffset?)At.AddMinutes(1)), (finished.Devices, finished.State, finished.FinishedAt));
    }

    [Fact]
    public void leaves_as_it_is_what_a_change_does_not_name()
    {
        Change(new RunChange("run-1") { New = Header, Devices = 2 });
        Change(new RunChange("run-1") { State = "finished", FinishedAt = At });
        Change(new RunChange("run-1"));

        var run = store.Run("run-1")!;
        Assert.Equal((2, "finished", (DateTimeOffset?)At), (run.Devices, run.State, run.FinishedAt));
    }

    [Fact]
    public void finds_a_run_by_the_beginning_of_its_name_when_only_one_begins_so()
    {
        foreach (var id in new[] { "20260101-aa", "20260101-ab", "20260102-aa" })
            Change(new RunChange(id) { New = Header });

        Assert.Equal("20260102-aa", store.Run("20260102")?.Id);
        Assert.Equal("20260101-aa", store.Run("20260101-aa")?.Id);
        Assert.Null(store.Run("20260101"));
        Assert.Null(store.Run("2027"));
        Assert.Null(store.Run("%"));
    }

    [Fact]
    public void lists_the_newest_runs_first_and_no_more_than_asked()
    {
        Change(new RunChange("old") { New = Header });
        Change(new RunChange("new") { New = Header with { At = At.AddDays(1) } });

        Assert.Equal(["new", "old"], store.Runs().Select(run => run.Id));
        Assert.Equal(["new"], store.Runs(most: 1).Select(run => run.Id));
    }

    [Fact]
    public void hands_over_each_word_left_for_a_run_once_and_in_the_order_of_asking()
    {
        store.Ask("run-1", "pause", "bob");
        store.Ask("run-1", "unpause", "carol");

        Assert.Null(store.TakeRequest("run-2"));
        Assert.Equal(("pause", "bob"), store.TakeRequest("run-1"));
        Assert.Equal(("unpause", "carol"), store.TakeRequest("run-1"));
        Assert.Null(store.TakeRequest("run-1"));
    }

    [Fact]
    public void brings_a_directory_of_the_first_schema_up_to_date_with_all_that_is_in_it()
    {
        using var old = new TemporaryFolder();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(old.Path, "journal.db")};Pooling=False"))
        {
            connection.Open();
            using var stream = typeof(SqliteStore).Assembly.GetManifestResourceStream("Sqlite/0001.sql")!;
            using var script = new StreamReader(stream);
            using var make = connection.CreateCommand();
            make.CommandText = script.ReadToEnd()
                + "; pragma user_version = 1;"
                + "insert into run (id, at, started_by, selection, commands, inventory, devices, state) values ('run-1', '2026-01-01T00:00:00.000Z', 'alice', 'all', 'show clock', 'a.csv', 3, 'running');"
                + "insert into request (run, what, by) values ('run-1', 'cancel', 'bob');";
            make.ExecuteNonQuery();
        }

        using var now = SqliteStore.Open(old.Path, clock);

        Assert.Equal((3, null), (now.Run("run-1")!.Devices, now.Run("run-1")!.Steps));
        Assert.Equal(("cancel", "bob"), now.TakeRequest("run-1"));
    }

    [Fact]
    public void forgets_a_run_whole_and_no_other()
    {
        Change(new RunChange("run-1") { New = Header });
        Change(new RunChange("run-2") { New = Header });
        Write(Outcome("r1", 0, output: new string('x', 1000)));
        store.Forget([("run-1", "run-1")]);

        Assert.Equal(["run-2"], store.Runs().Select(run => run.Id));
        Assert.Empty(store.Outcomes("run-1"));
        Assert.Equal(0L, Ask<long>("select count(*) from event"));
        Assert.Equal(0L, Ask<long>("select count(*) from attachment"));
    }

    [Fact]
    public async Task is_shared_by_two_who_opened_the_same_directory()
    {
        using var other = SqliteStore.Open(folder.Path, clock);
        var token = TestContext.Current.CancellationToken;
        await Task.WhenAll(new[] { (store, "a"), (other, "b") }.Select(pair => Task.Run(() =>
        {
            for (var number = 1; number <= 20; number++)
                pair.Item1.Write([(pair.Item2, number, Text($"{number}"))]);
        }, token)));

        Assert.Equal((20, 20), (store.Highest("b"), other.Highest("a")));
    }

    [Fact]
    public void survives_a_power_failure_after_every_commit()
    {
        Assert.Equal("wal", Ask<string>("pragma journal_mode"));
        Assert.Equal(2, Convert.ToInt64(store.Pragma("synchronous"), null)); // FULL
    }

    [Fact]
    public void is_found_again_by_the_next_process()
    {
        store.Write([("a", 1, Text("one"))]);
        store.Dispose();

        using var next = SqliteStore.Open(folder.Path, clock);
        Assert.Equal(1, next.Highest("a"));
    }

    [Fact]
    public void of_a_newer_version_is_refused_and_left_alone()
    {
        store.Dispose();
        Ask<object>("pragma user_version = 99");

        var refusal = Assert.Throws<StorageException>(() => SqliteStore.Open(folder.Path, clock));

        Assert.Contains("newer Trigger (schema 99", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(99, Ask<long>("pragma user_version"));
    }

    [Fact]
    public void in_a_place_that_cannot_be_used_names_the_place_and_a_way_out()
    {
        var file = folder.Write("a-file", "in the way");

        var refusal = Assert.Throws<StorageException>(() => SqliteStore.Open(Path.Combine(file, "state"), clock));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--state", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void that_is_no_database_is_refused_by_name()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "other"));
        var file = folder.Write("other/journal.db", new string('x', 5000));

        Assert.Contains(file, Assert.Throws<StorageException>(() => SqliteStore.Open(Path.GetDirectoryName(file)!, clock)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void makes_its_directory_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
            return;

        var path = Path.Combine(folder.Path, "new", "state");
        using var made = SqliteStore.Open(path, clock);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    private static StoredEvent Text(string text) => new("text", System.Text.Encoding.UTF8.GetBytes(text));

    private static OutcomeRow Outcome(string device, int step, string verdict = "accepted", string output = "") => new()
    {
        Run = "run-1", Device = device, Step = step, Platform = "cisco_ios", Command = "show clock", Verdict = verdict, ElapsedMicroseconds = 0, Output = output,
    };

    private void Write(params OutcomeRow[] outcomes) => store.Write([.. outcomes.Select(outcome => ("run-1", ++seq, Text("ended") with { Outcome = outcome }))]);

    private void Change(RunChange change) => store.Write([("run-1", ++seq, Text("changed") with { Run = change })]);

    private T Ask<T>(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }
}
