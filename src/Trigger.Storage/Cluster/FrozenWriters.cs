namespace Trigger.Storage.Cluster;

/// <summary>
/// Ends sessions that stand in a take-over's way. A node that is frozen in the middle of a transaction keeps its locks, and whoever wants to take its shards would wait for it; its
/// session is idle in that transaction, which no living writer of ours is for longer than a moment.
/// </summary>
internal sealed class FrozenWriters : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(700);

    private readonly CancellationTokenSource done = new();
    private readonly Task watching;

    private FrozenWriters(PostgresDatabase database, int process) => watching = Watch(database, process);

    /// <summary>Watches over a transaction until this is disposed.</summary>
    public static async Task<FrozenWriters> FreeFor(PostgresDatabase database, ClusterTransaction transaction) =>
        new(database, (int)(await transaction.Ask("select pg_backend_pid()").ConfigureAwait(false))!);

    public async ValueTask DisposeAsync()
    {
        await done.CancelAsync().ConfigureAwait(false);
        await watching.ConfigureAwait(false);
        done.Dispose();
    }

    private async Task Watch(PostgresDatabase database, int process)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Grace, database.Time, done.Token).ConfigureAwait(false);
                await database.ReadAsync(
                    async (connection, token) =>
                    {
                        await using var end = connection.Command(
                            "select pg_terminate_backend(pid) from pg_stat_activity where pid = any(pg_blocking_pids(@process)) and state like 'idle in transaction%'", ("@process", process));
                        end.CommandTimeout = ClusterTransaction.StatementSeconds;
                        return await end.ExecuteNonQueryAsync(token).ConfigureAwait(false);
                    },
                    TimeSpan.FromSeconds(2),
                    done.Token).ConfigureAwait(false);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or StorageException)
        {
            // Either the take-over is done, or the database has troubles that the take-over will hear of, too.
        }
    }
}
