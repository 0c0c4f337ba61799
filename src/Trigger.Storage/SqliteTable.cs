using Microsoft.Data.Sqlite;

namespace Trigger.Storage;

/// <summary>Reads a table of somebody else's SQLite file. The file is opened read-only, so a wrong path makes no empty database.</summary>
public static class SqliteTable
{
    private static ReadOnlySpan<byte> Magic => "SQLite format 3\0"u8;

    /// <summary>Whether these bytes are the beginning of an SQLite 3 file (sqlite.org/fileformat2, section 1.3).</summary>
    public static bool IsDatabase(ReadOnlySpan<byte> beginning) => beginning.StartsWith(Magic);

    /// <summary>The rows, each by the names of its columns; values as text, null for NULL.</summary>
    /// <exception cref="StorageException">There is no such table, or the file is damaged.</exception>
    public static IReadOnlyList<IReadOnlyList<KeyValuePair<string, string?>>> Read(string path, string table)
    {
        try
        {
            SqliteNative.Prepare();
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table.Replace("\"", "\"\"", StringComparison.Ordinal)}\" ORDER BY rowid";
            using var reader = command.ExecuteReader();
            var rows = new List<IReadOnlyList<KeyValuePair<string, string?>>>();
            while (reader.Read())
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column =>
                    KeyValuePair.Create(reader.GetName(column), reader.IsDBNull(column) ? null : Convert.ToString(reader.GetValue(column), System.Globalization.CultureInfo.InvariantCulture)))]);
            }

            return rows;
        }
        catch (SqliteException bad)
        {
            throw new StorageException($"the table '{table}' cannot be read: {bad.Message}", bad);
        }
    }
}
