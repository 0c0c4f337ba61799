using System.Data.Common;

namespace Trigger.Storage;

/// <summary>The table of events, and the rows that are true in the same instant.</summary>
internal abstract class EventLog(Database database)
{
    /// <summary>How long a batch waits for a server that is gone. Nothing is sent to a device meanwhile, because its intent is not written.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Writes a batch in one transaction: all of it, or nothing.</summary>
    /// <exception cref="FencedException">One of its shards is another's by now.</exception>
    /// <exception cref="ConflictException">Somebody else writes one of its streams.</exception>
    /// <exception cref="InDoubtException">Nobody could say, for as long as the patience lasts, whether it is written.</exception>
    /// <exception cref="StorageException">It is not written.</exception>
    public abstract Task Write(StoredBatch batch);

    /// <summary>Hands the events of a stream to <paramref name="each"/>, in order, each once.</summary>
    public Task Replay(string stream, long from, long to, long most, Action<long, string, byte[]> each)
    {
        // A line that breaks half way is taken up after the last event that came through.
        var (next, left) = (from, most);
        return database.ReadAsync(async (connection, token) =>
        {
            await using var select = connection.Command(
                "select seq, type, body from event where stream = @stream and seq between @from and @to and type <> '' order by seq limit @most",
                ("@stream", stream), ("@from", next), ("@to", to), ("@most", left));
            await using var reader = await select.ExecuteReaderAsync(token).ConfigureAwait(false);
            while (await reader.ReadAsync(token).ConfigureAwait(false))
            {
                var seq = reader.GetInt64(0);
                each(seq, reader.GetString(1), reader.GetFieldValue<byte[]>(2));
                (next, left) = (seq + 1, left - 1);
            }

            return 0;
        });
    }

    public Task<long> Highest(string stream) => database.ReadAsync(async (connection, token) =>
    {
        await using var select = connection.Command("select coalesce(max(seq), 0) from event where stream = @stream", ("@stream", stream));
        return (long)(await select.ExecuteScalarAsync(token).ConfigureAwait(false))!;
    });

    /// <summary>Deletes events up to a number. The newest of a stream stays, emptied and never replayed, because the highest number given must never be given again.</summary>
    public Task Delete(string stream, long upTo) => database.WriteRepeatably(async (transaction, token) =>
    {
        await Run(transaction, "delete from event where stream = @stream and seq <= @to and seq < (select max(seq) from event where stream = @stream)", stream, upTo, token).ConfigureAwait(false);
        await Run(transaction, "update event set type = '', body = @nothing where stream = @stream and seq <= @to", stream, upTo, token).ConfigureAwait(false);
        return 0;
    });

    private static async Task Run(DbTransaction transaction, string sql, string stream, long upTo, CancellationToken token)
    {
        await using var command = transaction.Command(sql, ("@stream", stream), ("@to", upTo), ("@nothing", Array.Empty<byte>()));
        await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
    }
}
