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
            command.CommandText = $"SELECT * FROM {Quoted(table)} ORDER BY rowid";
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

    /// <summary>Makes a table of texts, one column for each name that any row has, and puts the rows into it; all of them or none.</summary>
    /// <exception cref="StorageException">There is such a table already, the file cannot be written, or is no database.</exception>
    public static void Write(string path, string table, IReadOnlyList<IReadOnlyList<KeyValuePair<string, string?>>> rows)
    {
        try
        {
            SqliteNative.Prepare();
            using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 30 }.ToString());
            connection.Open();
            using var transaction = connection.BeginTransaction(deferred: false);
            using var command = connection.CreateCommand();
            command.Transaction = transaction;

            // Column names of SQLite ignore case.
            var columns = rows.SelectMany(row => row.Select(field => field.Key)).Where(name => !name.Equals("id", StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            command.CommandText = $"CREATE TABLE {Quoted(table)} (id INTEGER PRIMARY KEY{string.Concat(columns.Select(name => $", {Quoted(name)} VARCHAR(1024)"))})";
            command.ExecuteNonQuery();
            if (columns.Count > 0)
                Insert(command, table, columns, rows);
            transaction.Commit();
        }
        catch (SqliteException bad)
        {
            throw new StorageException($"{path}: {bad.Message}", bad);
        }
    }

    private static void Insert(SqliteCommand command, string table, List<string> columns, IReadOnlyList<IReadOnlyList<KeyValuePair<string, string?>>> rows)
    {
        command.CommandText = $"INSERT INTO {Quoted(table)} ({string.Join(", ", columns.Select(Quoted))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"$p{i}"))})";
        foreach (var row in rows)
        {
            var fields = row.ToDictionary(field => field.Key, field => field.Value, StringComparer.OrdinalIgnoreCase);
            command.Parameters.Clear();
            for (var i = 0; i < columns.Count; i++)
                command.Parameters.AddWithValue($"$p{i}", (object?)fields.GetValueOrDefault(columns[i]) ?? DBNull.Value);
            command.ExecuteNonQuery();
        }
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
