using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Trigger.Cluster.Letters;
using Trigger.Cluster.Membership;
using Trigger.Cluster.Storing;

namespace Trigger.Storage.Cluster;

/// <summary>The letters' statements.</summary>
internal static class LetterTable
{
    // A receiver's memory is filled by at most so much at once, however long the letters are.
    private const long BytesAtOnce = 8 << 20;

    public static async Task<SendAnswer> Send(ClusterTransaction transaction, MemberId self, IReadOnlyList<Letter> letters)
    {
        // Locked, so that nothing of a member that is taken for dead appears after it was.
        if (await MemberTable.Status(transaction, self, transaction.ForShare).ConfigureAwait(false) is not { } status || !MemberRules.IsAlive(status))
            return new SendAnswer(false, [], new Dictionary<MemberId, long>());

        var receivers = letters.Select(letter => letter.To).Distinct().ToList();
        var gone = new HashSet<MemberId>();
        foreach (var receiver in receivers)
        {
            if (await MemberTable.Status(transaction, receiver, "").ConfigureAwait(false) is not { } theirs || !MemberRules.IsAlive(theirs))
                gone.Add(receiver);
        }

        await Insert(transaction, self, [.. letters.Where(letter => !gone.Contains(letter.To))]).ConfigureAwait(false);
        var waiting = new Dictionary<MemberId, long>();
        foreach (var receiver in receivers.Where(receiver => !gone.Contains(receiver)))
        {
            // Letters are taken in order, so the difference is the count, and costs two probes of the index.
            waiting[receiver] = (long)(await transaction.Ask(
                """
                select coalesce(max(seq) - min(seq) + 1, 0) from letter
                where from_node = @node and from_incarnation = @incarnation and to_node = @to and to_incarnation = @life
                """,
                [.. MemberTable.Named(self), ("@to", receiver.Node), ("@life", receiver.Incarnation)]).ConfigureAwait(false))!;
        }

        return new SendAnswer(true, gone, waiting);
    }

    public static async Task<IReadOnlyList<Letter>> Take(ClusterTransaction transaction, MemberId self, IReadOnlyList<long> delivered, int most)
    {
        if (delivered.Count > 0)
        {
            await transaction.Run(
                $"delete from letter where to_node = @node and to_incarnation = @incarnation and id in ({string.Join(", ", delivered)})", MemberTable.Named(self)).ConfigureAwait(false);
        }

        return await transaction.Rows(
            """
            select id, from_node, from_incarnation, seq, kind, body from (
                select id, from_node, from_incarnation, seq, kind, body, sum(length(body)) over (order by id) - length(body) as before
                from letter where to_node = @node and to_incarnation = @incarnation order by id limit @most) waiting
            where before < @bytes order by id
            """,
            row => new Letter(new MemberId(row.GetString(1), row.GetInt64(2)), self, row.GetInt64(3), row.GetString(4), row.GetFieldValue<byte[]>(5), row.GetInt64(0)),
            [.. MemberTable.Named(self), ("@most", most), ("@bytes", BytesAtOnce)]).ConfigureAwait(false);
    }

    private static async Task Insert(ClusterTransaction transaction, MemberId self, Letter[] letters)
    {
        if (letters.Length == 0)
            return;
        if (transaction.Locks)
        {
            await transaction.Run(InsertAll(transaction, self, letters)).ConfigureAwait(false);
            return;
        }

        using var insert = transaction.Command(
            """
            insert into letter (from_node, from_incarnation, to_node, to_incarnation, seq, kind, body)
            values (@node, @incarnation, @to, @life, @seq, @kind, @body) on conflict do nothing
            """,
            [.. MemberTable.Named(self), ("@to", ""), ("@life", 0L), ("@seq", 0L), ("@kind", ""), ("@body", Array.Empty<byte>())]);
        foreach (var letter in letters)
        {
            object[] values = [letter.To.Node, letter.To.Incarnation, letter.Sequence, letter.Kind, letter.Body];
            for (var i = 0; i < values.Length; i++)
                insert.Parameters[i + 2].Value = values[i];
            await insert.ExecuteNonQueryAsync().ConfigureAwait(false);
        }
    }

    private static DbCommand InsertAll(ClusterTransaction transaction, MemberId self, Letter[] letters)
    {
        var insert = transaction.Command(
            """
            insert into letter (from_node, from_incarnation, to_node, to_incarnation, seq, kind, body)
            select @node, @incarnation, l.* from unnest(@to, @life, @seq, @kind, @body) l on conflict do nothing
            """,
            MemberTable.Named(self));
        insert.Parameters.Add(Column("@to", NpgsqlDbType.Text, letters.Select(letter => letter.To.Node)));
        insert.Parameters.Add(Column("@life", NpgsqlDbType.Bigint, letters.Select(letter => letter.To.Incarnation)));
        insert.Parameters.Add(Column("@seq", NpgsqlDbType.Bigint, letters.Select(letter => letter.Sequence)));
        insert.Parameters.Add(Column("@kind", NpgsqlDbType.Text, letters.Select(letter => letter.Kind)));
        insert.Parameters.Add(Column("@body", NpgsqlDbType.Bytea, letters.Select(letter => letter.Body)));
        return insert;
    }

    private static NpgsqlParameter Column<T>(string name, NpgsqlDbType type, IEnumerable<T> values) => new(name, NpgsqlDbType.Array | type) { Value = values.ToArray() };
}
