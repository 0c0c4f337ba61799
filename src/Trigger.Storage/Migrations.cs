using Microsoft.Data.Sqlite;

namespace Trigger.Storage;

/// <summary>Brings a database's schema up to date: the numbered scripts in <c>Schema/</c>, each once, in one transaction.</summary>
internal static class Migrations
{
    private const int Newest = 3;

    public static void Apply(SqliteConnection connection)
    {
        if (Version(connection, null) == Newest)
            return;

        // Two processes may open a new directory in the same moment: the second waits here and then finds the work done.
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Version(connection, transaction);
        if (version > Newest)
            throw new StorageException($"The journal was written by a newer Trigger (schema {version}, this one knows {Newest}). Use that version.");

        for (var next = version + 1; next <= Newest; next++)
        {
            using var script = connection.CreateCommand();
            script.Transaction = transaction;
            script.CommandText = Script(next) + $"\npragma user_version = {next};";
            script.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static long Version(SqliteConnection connection, SqliteTransaction? transaction)
    {
        using var ask = connection.CreateCommand();
        ask.Transaction = transaction;
        ask.CommandText = "pragma user_version";
        return (long)ask.ExecuteScalar()!;
    }

    private static string Script(long number)
    {
        using var stream = typeof(Migrations).Assembly.GetManifestResourceStream($"{number:0000}.sql")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
