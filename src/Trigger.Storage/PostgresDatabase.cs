using System.Data;
using System.Data.Common;
using Npgsql;

namespace Trigger.Storage;

/// <summary>
/// A PostgreSQL server that many nodes share. Reading and writing have pools of their own, so that no number of readers keeps the journal waiting. No session state is relied on.
/// </summary>
internal sealed class PostgresDatabase : Database
{

    private readonly NpgsqlDataSource readers;
    private readonly NpgsqlDataSource writers;
    private readonly PostgresHolds holds;
    private readonly PostgresAddress address;

    private PostgresDatabase(PostgresAddress address, TimeProvider time)
        : base(address.Shown, time)
    {
        this.address = address;
        readers = Source(address, " (reading)", writes: false);
        writers = Source(address, "", writes: true);
        holds = new PostgresHolds(() => Line(address, " (holding)", patience: 5), time);
        Events = new PostgresEventLog(this);
    }

    public override bool IsShared => true;

    public static PostgresDatabase Open(PostgresAddress address, TimeProvider time)
    {
        var database = new PostgresDatabase(address, time);
        try
        {
            using var connection = database.writers.OpenConnection();
            if (connection.Command("show server_encoding").Ask() is not "UTF8")
                throw new StorageException($"{database.Address}: the database must be in UTF8. Make one with: create database NAME encoding 'UTF8' template template0");
            // On a line without the writers' limits: a step may take long, and so may the turn of whoever opens the database in the same moment.
            using var steps = Line(address, " (migrating)", patience: 600);
            new PostgresMigrations(time).Apply(steps);
            return database;
        }
        catch (Exception failure)
        {
            database.Dispose();
            throw failure is NpgsqlException ? new StorageException($"The journal {database.Address} cannot be opened: {Reason(failure)}", failure) : failure;
        }
    }

    public override DbConnection Connect() => Connect(async: false, readers, new Patience(Time, DefaultPatience), default).AsTask().GetAwaiter().GetResult();

    public override async Task<DbConnection> ConnectAsync(CancellationToken token = default) =>
        await Connect(async: true, readers, new Patience(Time, DefaultPatience), token).ConfigureAwait(false);

    public override T Read<T>(Func<DbConnection, T> look, TimeSpan? patience = null) =>
        Read(async: false, (connection, _) => Task.FromResult(look(connection)), patience, default).AsTask().GetAwaiter().GetResult();

    public override Task<T> ReadAsync<T>(Func<DbConnection, CancellationToken, Task<T>> look, TimeSpan? patience = null, CancellationToken token = default) =>
        Read(async: true, look, patience, token).AsTask();

    public override T Write<T>(Func<DbTransaction, T> work, TimeSpan? patience = null) =>
        Write(async: false, (transaction, _) => Task.FromResult(work(transaction)), patience, default).AsTask().GetAwaiter().GetResult();

