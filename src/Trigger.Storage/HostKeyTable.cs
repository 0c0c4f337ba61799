using System.Data.Common;

namespace Trigger.Storage;

/// <summary>SSH host keys of a cluster. Every change is in the database when the method returns, or its task ends, and changes are one after the other in the whole cluster.</summary>
public sealed class HostKeyTable(Database database)
{
    private const string Columns = "select id, host, key_type, key, fingerprint, state, seen_at, seen_by, decided_at, decided_by from host_key";
    private const string Insert = "insert into host_key (id, host, key_type, key, fingerprint, state, seen_at, seen_by, decided_at, decided_by) select @id, @host, @type, @key, @print, @state, @at, @by, @decided, @decider ";

    /// <summary>What is known of a host, the oldest first.</summary>
    public Task<List<HostKeyRow>> Of(string host, TimeSpan patience) => database.ReadAsync(
        async (connection, token) =>
        {
            await using var ask = connection.Command(Columns + " where host = @host order by seen_at, id", ("@host", host));
            await using var reader = await ask.ExecuteReaderAsync(token).ConfigureAwait(false);
            var rows = new List<HostKeyRow>();
            while (await reader.ReadAsync(token).ConfigureAwait(false))
                rows.Add(Read(reader));
            return rows;
        },
        patience);

    /// <summary>All, by host.</summary>
    /// <param name="state">Only those; null for all.</param>
    public IReadOnlyList<HostKeyRow> All(string? state = null) => database.Read(connection =>
        connection.Command(Columns + " where @state = '' or state = @state order by host, seen_at, id", ("@state", state ?? "")).Rows(Read).ToList());

    /// <summary>Counts the changes up to now.</summary>
    public Task<long> Version(TimeSpan patience) => database.ReadAsync(
        async (connection, token) =>
        {
            await using var ask = connection.Command("select version from host_key_version where one = 1");
            return Convert.ToInt64(await ask.ExecuteScalarAsync(token).ConfigureAwait(false), null);
        },
        patience);

    /// <summary>Keeps the key of a host that nothing is known of. Of two who meet a host at once, one is first.</summary>
    /// <returns>False when something is known of the host by now.</returns>
    public Task<bool> Meet(HostKeyRow first, TimeSpan patience) => Change(
        transaction => transaction.Command(Insert + "where not exists (select 1 from host_key where host = @host)", Parameters(first)), patience);

    /// <summary>Puts a key before a person, unless it is there or was decided on already, or the host has shown too many.</summary>
    /// <param name="most">How many of a host may wait.</param>
    /// <returns>Whether it was put there now.</returns>
    public Task<bool> Wait(HostKeyRow shown, int most, TimeSpan patience) => Change(
        transaction => transaction.Command(
            Insert + """
            where (select count(*) from host_key where host = @host and state = 'waiting') < @most
            on conflict (id) do update set state = 'waiting', seen_at = excluded.seen_at, seen_by = excluded.seen_by where host_key.state = 'replaced'
            """,
            [.. Parameters(shown), ("@most", most)]),
        patience);

    /// <summary>Trusts a key in the place of all others of its host.</summary>
    /// <returns>The key as it is now; null when there is none.</returns>
    public HostKeyRow? Approve(string id, DateTimeOffset at, string by) => database.Write(transaction =>
    {
        CountUp(transaction);
        if (Find(transaction, id) is not { } found)
            return null;

        transaction.Run("update host_key set state = 'replaced' where host = @host and state = 'trusted' and id <> @id", ("@host", found.Host), ("@id", id));
        return Decide(transaction, found, HostKeyRow.Trusted, at, by);
    });

    /// <summary>Trusts a key never, or no more.</summary>
    /// <returns>The key as it is now; null when there is none.</returns>
    public HostKeyRow? Reject(string id, DateTimeOffset at, string by) => database.Write(transaction =>
    {
        CountUp(transaction);
        return Find(transaction, id) is { } found ? Decide(transaction, found, HostKeyRow.Rejected, at, by) : null;
    });

    /// <summary>Forgets a host: the next key that it shows is its first.</summary>
    /// <returns>How many keys were known.</returns>
    public int Forget(string host) => database.Write(transaction =>
    {
        CountUp(transaction);
        return transaction.Run("delete from host_key where host = @host", ("@host", host));
    });

    /// <summary>Puts keys on record that a person vouches for, or has marked as revoked. What was decided before stays; what waited is decided now.</summary>
    /// <returns>How many rows are new or decided by it.</returns>
    public int Import(IReadOnlyList<HostKeyRow> rows) => database.Write(transaction =>
    {
        CountUp(transaction);
        return rows.Sum(row =>
        {
            using var insert = transaction.Command(
                Insert + "where true on conflict (id) do update set state = excluded.state, decided_at = excluded.decided_at, decided_by = excluded.decided_by where host_key.state in ('waiting', 'replaced')",
                Parameters(row));
            return insert.ExecuteNonQuery();
        });
    });

    // One row that every change locks: what is looked at behind it is looked at alone.
    private static void CountUp(DbTransaction transaction) => transaction.Run("update host_key_version set version = version + 1 where one = 1");

    private static HostKeyRow? Find(DbTransaction transaction, string id) => transaction.Command(Columns + " where id = @id", ("@id", id)).Rows(Read).FirstOrDefault();

    private static HostKeyRow Decide(DbTransaction transaction, HostKeyRow row, string state, DateTimeOffset at, string by)
    {
        transaction.Run("update host_key set state = @state, decided_at = @at, decided_by = @by where id = @id", ("@id", row.Id), ("@state", state), ("@at", Moments.Text(at)), ("@by", by));
        return row with { State = state, DecidedAt = at, DecidedBy = by };
    }

    private Task<bool> Change(Func<DbTransaction, DbCommand> change, TimeSpan patience) => database.WriteAsync(
        async (transaction, token) =>
        {
            await using (var count = transaction.Command("update host_key_version set version = version + 1 where one = 1"))
                await count.ExecuteNonQueryAsync(token).ConfigureAwait(false);
            await using var command = change(transaction);
            return await command.ExecuteNonQueryAsync(token).ConfigureAwait(false) > 0;
        },
        patience);

    private static (string Name, object? Value)[] Parameters(HostKeyRow row) =>
    [
        ("@id", row.Id), ("@host", row.Host), ("@type", row.Type), ("@key", row.Key), ("@print", row.Fingerprint), ("@state", row.State), ("@at", Moments.Text(row.SeenAt)), ("@by", row.SeenBy),
        ("@decided", row.DecidedAt is { } at ? Moments.Text(at) : null), ("@decider", row.DecidedBy),
    ];

    private static HostKeyRow Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), Moments.Parse(row.GetString(6)), row.GetString(7),
        row.IsDBNull(8) ? null : Moments.Parse(row.GetString(8)), row.IsDBNull(9) ? null : row.GetString(9));
}
