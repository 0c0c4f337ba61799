using Microsoft.Data.Sqlite;

namespace Trigger.Storage;

/// <summary>The statements of one writing transaction, prepared once and used for every event of the batch.</summary>
internal sealed class WriteStatements : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteTransaction transaction;
    private readonly SqliteCommand insertEvent;
    private SqliteCommand? insertOutcome;
    private SqliteCommand? insertAttachment;

    public WriteStatements(SqliteConnection connection, SqliteTransaction transaction)
    {
        this.connection = connection;
        this.transaction = transaction;
        insertEvent = Prepare(
            "insert into event (stream, seq, type, at, body) values ($stream, $seq, $type, $at, $body)", "$stream", "$seq", "$type", "$at", "$body");
    }

    public void Dispose()
    {
        insertEvent.Dispose();
        insertOutcome?.Dispose();
        insertAttachment?.Dispose();
    }

    public void Event(string stream, long seq, StoredEvent stored, string now) => Run(insertEvent, stream, seq, stored.Type, now, stored.Body);

    public void Outcome(OutcomeRow row, string now)
    {
        insertOutcome ??= Prepare(
            """
            insert into outcome (run, device, step, platform, command, verdict, fault_kind, fault_text, elapsed_us, output, attachment, at)
            values ($run, $device, $step, $platform, $command, $verdict, $kind, $text, $elapsed, $output, $attachment, $at)
            on conflict do nothing
            """,
            "$run", "$device", "$step", "$platform", "$command", "$verdict", "$kind", "$text", "$elapsed", "$output", "$attachment", "$at");

        var inline = row.Output.Length <= OutputText.Inline;
        Run(
            insertOutcome, row.Run, row.Device, row.Step, row.Platform, row.Command, row.Verdict, row.FaultKind, row.FaultText, row.ElapsedMicroseconds,
            inline ? row.Output : null, inline ? null : Attach(row.Output), now);
    }

    public void Run(RunChange change)
    {
        if (change.New is { } header)
        {
            using var insert = Prepare(
                "insert into run (id, at, started_by, selection, commands, inventory, state) values ($id, $at, $by, $selection, $commands, $inventory, 'running')",
                "$id", "$at", "$by", "$selection", "$commands", "$inventory");
            Run(insert, change.Id, SqliteStore.Stamp(header.At), header.By, header.Selection, string.Join('\n', header.Commands), string.Join('\n', header.Inventory));
        }

        using var update = Prepare(
            "update run set devices = coalesce($devices, devices), steps = coalesce($steps, steps), state = coalesce($state, state), finished_at = coalesce($finished, finished_at) where id = $id",
            "$devices", "$steps", "$state", "$finished", "$id");
        Run(update, change.Devices, change.Steps, change.State, change.FinishedAt is { } at ? SqliteStore.Stamp(at) : null, change.Id);
    }

    private long Attach(string output)
    {
        insertAttachment ??= Prepare("insert into attachment (packed, bytes) values ($packed, $bytes) returning id", "$packed", "$bytes");
        var (bytes, packed) = OutputText.Pack(output);
        insertAttachment.Parameters[0].Value = packed;
        insertAttachment.Parameters[1].Value = bytes;
        return (long)insertAttachment.ExecuteScalar()!;
    }

    private SqliteCommand Prepare(string sql, params string[] names)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var name in names)
            command.Parameters.Add(new SqliteParameter(name, null));
        return command;
    }

    private static void Run(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        command.ExecuteNonQuery();
    }
}
