using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Trigger.Storage;

/// <summary>
/// The state directory's database: journal, outcomes, the list of runs. SQLite in WAL mode with <c>synchronous=FULL</c>, because an intent that a power failure
/// takes back would let a command be sent twice. One writer; readers have connections of their own and never wait for it.
/// </summary>
public sealed class SqliteStore : IDisposable
{
    private readonly string source;
    private readonly SqliteConnection writer;
    private readonly Lock writing = new();
    private readonly TimeProvider time;

    private SqliteStore(string source, SqliteConnection writer, TimeProvider time)
    {
        this.source = source;
        this.writer = writer;
        this.time = time;
    }

    /// <summary>Opens the database in <paramref name="directory"/>, which is made (0700) when missing, and brings its schema up to date.</summary>
    /// <exception cref="StorageException">The directory or database cannot be used.</exception>
    public static SqliteStore Open(string directory, TimeProvider time)
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
            var source = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString();
            return new SqliteStore(source, Prepared(source), time);
        }
        catch (Exception failure) when (failure is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StorageException($"The journal {path} cannot be opened: {failure.Message} Give another directory with --state.", failure);
        }
    }

    public void Dispose() => writer.Dispose();

    /// <summary>Writes a batch in one transaction: all of it, or nothing.</summary>
    internal void Write(IReadOnlyList<(string Stream, long Seq, StoredEvent Event)> batch)
    {
        var now = Stamp(time.GetUtcNow());
        lock (writing)
        {
            using var transaction = writer.BeginTransaction(deferred: false);
            using var statements = new WriteStatements(writer, transaction);
            foreach (var (stream, seq, stored) in batch)
            {
                statements.Event(stream, seq, stored, now);
                if (stored.Run is { } run)
                    statements.Run(run);
                if (stored.Outcome is { } outcome)
                    statements.Outcome(outcome, now);
            }

            transaction.Commit();
        }
    }

    /// <summary>Makes a change in one transaction, as the only writer, and says what came of it.</summary>
    internal T Write<T>(Func<SqliteConnection, SqliteTransaction, string, T> change)
    {
        var now = Stamp(time.GetUtcNow());
        lock (writing)
        {
            using var transaction = writer.BeginTransaction(deferred: false);
            var outcome = change(writer, transaction, now);
            transaction.Commit();
            return outcome;
        }
    }

    /// <summary>Hands the events of a stream to <paramref name="each"/>, in order.</summary>
    internal void Replay(string stream, long from, long to, long most, Action<long, string, byte[]> each)
    {
        using var connection = Connect(source);
        using var select = connection.CreateCommand();
        select.CommandText = "select seq, type, body from event where stream = $stream and seq between $from and $to and type <> '' order by seq limit $most";
        select.Parameters.AddWithValue("$stream", stream);
        select.Parameters.AddWithValue("$from", from);
        select.Parameters.AddWithValue("$to", to);
        select.Parameters.AddWithValue("$most", most);
        using var reader = select.ExecuteReader();
        while (reader.Read())
            each(reader.GetInt64(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2));
    }

    internal long Highest(string stream)
    {
        using var connection = Connect(source);
        using var select = connection.CreateCommand();
        select.CommandText = "select coalesce(max(seq), 0) from event where stream = $stream";
        select.Parameters.AddWithValue("$stream", stream);
        return (long)select.ExecuteScalar()!;
    }

    internal void Delete(string stream, long upTo)
    {
        lock (writing)
        {
            // The newest event stays, emptied and never replayed, because the highest number given must never be given again.
            using var transaction = writer.BeginTransaction(deferred: false);
            using var delete = writer.CreateCommand();
            delete.Transaction = transaction;
            delete.CommandText =
                """
                delete from event where stream = $stream and seq <= $to and seq < (select max(seq) from event where stream = $stream);
                update event set type = '', body = x'' where stream = $stream and seq <= $to;
                """;
            delete.Parameters.AddWithValue("$stream", stream);
            delete.Parameters.AddWithValue("$to", upTo);
            delete.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    /// <summary>All runs, newest first.</summary>
    public IReadOnlyList<RunRow> Runs(int most = 1000) => Query(
        """
        select id, at, started_by, selection, commands, inventory, devices, state, finished_at,
               (select count(*) from outcome o where o.run = r.id and verdict = 'accepted'),
               (select count(*) from outcome o where o.run = r.id and verdict = 'refused'),
               (select count(*) from outcome o where o.run = r.id and verdict = 'unknown'), steps
        from run r order by at desc, id desc limit $most
        """,
        ("$most", most),
        ReadRun).ToList();

    /// <summary>One run by its id, or by the beginning of it when that names only one; null otherwise.</summary>
    public RunRow? Run(string id)
    {
        var found = Query(
            """
            select id, at, started_by, selection, commands, inventory, devices, state, finished_at,
                   (select count(*) from outcome o where o.run = r.id and verdict = 'accepted'),
                   (select count(*) from outcome o where o.run = r.id and verdict = 'refused'),
                   (select count(*) from outcome o where o.run = r.id and verdict = 'unknown'), steps
            from run r where id = $id or substr(id, 1, length($id)) = $id limit 2
            """,
            ("$id", id),
            ReadRun).ToList();
        return found.Count == 1 ? found[0] : found.Find(run => run.Id == id);
    }

    /// <summary>The outcomes of a run, by device and step, read as they are enumerated.</summary>
    public IEnumerable<OutcomeRow> Outcomes(string run) => Query(
        """
        select device, step, platform, command, verdict, fault_kind, fault_text, elapsed_us, output, a.bytes, a.packed
        from outcome o left join attachment a on a.id = o.attachment where run = $run order by device, step
        """,
        ("$run", run),
        reader => new OutcomeRow
        {
            Run = run,
            Device = reader.GetString(0),
            Step = reader.GetInt32(1),
            Platform = reader.GetString(2),
            Command = reader.GetString(3),
            Verdict = reader.GetString(4),
            FaultKind = reader.IsDBNull(5) ? null : reader.GetString(5),
            FaultText = reader.IsDBNull(6) ? null : reader.GetString(6),
            ElapsedMicroseconds = reader.GetInt64(7),
            Output = reader.IsDBNull(9) ? reader.GetString(8) : OutputText.Expand(reader.GetFieldValue<byte[]>(9), reader.GetBoolean(10)),
        });

    /// <summary>Forgets runs whole: events, outcomes, answers. Their space is used again; the file does not shrink.</summary>
    public void Forget(IEnumerable<(string Run, string Stream)> runs)
    {
        lock (writing)
        {
            using var transaction = writer.BeginTransaction(deferred: false);
            foreach (var (run, stream) in runs)
            {
                using var delete = writer.CreateCommand();
                delete.Transaction = transaction;
                delete.CommandText =
                    """
                    delete from attachment where id in (select attachment from outcome where run = $run);
                    delete from outcome where run = $run;
                    delete from event where stream = $stream;
                    delete from request_queue where run = $run;
                    delete from run where id = $run;
                    """;
                delete.Parameters.AddWithValue("$run", run);
                delete.Parameters.AddWithValue("$stream", stream);
                delete.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    /// <summary>Leaves word for the process that runs <paramref name="run"/>.</summary>
    public void Ask(string run, string what, string by)
    {
        lock (writing)
        {
            using var insert = writer.CreateCommand();
            insert.CommandText = "insert into request_queue (run, what, by) values ($run, $what, $by)";
            insert.Parameters.AddWithValue("$run", run);
            insert.Parameters.AddWithValue("$what", what);
            insert.Parameters.AddWithValue("$by", by);
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Takes the oldest word left for a run, if any.</summary>
    public (string What, string By)? TakeRequest(string run)
    {
        // Looked for far more often than found, and looking must not take the writer's turn.
        if (!Query("select 1 from request_queue where run = $run limit 1", ("$run", run), _ => true).Any())
            return null;

        lock (writing)
        {
            // Taken and removed in one breath: a word left in between is a new word.
            using var take = writer.CreateCommand();
            take.CommandText = "delete from request_queue where id = (select min(id) from request_queue where run = $run) returning what, by";
            take.Parameters.AddWithValue("$run", run);
            using var reader = take.ExecuteReader();
            return reader.Read() ? (reader.GetString(0), reader.GetString(1)) : null;
        }
    }

    /// <summary>A setting of the writing connection, as SQLite tells it.</summary>
    internal object? Pragma(string name)
    {
        lock (writing)
        {
            using var ask = writer.CreateCommand();
            ask.CommandText = $"pragma {name}";
            return ask.ExecuteScalar();
        }
    }

    internal static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");

    internal static DateTimeOffset Moment(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static RunRow ReadRun(SqliteDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Header = new RunHeader(Moment(reader.GetString(1)), reader.GetString(2), reader.GetString(3), reader.GetString(4).Split('\n'), reader.GetString(5).Split('\n')),
        Devices = reader.GetInt32(6),
        State = reader.GetString(7),
        FinishedAt = reader.IsDBNull(8) ? null : Moment(reader.GetString(8)),
        Accepted = reader.GetInt64(9),
        Refused = reader.GetInt64(10),
        Unknown = reader.GetInt64(11),
        Steps = reader.IsDBNull(12) ? null : reader.GetInt64(12),
    };

    internal IEnumerable<T> Query<T>(string sql, (string Name, object Value) parameter, Func<SqliteDataReader, T> read)
    {
        using var connection = Connect(source);
        using var select = connection.CreateCommand();
        select.CommandText = sql;
        select.Parameters.AddWithValue(parameter.Name, parameter.Value);
        using var reader = select.ExecuteReader();
        while (reader.Read())
            yield return read(reader);
    }

    private static SqliteConnection Prepared(string source)
    {
        var writer = Connect(source);
        try
        {
            new SqliteMigrations(TimeProvider.System).Apply(writer);
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
