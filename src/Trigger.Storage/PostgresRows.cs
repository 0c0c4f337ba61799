using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace Trigger.Storage;

/// <summary>The rows of one batch as columns, for statements that are the same for one row and for thousands. Made once, however often the batch must be written.</summary>
internal sealed class PostgresRows(StoredBatch batch, Guid id, int slot, string now)
{
    private const string InsertEvents =
        "insert into event (stream, seq, type, body, at, batch) select e.*, @at, @batch from unnest(@streams, @seqs, @types, @bodies) e";

    // Counts what was new, in the same breath. In the order of the key, so that two who count the same runs do not wait for each other in a circle.
    private const string InsertOutcomes =
        """
        with written as (
            insert into outcome (run, device, step, platform, command, verdict, fault_kind, fault_text, elapsed_us, output, packed, notes, at)
            select o.*, @at from unnest(@runs, @devices, @steps, @platforms, @commands, @verdicts, @kinds, @texts, @elapsed, @outputs, @packed, @notes) o
            on conflict do nothing returning run, verdict, coalesce(fault_kind, '') fault, device)
        insert into outcome_count as c (run, verdict, fault, slot, outcomes, example)
        select run, verdict, fault, @slot, count(*), min(device) from written group by run, verdict, fault order by run, verdict, fault
        on conflict (run, verdict, fault, slot) do update set outcomes = c.outcomes + excluded.outcomes, example = least(c.example, excluded.example)
        """;

    private readonly (byte[] Bytes, bool Packed)[] outputs = [.. Outcomes(batch).Select(row => OutputText.Pack(row.Output))];

    public void AddTo(NpgsqlBatch statements)
    {
        statements.BatchCommands.Add(Events());
        foreach (var change in batch.Events.Select(row => row.Event.Run).OfType<RunChange>())
        {
            foreach (var (sql, parameters) in RunChanges.Of(change))
                statements.BatchCommands.Add(Command(sql, [.. parameters.Select(pair => new NpgsqlParameter(pair.Name, pair.Value ?? DBNull.Value))]));
        }

        if (outputs.Length > 0)
            statements.BatchCommands.Add(OutcomesOf([.. Outcomes(batch)]));
    }

    private NpgsqlBatchCommand Events() => Command(
        InsertEvents,
        Column("@streams", NpgsqlDbType.Text, batch.Events, row => row.Stream),
        Column("@seqs", NpgsqlDbType.Bigint, batch.Events, row => row.Seq),
        Column("@types", NpgsqlDbType.Text, batch.Events, row => row.Event.Type),
        Column("@bodies", NpgsqlDbType.Bytea, batch.Events, row => row.Event.Body),
        new NpgsqlParameter("@at", now),
        new NpgsqlParameter("@batch", id));

    private NpgsqlBatchCommand OutcomesOf(OutcomeRow[] rows) => Command(
        InsertOutcomes,
        Column("@runs", NpgsqlDbType.Text, rows, row => row.Run),
        Column("@devices", NpgsqlDbType.Text, rows, row => OutputText.Plain(row.Device)),
        Column("@steps", NpgsqlDbType.Integer, rows, row => row.Step),
        Column("@platforms", NpgsqlDbType.Text, rows, row => OutputText.Plain(row.Platform)),
        Column("@commands", NpgsqlDbType.Text, rows, row => OutputText.Plain(row.Command)),
        Column("@verdicts", NpgsqlDbType.Text, rows, row => row.Verdict),
        Column("@kinds", NpgsqlDbType.Text, rows, row => row.FaultKind),
        Column("@texts", NpgsqlDbType.Bytea, rows, row => row.FaultText is { } text ? Encoding.UTF8.GetBytes(text) : null),
        Column("@elapsed", NpgsqlDbType.Bigint, rows, row => row.ElapsedMicroseconds),
        Column("@outputs", NpgsqlDbType.Bytea, outputs, output => output.Bytes),
        Column("@packed", NpgsqlDbType.Boolean, outputs, output => output.Packed),
        Column("@notes", NpgsqlDbType.Text, rows, row => row.Notes is { } notes ? OutputText.Plain(notes) : null),
        new NpgsqlParameter("@slot", slot),
        new NpgsqlParameter("@at", now));

    private static IEnumerable<OutcomeRow> Outcomes(StoredBatch batch) => batch.Events.Select(row => row.Event.Outcome).OfType<OutcomeRow>();

    private static NpgsqlParameter Column<TRow, T>(string name, NpgsqlDbType type, IReadOnlyList<TRow> rows, Func<TRow, T> value)
    {
        var values = new T[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(rows[i]);
        return new NpgsqlParameter(name, NpgsqlDbType.Array | type) { Value = values };
    }

    private static NpgsqlBatchCommand Command(string sql, params NpgsqlParameter[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.AddRange(parameters);
        return command;
    }
}
