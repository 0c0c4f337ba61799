using System.Data.Common;
using Trigger.Cluster.Membership;

namespace Trigger.Storage.Cluster;

/// <summary>
/// Statements of the cluster's tables inside one transaction, or of one statement that is a transaction by itself. No statement may last longer than a node can wait for it.
/// </summary>
/// <param name="locks">Whether rows can and must be locked: SQLite has one writer at a time anyway.</param>
internal sealed class ClusterTransaction(DbConnection connection, DbTransaction? transaction, bool locks, CancellationToken token)
{
    /// <summary>Shorter than a lease.</summary>
    public const int StatementSeconds = 4;

    public bool Locks => locks;

    /// <summary>Against everybody who wants to change the row, or makes sure that nobody does.</summary>
    public string ForUpdate => locks ? " for update" : "";

    /// <summary>Against everybody who wants to change the row. Not "for key share", which a change of other columns passes.</summary>
    public string ForShare => locks ? " for share" : "";

    public DbCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.Command(sql, parameters);
        command.Transaction = transaction;
        command.CommandTimeout = StatementSeconds;
        return command;
    }

    public Task<int> Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Run(Command(sql, parameters));

    public async Task<int> Run(DbCommand command)
    {
        await using (command.ConfigureAwait(false))
            return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false);
    }

    public Task<object?> Ask(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => Ask(Command(sql, parameters));

    public Task<List<T>> Rows<T>(string sql, Func<DbDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters) => Rows(Command(sql, parameters), read);

    public async Task<List<T>> Rows<T>(DbCommand command, Func<DbDataReader, T> read)
    {
        await using (command.ConfigureAwait(false))
        {
            var rows = new List<T>();
            var reader = await command.ExecuteReaderAsync(token).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                while (await reader.ReadAsync(token).ConfigureAwait(false))
                    rows.Add(read(reader));
            }

            return rows;
        }
    }

    /// <summary>Says to all who look that something is new. The last statement of its transaction, as everybody who says so waits here for each other.</summary>
    public async Task<long> RaiseVersion() => (long)(await Ask("update cluster_version set version = version + 1 returning version").ConfigureAwait(false))!;

    public static MemberId? Member(DbDataReader row, int column) => row.IsDBNull(column) ? null : new MemberId(row.GetString(column), row.GetInt64(column + 1));

    private async Task<object?> Ask(DbCommand command)
    {
        await using (command.ConfigureAwait(false))
            return await command.ExecuteScalarAsync(token).ConfigureAwait(false) is { } value and not DBNull ? value : null;
    }
}
