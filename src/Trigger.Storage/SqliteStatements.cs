using Microsoft.Data.Sqlite;

namespace Trigger.Storage;

/// <summary>The statements of one writing transaction, prepared once and used for every event of the batch.</summary>
internal sealed class SqliteStatements : IDisposable
{
    private readonly SqliteTransaction transaction;
    private readonly string now;
    private readonly SqliteCommand insertEvent;
    private readonly Dictionary<(string Run, string Verdict, string Fault), (long Outcomes, string Example)> counts = [];
    private SqliteCommand? insertOutcome;
    private SqliteCommand? insertAttachment;

    public SqliteStatements(SqliteTransaction transaction, string now)
    {
        this.transaction = transaction;
        this.now = now;
        insertEvent = Prepare("insert into event (stream, seq, type, at, body) values (@stream, @seq, @type, @at, @body)", "@stream", "@seq", "@type", "@at", "@body");
    }

    public void Dispose()
    {
        insertEvent.Dispose();
        insertOutcome?.Dispose();
        insertAttachment?.Dispose();
    }

    public void Write(string stream, long seq, StoredEvent stored)
    {
        Run(insertEvent, stream, seq, stored.Type, now, stored.Body);
        if (stored.Run is { } run)
            RunChanges.Write(transaction, run);
        if (stored.Outcome is { } outcome)
            Outcome(outcome);
    }

    /// <summary>Adds up the outcomes that were new. Said last, once a batch.</summary>
    public void Count()
    {
        foreach (var ((run, verdict, fault), (outcomes, example)) in counts)
        {
            transaction.Run(
                """
                insert into outcome_count as c (run, verdict, fault, slot, outcomes, example) values (@run, @verdict, @fault, 0, @outcomes, @example)
                on conflict (run, verdict, fault, slot) do update set outcomes = c.outcomes + excluded.outcomes, example = min(c.example, excluded.example)
                """,
                ("@run", run), ("@verdict", verdict), ("@fault", fault), ("@outcomes", outcomes), ("@example", example));
        }
    }

    private void Outcome(OutcomeRow row)
    {
        insertOutcome ??= Prepare(
            """
            insert into outcome (run, device, step, platform, command, verdict, fault_kind, fault_text, elapsed_us, output, attachment, at, notes)
            values (@run, @device, @step, @platform, @command, @verdict, @kind, @text, @elapsed, @output, @attachment, @at, @notes)
            on conflict do nothing
            """,
            "@run", "@device", "@step", "@platform", "@command", "@verdict", "@kind", "@text", "@elapsed", "@output", "@attachment", "@at", "@notes");

        var inline = row.Output.Length <= OutputText.Inline;
        var isNew = Run(
            insertOutcome, row.Run, row.Device, row.Step, row.Platform, row.Command, row.Verdict, row.FaultKind, OutputText.Whole(row.FaultText), row.ElapsedMicroseconds,
            inline ? OutputText.Whole(row.Output) : null, inline ? null : Attach(row.Output), now, row.Notes) > 0;
        if (isNew)
            Count(row);
    }

    private void Count(OutcomeRow row)
    {
        var kind = (row.Run, row.Verdict, row.FaultKind ?? "");
        counts[kind] = counts.TryGetValue(kind, out var count)
            ? (count.Outcomes + 1, string.CompareOrdinal(row.Device, count.Example) < 0 ? row.Device : count.Example)
            : (1, row.Device);
    }

    private long Attach(string output)
    {
        insertAttachment ??= Prepare("insert into attachment (packed, bytes) values (@packed, @bytes) returning id", "@packed", "@bytes");
        var (bytes, packed) = OutputText.Pack(output);
        insertAttachment.Parameters[0].Value = packed;
        insertAttachment.Parameters[1].Value = bytes;
        return (long)insertAttachment.ExecuteScalar()!;
    }

    private SqliteCommand Prepare(string sql, params string[] names)
    {
        var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var name in names)
            command.Parameters.Add(new SqliteParameter(name, null));
        return command;
    }

    private static int Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }
}
