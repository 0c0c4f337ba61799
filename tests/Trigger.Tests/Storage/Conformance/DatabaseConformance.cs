using System.Data.Common;
using Trigger.Storage;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>What a database must do for the engine, whichever it is.</summary>
public abstract class DatabaseConformance(StorageRig rig) : IDisposable
{
    protected StorageRig Rig { get; } = rig;

    public void Dispose()
    {
        Rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void keeps_what_was_written_for_whoever_opens_it_next()
    {
        using (var database = Rig.Open())
            Assert.Equal(1, database.Write(transaction => Put(transaction, "r1", "a")));

        using var again = Rig.Open();
        Assert.Equal("r1 a", again.Read(Devices));
    }

    [Fact]
    public void undoes_all_of_a_writing_that_fails_half_way()
    {
        using var database = Rig.Open();

        Assert.Throws<InvalidTimeZoneException>(() => database.Write<int>(transaction =>
        {
            Put(transaction, "r1", "a");
            throw new InvalidTimeZoneException();
        }));

        Assert.Equal("", database.Read(Devices));
    }

    [Fact]
    public void tells_a_key_that_is_taken_from_other_failures()
    {
        using var database = Rig.Open();
        database.Write(transaction => Put(transaction, "r1", "a"));

        Assert.Throws<ConflictException>(() => database.Write(transaction => Put(transaction, "r2", "a") + Put(transaction, "r1", "a")));
        Assert.Equal("r1 a", database.Read(Devices));
        Assert.IsNotType<ConflictException>(Assert.ThrowsAny<StorageException>(() => database.Write(transaction => transaction.Run("insert into no_such_table values (1)"))));
        Assert.ThrowsAny<StorageException>(() => database.Read(connection => connection.Command("select nothing from nowhere").Ask()));
    }

    [Fact]
    public async Task writes_the_same_whether_awaited_or_not()
    {
        using var database = Rig.Open();
        var token = TestContext.Current.CancellationToken;

        Assert.Equal("done", await database.WriteAsync(
            async (transaction, cancel) =>
            {
                await using var command = transaction.Command("insert into device_acl (device, acl, at, by) values (@device, 'a', '', '')", ("@device", "r1"));
                await command.ExecuteNonQueryAsync(cancel);
                return "done";
            },
            token: token));

        Assert.Equal("r1 a", await database.ReadAsync((connection, _) => Task.FromResult(Devices(connection)), token: token));
        await using var reading = await database.ConnectAsync(token);
        Assert.Equal("r1 a", Devices(reading));
    }

    [Fact]
    public async Task serves_many_who_write_at_once_from_here_and_elsewhere()
    {
        using var here = Rig.Open();
        using var elsewhere = Rig.Open();
        var token = TestContext.Current.CancellationToken;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(
            () =>
            {
                for (var number = 0; number < 10; number++)
                    (writer % 2 == 0 ? here : elsewhere).Write(transaction => Put(transaction, $"r{writer}", $"{number}"));
            },
            token)));

        Assert.Equal(80L, here.Read(connection => connection.Command("select count(*) from device_acl").Ask()));
    }

    [Fact]
    public async Task is_made_once_by_eight_who_open_it_in_the_same_moment()
    {
        using var start = new Barrier(8);
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return Rig.Open();
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        foreach (var database in opened)
        {
            database.Write(transaction => Put(transaction, Guid.NewGuid().ToString(), "a"));
            database.Dispose();
        }

        Assert.Equal(8L, Rig.Ask("select count(*) from device_acl"));
    }

    [Fact]
    public void of_a_newer_version_is_refused_and_left_alone()
    {
        Rig.Open().Dispose();
        Rig.Ask("insert into schema_version (version, usable_from, at) values (99, 99, '')");

        Assert.Contains("newer Trigger (schema 99", Assert.Throws<StorageException>(() => Rig.Open()).Message, StringComparison.Ordinal);
        Assert.Equal(99L, Convert.ToInt64(Rig.Ask("select max(version) from schema_version"), null));
    }

    [Fact]
    public void of_a_newer_version_is_used_when_that_version_says_it_may_be()
    {
        Rig.Open().Dispose();
        Rig.Ask("insert into schema_version (version, usable_from, at) select 99, max(version), '' from schema_version");

        using var database = Rig.Open();
        Assert.Equal(1, database.Write(transaction => Put(transaction, "r1", "a")));
    }

    [Fact]
    public void takes_each_step_once_and_also_one_that_comes_late()
    {
        using var database = Rig.Open();
        var fifty = new Migration(50, 50, "create table fifty (number integer); insert into fifty values (50);");
        var forty = new Migration(40, 40, "create table forty (number integer); insert into forty values (40);");

        using (var connection = database.Connect())
        {
            Rig.Steps(fifty).Apply(connection);
            Rig.Steps(forty, fifty).Apply(connection);
            Rig.Steps(forty, fifty).Apply(connection);
        }

        Assert.Equal(90L, Convert.ToInt64(Rig.Ask("select sum(number) from (select number from forty union all select number from fifty) both_tables"), null));
    }

    [Fact]
    public void takes_no_step_at_all_when_one_of_them_fails()
    {
        Rig.Open().Dispose();
        using var database = Rig.Open();
        using (var connection = database.Connect())
            Assert.ThrowsAny<DbException>(() => Rig.Steps(new Migration(40, 40, "create table forty (number integer)"), new Migration(41, 41, "insert into nowhere values (1)")).Apply(connection));

        Assert.Equal(0L, Convert.ToInt64(Rig.Ask("select count(*) from schema_version where version >= 40"), null));
        Rig.Ask("create table forty (number integer)");
    }

    [Fact]
    public void opens_what_it_has_made_without_waiting_for_anybody_who_writes()
    {
        using var writing = Rig.Open();

        writing.Write(transaction =>
        {
            Put(transaction, "r1", "a");
            using var database = Rig.Open();
            Assert.Equal("", database.Read(Devices));
            return 0;
        });
    }

    internal static string Devices(DbConnection connection) =>
        string.Join(", ", connection.Command("select device, acl from device_acl order by device").Rows(row => $"{row.GetString(0)} {row.GetString(1)}"));

    internal static int Put(DbTransaction transaction, string device, string acl) =>
        transaction.Run("insert into device_acl (device, acl, at, by) values (@device, @acl, '', '')", ("@device", device), ("@acl", acl));
}
