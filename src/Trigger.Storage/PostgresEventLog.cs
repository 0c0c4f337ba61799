using Npgsql;
using NpgsqlTypes;

namespace Trigger.Storage;

/// <summary>
/// Two round trips a batch, however large: all its rows as arrays, then the commit. A batch has a number of its own; when the answer to the commit is lost, the number says whether the batch is there,
/// and otherwise it is written again. The events' primary key makes that safe while the lost transaction may still be under way: the second writing waits for the first, and then finds it.
/// </summary>
internal sealed class PostgresEventLog(PostgresDatabase database) : EventLog(database)
{
    private readonly PostgresDatabase database = database;

    // Which of the counts is this process's to raise.
    private readonly int slot = Random.Shared.Next(16);

    public override async Task Write(StoredBatch batch)
    {
        var id = Guid.CreateVersion7();
        var rows = new PostgresRows(batch, id, slot, Moments.Text(database.Time.GetUtcNow()));
        var patience = new Patience(database.Time, Patience);
        var inDoubt = false;
        while (true)
        {
            try
            {
                await database.WriteAsync(async (transaction, token) => await Append((NpgsqlTransaction)transaction, batch.Fences, rows, token).ConfigureAwait(false), Patience).ConfigureAwait(false);
                return;
            }
            catch (InDoubtException) when (!patience.IsOver)
            {
                inDoubt = true;
            }
            catch (StorageException lost) when (inDoubt && lost is FencedException or ConflictException)
            {
                // Lost to ourselves, perhaps: what stands in the way may be the first attempt.
                if (!await IsThere(batch, id).ConfigureAwait(false))
                    throw;
                return;
            }
            catch (StorageException unreachable) when (inDoubt)
            {
                throw new InDoubtException(unreachable.Message, unreachable);
            }

            if (await IsThere(batch, id).ConfigureAwait(false))
                return;
        }
    }

    private static async Task<int> Append(NpgsqlTransaction transaction, IReadOnlyList<ShardFence> fences, PostgresRows rows, CancellationToken token)
    {
        await using var statements = new NpgsqlBatch(transaction.Connection, transaction);
        if (fences.Count > 0)
            statements.BatchCommands.Add(Held(fences));
        rows.AddTo(statements);

        FencedException? fenced = null;
        try
        {
            await using var reader = await statements.ExecuteReaderAsync(token).ConfigureAwait(false);
            if (fences.Count > 0)
                fenced = Down(fences, await Read(reader, token).ConfigureAwait(false));

            // Each statement's error is thrown when its turn comes.
            while (fenced is null && await reader.NextResultAsync(token).ConfigureAwait(false))
            {
            }
        }
        catch (NpgsqlException) when (fenced is not null)
        {
            // Behind a fence that is down the rest may well be refused, too: the taker writes the same streams. What counts is the fence.
        }

        return fenced is null ? 0 : throw fenced;
    }

    private static async Task<HashSet<ShardFence>> Read(NpgsqlDataReader reader, CancellationToken token)
    {
        var held = new HashSet<ShardFence>();
        while (await reader.ReadAsync(token).ConfigureAwait(false))
            held.Add(new ShardFence(reader.GetString(0), reader.GetInt32(1), reader.GetInt64(2)));
        return held;
    }

    private static FencedException? Down(IReadOnlyList<ShardFence> fences, HashSet<ShardFence> held) =>
        held.Count == fences.Count ? null : new FencedException([.. fences.Where(fence => !held.Contains(fence))]);

    // Locked for share: whoever takes the shard over waits for this transaction, and this one for a take-over that has begun. A weaker lock, or none, lets a stale owner's rows
    // commit behind the taker's back; seen on PostgreSQL 15. In the order of the key, as takers lock them.
    private static NpgsqlBatchCommand Held(IReadOnlyList<ShardFence> fences)
    {
        var held = new NpgsqlBatchCommand(
            "select space, number, epoch from shard where (space, number, epoch) in (select * from unnest(@spaces, @numbers, @epochs)) order by space, number for share");
        held.Parameters.Add(Array("@spaces", NpgsqlDbType.Text, fences.Select(fence => fence.Space)));
        held.Parameters.Add(Array("@numbers", NpgsqlDbType.Integer, fences.Select(fence => fence.Number)));
        held.Parameters.Add(Array("@epochs", NpgsqlDbType.Bigint, fences.Select(fence => fence.Epoch)));
        return held;
    }

    private async Task<bool> IsThere(StoredBatch batch, Guid id)
    {
        var (stream, seq, _) = batch.Events[0];
        try
        {
            return await database.ReadAsync(
                async (connection, token) =>
                {
                    await using var select = connection.Command("select 1 from event where stream = @stream and seq = @seq and batch = @batch", ("@stream", stream), ("@seq", seq), ("@batch", id));
                    return await select.ExecuteScalarAsync(token).ConfigureAwait(false) is not null;
                },
                Patience).ConfigureAwait(false);
        }
        catch (StorageException unreachable)
        {
            throw new InDoubtException(unreachable.Message, unreachable);
        }
    }

    private static NpgsqlParameter Array<T>(string name, NpgsqlDbType type, IEnumerable<T> values) => new(name, NpgsqlDbType.Array | type) { Value = values.ToArray() };
}