    public override Task<T> WriteAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> work, TimeSpan? patience = null, CancellationToken token = default) =>
        Write(async: true, work, patience, token).AsTask();

    public override IDisposable? TryHold(string name)
    {
        try
        {
            return holds.TryTake(name);
        }
        catch (NpgsqlException failure)
        {
            throw Told(failure);
        }
    }

    public override IReadOnlySet<string> Held(IEnumerable<string> names) => Read(connection => PostgresHolds.Held(connection, names));

    internal override EventLog Events { get; }

    internal override Dialect Dialect { get; } = new(
        """
        select device, step, platform, command, verdict, fault_kind, fault_text, elapsed_us, null, output, packed, notes
        from outcome where run = @run and (device, step) > (@device, @step) order by device, step limit @most
        """,
        """
        delete from outcome where run = @run;
        delete from outcome_count where run = @run;
        delete from event where stream = @stream;
        delete from request_queue where run = @run;
        delete from cluster_run where run = @run;
        delete from recording where run = @run;
        delete from run where id = @run;
        """,
        """
        select r.id, cast((select coalesce(sum(200 + length(command) + octet_length(output)), 0) from outcome o where o.run = r.id)
            + (select coalesce(sum(100 + octet_length(body)), 0) from event where stream = 'run-' || r.id)
            + (select coalesce(sum(100 + octet_length(body)), 0) from recording d where d.run = r.id) as bigint)
        from run r
        """);

    /// <summary>An open connection of no pool, for what a session holds or hears. The caller's to dispose.</summary>
    internal NpgsqlConnection OpenLine() => Line(address, " (listening)", patience: 5);

    public override void Dispose()
    {
        holds.Dispose();
        readers.Dispose();
        writers.Dispose();
    }

    // Each of these three is written once for both kinds of callers: with async false nothing in it ever suspends.
    private async ValueTask<T> Read<T>(bool async, Func<DbConnection, CancellationToken, Task<T>> look, TimeSpan? limit, CancellationToken token)
    {
        var patience = new Patience(Time, limit ?? DefaultPatience);
        while (true)
        {
            var connection = await Connect(async, readers, patience, token).ConfigureAwait(false);
            try
            {
                return await look(connection, token).ConfigureAwait(false);
            }
            catch (NpgsqlException failure)
            {
                if (!PostgresFaults.IsPassing(failure) || patience.IsOver)
                    throw Told(failure);
            }
            finally
            {
                await Close(async, connection).ConfigureAwait(false);
            }

            await patience.Pause(async, token).ConfigureAwait(false);
        }
    }

    private async ValueTask<T> Write<T>(bool async, Func<DbTransaction, CancellationToken, Task<T>> work, TimeSpan? limit, CancellationToken token)
    {
        var patience = new Patience(Time, limit ?? DefaultPatience);
        while (true)
        {
            var connection = await Connect(async, writers, patience, token).ConfigureAwait(false);
            var asked = false;
            try
            {
                var transaction = async
                    ? await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, token).ConfigureAwait(false)
                    : connection.BeginTransaction(IsolationLevel.ReadCommitted);
                var result = await work(transaction, token).ConfigureAwait(false);

                // From here on nobody may turn back: a cancelled commit is one of unknown end.
                asked = true;
                if (async)
                    await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                else
                    transaction.Commit();
                return result;
            }
            catch (NpgsqlException failure)
            {
                if (asked && !PostgresFaults.IsRefusal(failure))
                    throw new InDoubtException($"{Address}: nobody answered whether the writing was committed: {Reason(failure)}", failure);
                if (!PostgresFaults.IsPassing(failure) || patience.IsOver)
                    throw Told(failure);
            }
            finally
            {
                // Undoes what was not committed.
                await Close(async, connection).ConfigureAwait(false);
            }

            await patience.Pause(async, token).ConfigureAwait(false);
        }
    }

    private async ValueTask<NpgsqlConnection> Connect(bool async, NpgsqlDataSource source, Patience patience, CancellationToken token)
    {
        while (true)
        {
            try
            {
                return async ? await source.OpenConnectionAsync(token).ConfigureAwait(false) : source.OpenConnection();
            }
            catch (NpgsqlException failure)
            {
                if (!PostgresFaults.IsPassing(failure) || patience.IsOver)
                    throw Told(failure);
            }

            await patience.Pause(async, token).ConfigureAwait(false);
        }
    }

    private static async ValueTask Close(bool async, DbConnection connection)
    {
        if (async)
            await connection.DisposeAsync().ConfigureAwait(false);
        else
            connection.Dispose();
    }

    private protected override bool IsPassing(DbException failure) => failure is NpgsqlException known && PostgresFaults.IsPassing(known);

    private protected override StorageException Told(DbException failure) => failure.SqlState == PostgresErrorCodes.UniqueViolation
        ? new ConflictException($"{Address}: {Reason(failure)}", failure)
        : new StorageException($"{Address}: {Reason(failure)}", failure);

    private static string Reason(Exception failure) => failure is PostgresException refused ? refused.MessageText : failure.InnerException is { } inner ? $"{failure.Message} ({inner.Message})" : failure.Message;

    private static NpgsqlConnectionStringBuilder Settings(PostgresAddress address, string purpose) => new(address.Settings.ConnectionString)
    {
        ApplicationName = (address.Settings.ApplicationName ?? "trigger") + purpose,
        CommandTimeout = 30,
        // Nothing is kept in a session but what stands in the settings below, so there is nothing to reset.
        NoResetOnClose = true,
        TcpKeepAlive = true,
        TcpKeepAliveTime = 10,
        TcpKeepAliveInterval = 3,
        IncludeErrorDetail = false,
    };

    private static NpgsqlDataSource Source(PostgresAddress address, string purpose, bool writes)
    {
        var settings = Settings(address, purpose);
        settings.MaxPoolSize = address.Pool;
        settings.MaxAutoPrepare = 64;
        settings.AutoPrepareMinUsages = 2;

        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        // Our tables have the types every server has; asking for all of them would double the time to connect.
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        if (writes)
        {
            builder.UsePhysicalConnectionInitializer(
                connection => connection.Command(WritersSettings).Ask(),
                async connection =>
                {
                    await using var command = connection.Command(WritersSettings);
                    await command.ExecuteNonQueryAsync().ConfigureAwait(false);
                });
        }

        return address.HasSeveralHosts ? builder.BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary) : builder.Build();
    }

    // A connection outside the pools.
    private static NpgsqlConnection Line(PostgresAddress address, string purpose, int patience)
    {
        var settings = Settings(address, purpose);
        settings.Pooling = false;
        settings.CommandTimeout = patience;
        if (address.HasSeveralHosts)
            settings.TargetSessionAttributes = "primary";
        var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Open();
        connection.Command(DeadMachines).Ask();
        return connection;
    }

    // The server's own defaults notice a machine that is gone after two hours.
    private const string DeadMachines =
        "select set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '3', false), set_config('tcp_keepalives_count', '3', false)";

    // A commit that is not on disk is no commit: an intent taken back by a power failure would let a command be sent twice. A writer that is frozen inside a transaction must not hold its locks for ever,
    // and one whose machine is gone must be noticed while it waits for a lock.
    private const string WritersSettings =
        DeadMachines
        + ", set_config('lock_timeout', '10s', false), set_config('idle_in_transaction_session_timeout', '20s', false)"
        + ", case when current_setting('synchronous_commit') = 'off' then set_config('synchronous_commit', 'on', false) end"
        + ", case when current_setting('client_connection_check_interval', true) is not null then set_config('client_connection_check_interval', '1s', false) end";
}
