using System.Data.Common;

namespace Trigger.Storage;

/// <summary>
/// Where the engine's tables live: a state directory with an SQLite file, or a PostgreSQL server that many nodes share. Statements are written once where both take them:
/// <c>@name</c> for parameters, <c>on conflict</c>, <c>returning</c>, moments as text (<see cref="Moments"/>), counts as <c>bigint</c>.
/// </summary>
public abstract class Database : IDisposable
{
    /// <summary>How long a reading or writing waits for its turn, or for a server that is gone, before it fails.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private protected Database(string address, TimeProvider time)
    {
        Address = address;
        Time = time;
    }

    /// <summary>What the address looks like to people. Without passwords.</summary>
    public string Address { get; }

    /// <summary>Whether other machines may use it at the same time, and so whether ownership must be fenced.</summary>
    public abstract bool IsShared { get; }

    public TimeProvider Time { get; }

    /// <summary>Opens the database and brings its schema up to date.</summary>
    /// <param name="address">
    /// A directory, made (0700) when missing; or <c>postgres://user@host:5432/name?sslmode=…</c>, its password taken from <c>PGPASSWORD</c>, <c>PGPASSFILE</c>, <c>~/.pgpass</c> or the address.
    /// </param>
    /// <exception cref="StorageException">It cannot be used, or a newer Trigger has changed it beyond this one's knowledge.</exception>
    public static Database Open(string address, TimeProvider time) =>
        PostgresAddress.IsOne(address) ? PostgresDatabase.Open(PostgresAddress.Parse(address), time) : SqliteDatabase.Open(address, time);

    /// <summary>Whether an address names a server, rather than a directory.</summary>
    public static bool IsServer(string address) => PostgresAddress.IsOne(address);

    /// <summary>An address as people, logs and errors may see it: without its password.</summary>
    public static string WithoutPassword(string address) => PostgresAddress.IsOne(address) ? PostgresAddress.WithoutPassword(address) : address;

    /// <summary>An open connection for reading, the caller's to dispose.</summary>
    /// <exception cref="StorageException">There is none to be had within <see cref="DefaultPatience"/>.</exception>
    public abstract DbConnection Connect();

    /// <inheritdoc cref="Connect"/>
    public abstract Task<DbConnection> ConnectAsync(CancellationToken token = default);

    /// <summary>Reads, again from the start when the line breaks, so <paramref name="look"/> may be called several times.</summary>
    /// <exception cref="StorageException">It could not be read within the patience.</exception>
    public abstract T Read<T>(Func<DbConnection, T> look, TimeSpan? patience = null);

    /// <inheritdoc cref="Read"/>
    public abstract Task<T> ReadAsync<T>(Func<DbConnection, CancellationToken, Task<T>> look, TimeSpan? patience = null, CancellationToken token = default);

    /// <summary>
    /// Makes a change in one transaction: READ COMMITTED on PostgreSQL; alone, in this process and beyond, on SQLite. An exception of <paramref name="work"/> undoes all of it.
    /// A line that breaks before the commit has certainly changed nothing, so <paramref name="work"/> is called again, which it must bear.
    /// </summary>
    /// <exception cref="ConflictException">A key is taken.</exception>
    /// <exception cref="InDoubtException">Nobody answered the commit.</exception>
    /// <exception cref="StorageException">It could not be written within the patience; nothing is changed.</exception>
    public abstract T Write<T>(Func<DbTransaction, T> work, TimeSpan? patience = null);

    /// <inheritdoc cref="Write"/>
    public abstract Task<T> WriteAsync<T>(Func<DbTransaction, CancellationToken, Task<T>> work, TimeSpan? patience = null, CancellationToken token = default);

    /// <summary>Says to everybody who uses this database that <paramref name="name"/> is being done here. Holds until it is disposed, or this process is gone, however it went.</summary>
    /// <returns>Null when another holds it.</returns>
    /// <exception cref="StorageException">The database cannot be used.</exception>
    public abstract IDisposable? TryHold(string name);

    /// <summary>Those of <paramref name="names"/> that somebody holds, here or elsewhere.</summary>
    public abstract IReadOnlySet<string> Held(IEnumerable<string> names);

    public abstract void Dispose();

    /// <summary>The journal's table.</summary>
    internal abstract EventLog Events { get; }

    internal abstract Dialect Dialect { get; }

    /// <summary>Writes what may be written twice, and so bears that nobody answers the commit.</summary>
    internal T WriteRepeatably<T>(Func<DbTransaction, T> work, TimeSpan? patience = null)
    {
        try
        {
            return Write(work, patience);
        }
        catch (InDoubtException)
        {
            return Write(work, patience);
        }
    }

    /// <inheritdoc cref="WriteRepeatably{T}(Func{DbTransaction, T}, TimeSpan?)"/>
    internal async Task<T> WriteRepeatably<T>(Func<DbTransaction, CancellationToken, Task<T>> work)
    {
        try
        {
            return await WriteAsync(work).ConfigureAwait(false);
        }
        catch (InDoubtException)
        {
            return await WriteAsync(work).ConfigureAwait(false);
        }
    }

    /// <summary>Rows as they are enumerated, on a connection of their own. A line that breaks before the first row is tried again; one that breaks later ends the enumeration.</summary>
    /// <exception cref="StorageException">While enumerating.</exception>
    internal IEnumerable<T> Stream<T>(Func<DbConnection, DbCommand> ask, Func<DbDataReader, T> read)
    {
        var (connection, command, reader) = Begin(ask);
        using (connection)
        using (command)
        using (reader)
        {
            while (Next(reader))
                yield return read(reader);
        }
    }

    /// <summary>What a driver's failure means.</summary>
    private protected abstract StorageException Told(DbException failure);

    /// <summary>Whether the same may well succeed a little later.</summary>
    private protected abstract bool IsPassing(DbException failure);

    private (DbConnection Connection, DbCommand Command, DbDataReader Reader) Begin(Func<DbConnection, DbCommand> ask)
    {
        var patience = new Patience(Time, DefaultPatience);
        while (true)
        {
            var connection = Connect();
            try
            {
                var command = ask(connection);
                return (connection, command, command.ExecuteReader());
            }
            catch (DbException failure)
            {
                connection.Dispose();
                if (!IsPassing(failure) || patience.IsOver)
                    throw Told(failure);
            }

            patience.Pause(async: false, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
    }

    private bool Next(DbDataReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (DbException failure)
        {
            throw Told(failure);
        }
    }
}
