using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Trigger.Storage;

/// <summary>
/// SQLite in WAL mode with <c>synchronous=FULL</c>, because an intent that a power failure takes back would let a command be sent twice. One writer in this process; other processes
/// take their turn by SQLite's own lock. Readers have connections of their own and never wait.
/// </summary>
internal sealed class SqliteDatabase : Database
{
    // https://sqlite.org/rescode.html#constraint
    private const int Constraint = 19;

    private readonly string source;
    private readonly SqliteConnection writer;
    private readonly SemaphoreSlim writing = new(1);
    private bool closed;

    private SqliteDatabase(string directory, string source, SqliteConnection writer, TimeProvider time)
        : base(directory, time)
    {
        this.source = source;
        this.writer = writer;
        Events = new SqliteEventLog(this);
    }

    public override bool IsShared => false;

    public static new SqliteDatabase Open(string directory, TimeProvider time)
    {
        var path = Path.Combine(directory, "journal.db");
        try
        {
            if (!Directory.Exists(directory))
            {
                if (OperatingSystem.IsWindows())
                    Directory.CreateDirectory(directory);
                else
                    Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            SqliteNative.Prepare();
            var source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = (int)DefaultPatience.TotalSeconds }.ToString();
            return new SqliteDatabase(directory, source, Prepared(source, time), time);
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The journal {path} cannot be opened: {failure.Message} Give another directory with --state.", failure);
        }
    }

    public override DbConnection Connect()
    {
        try
        {
            return Connect(source);
        }
        catch (SqliteException failure)
        {
            throw Told(failure);
        }
    }

    public override Task<DbConnection> ConnectAsync(CancellationToken token = default) => Task.FromResult(Connect());

    public override T Read<T>(Func<DbConnection, T> look, TimeSpan? patience = null)
    {
        try
        {
            using var connection = Connect(source);
            return look(connection);
        }
        catch (SqliteException failure)
        {
            throw Told(failure);
        }
    }

    public override async Task<T> ReadAsync<T>(Func<DbConnection, CancellationToken, Task<T>> look, TimeSpan? patience = null, CancellationToken token = default)
    {
        try
        {
            using var connection = Connect(source);
            return await look(connection, token).ConfigureAwait(false);
        }
        catch (SqliteException failure)
        {
            throw Told(failure);
        }
    }

    public override T Write<T>(Func<DbTransaction, T> work, TimeSpan? patience = null)
    {
        if (!writing.Wait(patience ?? DefaultPatience))
            throw Busy();

        try
        {
            ThrowIfClosed();
            using var transaction = writer.BeginTransaction(deferred: false);
            var result = work(transaction);
            transaction.Commit();
            return result;
        }
        catch (SqliteException failure)
        {
            throw Told(failure);
        }
        finally
        {
            writing.Release();
        }
    }

    public override async Task<T> WriteAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> work, TimeSpan? patience = null, CancellationToken token = default)
    {
        if (!await writing.WaitAsync(patience ?? DefaultPatience, token).ConfigureAwait(false))
            throw Busy();

        try
        {
            ThrowIfClosed();
            using var transaction = writer.BeginTransaction(deferred: false);
            var result = await work(transaction, token).ConfigureAwait(false);
            transaction.Commit();
            return result;
        }
        catch (SqliteException failure)
        {
            throw Told(failure);
        }
        finally
        {
            writing.Release();
        }
    }

    public override IDisposable? TryHold(string name) => FileHold.TryTake(Address, name);

    public override IReadOnlySet<string> Held(IEnumerable<string> names) => names.Where(name => FileHold.IsHeld(Address, name)).ToHashSet();

    internal override EventLog Events { get; }

    internal override Dialect Dialect { get; } = new(
        """
        select device, step, platform, command, verdict, fault_kind, fault_text, elapsed_us, output, a.bytes, a.packed, notes
        from outcome o left join attachment a on a.id = o.attachment where run = @run and (device, step) > (@device, @step) order by device, step limit @most
        """,
        """
        delete from attachment where id in (select attachment from outcome where run = @run);
        delete from outcome where run = @run;
        delete from outcome_count where run = @run;
        delete from event where stream = @stream;
        delete from request_queue where run = @run;
        delete from cluster_run where run = @run;
        delete from recording where run = @run;
        delete from run where id = @run;
        """,
        """
        select r.id, (select coalesce(sum(200 + length(command) + coalesce(length(output), 0) + coalesce(length(a.bytes), 0)), 0) from outcome o left join attachment a on a.id = o.attachment where o.run = r.id)
            + (select coalesce(sum(100 + length(body)), 0) from event where stream = 'run-' || r.id)
            + (select coalesce(sum(100 + length(body)), 0) from recording d where d.run = r.id)
        from run r
        """);

    public override void Dispose()
    {
        // Whoever is writing finishes first; whoever comes later is told.
        writing.Wait();
        closed = true;
        writer.Dispose();
        writing.Release();
    }

    private void ThrowIfClosed()
    {
        if (closed)
            throw new StorageException($"{Address} has been closed. Nothing was written.");
    }

    private StorageException Busy() => new($"{Address}: others were writing all the time. Nothing was written.");

    // SQLite itself waits for its turn, as long as the patience lasts.
    private protected override bool IsPassing(DbException failure) => false;

    private protected override StorageException Told(DbException failure) => failure is SqliteException { SqliteErrorCode: Constraint }
        ? new ConflictException($"{Address}: {failure.Message}", failure)
        : new StorageException($"{Address}: {failure.Message}", failure);

    private static SqliteConnection Prepared(string source, TimeProvider time)
    {
        var writer = Connect(source);
        try
        {
            new SqliteMigrations(time).Apply(writer);
            return writer;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    private static SqliteConnection Connect(string source)
    {
        var connection = new SqliteConnection(source);
        connection.Open();
        using var pragma = connection.CreateCommand();
        pragma.CommandText = "pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 30000; pragma foreign_keys = on; "
            // The pages a run works on stay in memory, and the log is folded back every 16 MB: without either, each commit reads and writes its pages once more.
            + "pragma cache_size = -16000; pragma wal_autocheckpoint = 4000;";
        pragma.ExecuteNonQuery();
        return connection;
    }
}
