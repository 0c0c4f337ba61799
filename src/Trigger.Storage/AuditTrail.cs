using System.Data.Common;

namespace Trigger.Storage;

/// <summary>
/// Who asked for what, from where and when: append-only, and each line's hash covers the line before it, so that a line that is changed, left out or put in between shows. Whoever may write
/// to the whole database can make up a whole new trail; against that, keep the head elsewhere (<see cref="Head"/>) and compare.
/// </summary>
public sealed class AuditTrail(Database database)
{
    private const string Columns = "select seq, at, who, origin, what, target, detail, hash from audit";

    /// <summary>Puts a line at the end. It is in the database when this returns.</summary>
    public Task Add(DateTimeOffset at, string who, string origin, string what, string target, string detail, CancellationToken cancel = default) => database.WriteAsync(
        async (transaction, token) =>
        {
            // Taking the number locks the head, so lines are put one behind the other however many nodes write them.
            await using var take = transaction.Command("update audit_head set seq = seq + 1 where one = 1 returning seq, hash");
            long seq;
            byte[] before;
            await using (var head = await take.ExecuteReaderAsync(token).ConfigureAwait(false))
            {
                await head.ReadAsync(token).ConfigureAwait(false);
                (seq, before) = (head.GetInt64(0), head.GetFieldValue<byte[]>(1));
            }

            var entry = new AuditEntry(seq, Moments.Parse(Moments.Text(at)), Clean(who), Clean(origin), Clean(what), Clean(target), Clean(detail));
            var hash = entry.Hash(before);
            await using var insert = transaction.Command(
                "insert into audit (seq, at, who, origin, what, target, detail, hash) values (@seq, @at, @who, @origin, @what, @target, @detail, @hash)",
                ("@seq", seq), ("@at", Moments.Text(entry.At)), ("@who", entry.Who), ("@origin", entry.Origin), ("@what", entry.What), ("@target", entry.Target),
                ("@detail", entry.Detail), ("@hash", hash));
            await insert.ExecuteNonQueryAsync(token).ConfigureAwait(false);
            await using var keep = transaction.Command("update audit_head set hash = @hash where one = 1", ("@hash", hash));
            return await keep.ExecuteNonQueryAsync(token).ConfigureAwait(false);
        },
        token: cancel);

    /// <summary>The newest lines first.</summary>
    /// <param name="before">Only those with a smaller number; null for all.</param>
    public IReadOnlyList<AuditEntry> Newest(int limit, long? before = null) => database.Read(connection => connection
        .Command(Columns + " where seq < @before order by seq desc limit @limit", ("@before", before ?? long.MaxValue), ("@limit", limit))
        .Rows(Read).Select(row => row.Entry).ToList());

    /// <summary>The number and hash of the last line; of nothing, zero and none.</summary>
    public (long Seq, string Hash) Head() => database.Read(connection => connection
        .Command("select seq, hash from audit_head where one = 1").Rows(row => (row.GetInt64(0), Convert.ToHexStringLower(row.GetFieldValue<byte[]>(1)))).First());

    /// <summary>Whether the trail has this line; of moments, milliseconds count.</summary>
    public Task<bool> Holds(DateTimeOffset at, string who, string what, string target, string detail, CancellationToken cancel = default) => database.ReadAsync(
        async (connection, token) =>
        {
            await using var ask = connection.Command(
                "select 1 from audit where at = @at and who = @who and what = @what and target = @target and detail = @detail limit 1",
                ("@at", Moments.Text(at)), ("@who", Clean(who)), ("@what", Clean(what)), ("@target", Clean(target)), ("@detail", Clean(detail)));
            return await ask.ExecuteScalarAsync(token).ConfigureAwait(false) is not null;
        },
        token: cancel);

    /// <summary>Whether some line has this hash, told as hexadecimal digits.</summary>
    public bool Has(string hash)
    {
        var bytes = hash.Length % 2 == 0 && hash.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hash) : [];
        return database.Read(connection => connection.Command("select 1 from audit where hash = @hash limit 1", ("@hash", bytes)).Ask() is not null);
    }

    /// <summary>Reads the whole trail and checks every link of it.</summary>
    /// <returns>How many lines there are, and the first thing that is wrong, as a sentence; null when nothing is.</returns>
    public (long Lines, string? Wrong) Verify() => database.Read(connection =>
    {
        var (seq, before) = (0L, Array.Empty<byte>());
        foreach (var (entry, hash) in connection.Command(Columns + " order by seq").Rows(Read))
        {
            if (entry.Seq != seq + 1)
                return (seq, $"Line {seq + 1} is missing; line {entry.Seq} comes next.");
            if (!entry.Hash(before).AsSpan().SequenceEqual(hash))
                return (seq, $"Line {entry.Seq} ({Moments.Text(entry.At)}, {entry.Who}, {entry.What} {entry.Target}) is not what was written.");
            (seq, before) = (entry.Seq, hash);
        }

        var (last, end) = connection.Command("select seq, hash from audit_head where one = 1").Rows(row => (row.GetInt64(0), row.GetFieldValue<byte[]>(1))).First();
        return (seq, last > seq ? $"The trail ends with line {seq}, and {last} were written." : last < seq ? $"The head is that of line {last}, and there are {seq}." : end.AsSpan().SequenceEqual(before) ? null : "The head is not that of the last line.");
    });

    // Text in PostgreSQL refuses NUL, and a line is one line.
    private static string Clean(string text) => new([.. text.Select(c => char.IsControl(c) ? ' ' : c)]);

    private static (AuditEntry Entry, byte[] Hash) Read(DbDataReader row) => (
        new AuditEntry(row.GetInt64(0), Moments.Parse(row.GetString(1)), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6)),
        row.GetFieldValue<byte[]>(7));
}
