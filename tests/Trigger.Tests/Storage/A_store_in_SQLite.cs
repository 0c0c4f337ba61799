using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Trigger.Storage;
using Trigger.Tests.Devices;
using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class A_store_in_SQLite() : StoreConformance(new SqliteRig())
{
    [Theory]
    [InlineData(256, 0, 0)]
    [InlineData(257, 1, 0)]
    [InlineData(16 * 1024, 1, 0)]
    [InlineData((16 * 1024) + 1, 1, 1)]
    public async Task keeps_a_long_answer_beside_the_table(int length, int attachments, int packed)
    {
        await Write(Outcome("r1", 0, output: new string('x', length)));

        Assert.Equal((long)attachments, Rig.Ask("select count(*) from attachment"));
        Assert.Equal((long)packed, Rig.Ask("select count(*) from attachment where packed"));
        Store.Forget([("run-1", "run-1")]);
        Assert.Equal(0L, Rig.Ask("select count(*) from attachment"));
    }

    [Fact]
    public async Task is_shared_by_two_who_opened_the_same_directory()
    {
        using var other = Rig.Open(Clock);
        var token = TestContext.Current.CancellationToken;
        await Task.WhenAll(new[] { (Database, "a"), (other, "b") }.Select(pair => Task.Run(
            async () =>
            {
                for (var number = 1; number <= 20; number++)
                    await pair.Item1.Events.Write(new StoredBatch([(pair.Item2, number, Text($"{number}"))], []));
            },
            token)));

        Assert.Equal((20, 20), (await Database.Events.Highest("b"), await other.Events.Highest("a")));
    }

    [Fact]
    public void survives_a_power_failure_after_every_commit()
    {
        Assert.Equal("wal", Rig.Ask("pragma journal_mode"));
        Assert.Equal(2L, Database.Write(transaction => transaction.Command("pragma synchronous").Ask())); // FULL
    }

    [Theory]
    [InlineData(1, "74de6a5ee0eada64")]
    [InlineData(2, "52bd1f7426831dd0")]
    [InlineData(3, "cd074de827c92735")]
    public void never_changes_a_step_that_people_have_taken(int number, string hash) =>
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Migration.Of("Sqlite").Single(step => step.Number == number).Script)))[..16]);

    [Fact]
    public async Task brings_a_directory_of_the_first_schema_up_to_date_with_all_that_is_in_it()
    {
        using var old = new TemporaryFolder();
        Old(
            old.Path,
            1,
            "insert into run (id, at, started_by, selection, commands, inventory, devices, state) values ('run-1', '2026-01-01T00:00:00.000Z', 'alice', 'all', 'show clock', 'a.csv', 3, 'running');"
            + "insert into outcome (run, device, step, platform, command, verdict, elapsed_us, output, at) values ('run-1', 'r1', 0, 'x', 'y', 'accepted', 1, 'said', ''), ('run-1', 'r2', 0, 'x', 'y', 'accepted', 1, '', ''), ('run-1', 'r3', 0, 'x', 'y', 'unknown', 1, '', '');"
            + "insert into request (run, what, by) values ('run-1', 'cancel', 'bob');");

        using var database = Database.Open(old.Path, Clock);
        var now = new RunStore(database);

        var run = now.Run("run-1")!;
        Assert.Equal((3, null, 2, 0, 1), (run.Devices, run.Steps, run.Accepted, run.Refused, run.Unknown));
        Assert.Equal("said", now.Outcomes("run-1").First().Output);
        Assert.Equal(["cancel"], (await now.Words("run-1", 0, TestContext.Current.CancellationToken)).Select(word => word.What));
    }

    [Fact]
    public async Task brings_a_directory_of_the_second_schema_up_to_date()
    {
        using var old = new TemporaryFolder();
        Old(old.Path, 2, "insert into request_queue (run, what, by) values ('r', 'cancel', 'me');");

        using var database = Database.Open(old.Path, Clock);
        Assert.Empty(new DeviceAclTable(database).All());
        Assert.Equal([("cancel", "me")], (await new RunStore(database).Words("r", 0, TestContext.Current.CancellationToken)).Select(word => (word.What, word.By)));
    }

    [Fact]
    public void of_a_version_that_only_the_file_tells_is_refused_and_left_alone()
    {
        Database.Dispose();
        Rig.Ask("pragma user_version = 99");

        Assert.Contains("newer Trigger (schema 99", Assert.Throws<StorageException>(() => Rig.Open()).Message, StringComparison.Ordinal);
        Assert.Equal(99L, Rig.Ask("pragma user_version"));
    }

    [Fact]
    public void tells_those_who_know_no_ledger_that_it_is_too_new_for_them() =>
        Assert.Equal((long)Migration.Of("Sqlite")[^1].Number, Rig.Ask("pragma user_version"));

    [Fact]
    public void in_a_place_that_cannot_be_used_names_the_place_and_a_way_out()
    {
        var file = Path.Combine(Rig.Address, "a-file");
        File.WriteAllText(file, "in the way");

        var refusal = Assert.Throws<StorageException>(() => Database.Open(Path.Combine(file, "state"), Clock));

        Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--state", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void that_is_no_database_is_refused_by_name()
    {
        var other = Directory.CreateDirectory(Path.Combine(Rig.Address, "other")).FullName;
        File.WriteAllText(Path.Combine(other, "journal.db"), new string('x', 5000));

        Assert.Contains(other, Assert.Throws<StorageException>(() => Database.Open(other, Clock)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void makes_its_directory_for_its_owner_only()
    {
        if (OperatingSystem.IsWindows())
            return;

        var path = Path.Combine(Rig.Address, "new", "state");
        using var made = Database.Open(path, Clock);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    // As a Trigger of that version left it.
    private static void Old(string folder, int version, string rows)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "journal.db")};Pooling=False");
        connection.Open();
        using var make = connection.CreateCommand();
        make.CommandText = string.Concat(Migration.Of("Sqlite").Where(step => step.Number <= version).Select(step => step.Script)) + $"; pragma user_version = {version}; {rows}";
        make.ExecuteNonQuery();
    }
}
