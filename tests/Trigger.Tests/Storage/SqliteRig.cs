using Microsoft.Data.Sqlite;
using Trigger.Storage;
using Trigger.Tests.Devices;
using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class SqliteRig : StorageRig
{
    private readonly TemporaryFolder folder = new();

    public override string Address => folder.Path;

    public override object? Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder.Path, "journal.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    internal override Migrations Steps(params Migration[] more) => new SqliteMigrations(TimeProvider.System, [.. Migration.Of("Sqlite"), .. more]);

    public override void Dispose() => folder.Dispose();
}
