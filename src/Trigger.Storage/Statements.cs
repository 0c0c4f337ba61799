using System.Data.Common;

namespace Trigger.Storage;

/// <summary>Statements in few words, the same for both databases.</summary>
internal static class Statements
{
    public static DbCommand Command(this DbConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    public static DbCommand Command(this DbTransaction transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = transaction.Connection!.Command(sql, parameters);
        command.Transaction = transaction;
        return command;
    }

    /// <returns>How many rows it changed.</returns>
    public static int Run(this DbTransaction transaction, string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = transaction.Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row; null when there is no row, or NULL in it.</summary>
    public static object? Ask(this DbCommand command)
    {
        using (command)
            return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public static IEnumerable<T> Rows<T>(this DbCommand command, Func<DbDataReader, T> read)
    {
        using (command)
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
                yield return read(reader);
        }
    }
}
