
namespace Trigger.Storage;

/// <summary>The runs that a cluster has accepted, and which of them nobody has finished.</summary>
public sealed class ClusterRuns(Database database)
{
    private const string Unclosed = "select c.run from cluster_run c join run r on r.id = c.run where c.over = 0";

    /// <summary>Accepts a run: it is on record, with its first events, when this returns, and some node will take it up.</summary>
    /// <param name="key">The caller's own; asking twice under one key accepts once. Null for none.</param>
    /// <param name="asked">What was asked, so that the same key for something else is noticed.</param>
    /// <param name="events">The stream of a run, and the first events in it.</param>
    /// <returns>The run, which is that of the first time when the key was used before, and what was asked then.</returns>
    public async Task<(string Run, string Asked)> Accept(string run, string? key, string asked, Func<string, (string Stream, IReadOnlyList<StoredEvent> Events)> events)
    {
        // First the key, then the events: whoever dies in between is finished by whoever asks again.
        var known = await Claim(run, key, asked).ConfigureAwait(false);
        var (stream, first) = events(known.Run);
        if (known.Asked == asked && await database.Events.Highest(stream).ConfigureAwait(false) == 0)
        {
            try
            {
                await database.Events.Write(new StoredBatch([.. first.Select((stored, index) => (stream, (long)index + 1, stored))], [])).ConfigureAwait(false);
            }
            catch (ConflictException)
            {
                // Somebody else has asked the same at the same time.
            }
        }

        return known;
    }

    /// <summary>Those that are on record and not finished.</summary>
    public Task<IReadOnlyList<string>> Open() => Texts(Unclosed);

    /// <inheritdoc cref="Open"/>
    public IReadOnlyList<string> Unfinished() => database.Read(connection => connection.Command(Unclosed).Rows(row => row.GetString(0)).ToList());

    /// <summary>The runs that somebody has left word for.</summary>
    public async Task<IReadOnlySet<string>> WithWords() => (await Texts("select distinct run from request_queue").ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);

    /// <summary>A run that has finished need not be taken up any more, nor told anything. Does nothing to one that has not.</summary>
    public Task<int> CloseFinished(string run) => database.WriteAsync(async (transaction, token) =>
    {
        await using (var drop = transaction.Command("delete from request_queue where run = @run and exists (select 1 from run where id = @run and finished_at is not null)", ("@run", run)))
            await drop.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        await using var update = transaction.Command(
            "update cluster_run set over = 1 where run = @run and exists (select 1 from run where id = @run and finished_at is not null)", ("@run", run));
        return await update.ExecuteNonQueryAsync(token).ConfigureAwait(false);
    });

    private Task<(string Run, string Asked)> Claim(string run, string? key, string asked) => database.WriteAsync(async (transaction, token) =>
    {
        await using (var insert = transaction.Command("insert into cluster_run (run, client_key, asked) values (@run, @key, @asked) on conflict do nothing", ("@run", run), ("@key", key), ("@asked", asked)))
            await insert.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        await using var select = transaction.Command("select run, asked from cluster_run where client_key = @key or run = @run order by case when client_key = @key then 0 else 1 end limit 1", ("@key", key ?? ""), ("@run", run));
        await using var reader = await select.ExecuteReaderAsync(token).ConfigureAwait(false);
        await reader.ReadAsync(token).ConfigureAwait(false);
        return (reader.GetString(0), reader.GetString(1));
    });

    private Task<IReadOnlyList<string>> Texts(string sql) => database.ReadAsync<IReadOnlyList<string>>(async (connection, token) =>
    {
        var found = new List<string>();
        await using var select = connection.Command(sql);
        await using var reader = await select.ExecuteReaderAsync(token).ConfigureAwait(false);
        while (await reader.ReadAsync(token).ConfigureAwait(false))
            found.Add(reader.GetString(0));
        return found;
    });
}
