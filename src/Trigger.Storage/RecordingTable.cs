using System.Text;

namespace Trigger.Storage;

/// <summary>Dialogues that runs were told to record, piece by piece. They go when their run is forgotten.</summary>
public sealed class RecordingTable(Database database)
{
    // Behind this one others wait.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Adds the next piece of a recording. Adding it twice adds it once.</summary>
    /// <param name="part">From 0.</param>
    /// <param name="at">When the session began.</param>
    /// <exception cref="StorageException">It was not taken within some seconds.</exception>
    public void Add(string run, string device, string session, int part, DateTimeOffset at, string text, bool isLast)
    {
        var (bytes, packed) = OutputText.Pack(text);
        database.WriteRepeatably(transaction => transaction.Run(
            """
            insert into recording (run, device, session, part, at, body, packed, is_last)
            values (@run, @device, @session, @part, @at, @body, @packed, @last) on conflict do nothing
            """,
            ("@run", run), ("@device", device), ("@session", session), ("@part", part), ("@at", Moments.Text(at)), ("@body", bytes), ("@packed", packed ? 1 : 0), ("@last", isLast ? 1 : 0)), Patience);
    }

    /// <summary>The sessions that were recorded for a run: by device, the earliest first.</summary>
    public IReadOnlyList<RecordingRow> Of(string run) => database.Read(connection => connection.Command(
        "select device, session, min(at), max(is_last) from recording where run = @run group by device, session order by device, session", ("@run", run))
        .Rows(row => new RecordingRow(row.GetString(0), row.GetString(1), Moments.Parse(row.GetString(2)), Convert.ToInt64(row.GetValue(3), null) != 0)).ToList());

    /// <summary>What is there of one; null when there is nothing.</summary>
    public string? Text(string run, string session)
    {
        var text = new StringBuilder();
        var parts = database.Stream(
            connection => connection.Command("select body, packed from recording where run = @run and session = @session order by part", ("@run", run), ("@session", session)),
            row => OutputText.Expand((byte[])row.GetValue(0), Convert.ToInt64(row.GetValue(1), null) != 0));
        foreach (var part in parts)
            text.Append(part);
        return text.Length == 0 ? null : text.ToString();
    }
}
