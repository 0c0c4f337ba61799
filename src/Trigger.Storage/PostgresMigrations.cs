using System.Data;
using System.Data.Common;

namespace Trigger.Storage;

internal sealed class PostgresMigrations(TimeProvider time, IReadOnlyList<Migration>? steps = null) : Migrations(steps ?? Migration.Of("Postgres"), time)
{
    protected override DbTransaction Lock(DbConnection connection)
    {
        var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        // Not "create table if not exists": two who do that at once collide in the catalogue.
        // A lock for each schema, as one database may hold several engines.
        transaction.Run("select pg_advisory_xact_lock(hashtextextended(current_schema() || '/schema_version', 7))");
        return transaction;
    }

    protected override bool HasLedger(DbConnection connection, DbTransaction? transaction)
    {
        // Not to_regclass: that may answer from what this session remembers from before it waited for the lock.
        using var ask = connection.Command("select exists (select from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relname = 'schema_version' and n.nspname = current_schema())");
        ask.Transaction = transaction;
        return (bool)ask.ExecuteScalar()!;
    }
}
