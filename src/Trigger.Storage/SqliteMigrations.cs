using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Trigger.Storage;

/// <summary>The version is also in <c>user_version</c>, where Triggers from before there was a ledger look, and refuse what is too new for them.</summary>
internal sealed class SqliteMigrations(TimeProvider time, IReadOnlyList<Migration>? steps = null) : Migrations(steps ?? Migration.Of("Sqlite"), time)
{
    protected override DbTransaction Lock(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    protected override bool HasLedger(DbConnection connection, DbTransaction? transaction)
    {
        using var ask = connection.Command("select 1 from sqlite_master where type = 'table' and name = 'schema_version'");
        ask.Transaction = transaction;
        return ask.ExecuteScalar() is not null;
    }

    protected override int VersionElsewhere(DbConnection connection, DbTransaction? transaction)
    {
        using var ask = connection.Command("pragma user_version");
        ask.Transaction = transaction;
        return checked((int)(long)ask.ExecuteScalar()!);
    }

    protected override void Seal(DbTransaction transaction, int newest) => transaction.Run($"pragma user_version = {newest}");
}
