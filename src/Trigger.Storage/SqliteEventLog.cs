using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Trigger.Storage;

/// <summary>The one writer's way: statement by statement inside the process, each prepared once a batch.</summary>
internal sealed class SqliteEventLog(SqliteDatabase database) : EventLog(database)
{
    private readonly SqliteDatabase database = database;

    // SQLite works in the caller's thread, so the caller is one of the pool.
    public override Task Write(StoredBatch batch) => Task.Run(() => database.Write(
        transaction =>
        {
            Check(transaction, batch.Fences);
            using var statements = new SqliteStatements((SqliteTransaction)transaction, Moments.Text(database.Time.GetUtcNow()));
            foreach (var (stream, seq, stored) in batch.Events)
                statements.Write(stream, seq, stored);
            statements.Count();
            return 0;
        },
        Patience));

    private static void Check(DbTransaction transaction, IReadOnlyList<ShardFence> fences)
    {
        var stale = fences.Where(fence => transaction.Command(
            "select 1 from shard where space = @space and number = @number and epoch = @epoch", ("@space", fence.Space), ("@number", fence.Number), ("@epoch", fence.Epoch)).Ask() is null).ToList();
        if (stale.Count > 0)
            throw new FencedException(stale);
    }
}
