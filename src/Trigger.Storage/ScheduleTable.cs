using System.Data.Common;

namespace Trigger.Storage;

/// <summary>Orders for runs at certain times. Every change is in the database when the method returns.</summary>
public sealed class ScheduleTable(Database database)
{
    private const string Columns = "select name, timing, run, by, at, paused, next_at, last_due, last_run, trouble from schedule";

    /// <exception cref="ConflictException">There is one of that name.</exception>
    public void Add(ScheduleRow row) => database.Write(transaction => transaction.Run(
        "insert into schedule (name, timing, run, by, at, paused, next_at) values (@name, @timing, @run, @by, @at, @paused, @next)",
        ("@name", row.Name), ("@timing", row.Timing), ("@run", row.Run), ("@by", row.By), ("@at", Moments.Text(row.At)), ("@paused", row.Paused ? 1 : 0), ("@next", Text(row.Next))));

    /// <summary>All, by name.</summary>
    public IReadOnlyList<ScheduleRow> All() => database.Read(connection => connection.Command(Columns + " order by name").Rows(Read).ToList());

    /// <summary>Those that run next, the soonest first.</summary>
    public Task<List<ScheduleRow>> Soonest(int most) => database.ReadAsync(
        async (connection, token) =>
        {
            await using var ask = connection.Command(Columns + " where paused = 0 and next_at is not null order by next_at, name limit @most", ("@most", most));
            await using var reader = await ask.ExecuteReaderAsync(token).ConfigureAwait(false);
            var rows = new List<ScheduleRow>();
            while (await reader.ReadAsync(token).ConfigureAwait(false))
                rows.Add(Read(reader));
            return rows;
        });

    /// <summary>Notes what came of a time, and when the next one is.</summary>
    /// <returns>False when somebody else has noted it, or the schedule was changed meanwhile.</returns>
    public bool Advance(string name, DateTimeOffset due, DateTimeOffset? next, string? run, string? trouble) => database.WriteRepeatably(transaction => transaction.Run(
        "update schedule set next_at = @next, last_due = @due, last_run = @run, trouble = @trouble where name = @name and next_at = @due",
        ("@name", name), ("@due", Moments.Text(due)), ("@next", Text(next)), ("@run", run), ("@trouble", trouble is null ? null : OutputText.Plain(trouble)))) > 0;

    /// <summary>Stops a schedule for a while, or lets it go on with its next time from now.</summary>
    /// <returns>False when there is none of that name.</returns>
    public bool Pause(string name, bool paused, DateTimeOffset? next) => database.Write(transaction => transaction.Run(
        "update schedule set paused = @paused, next_at = @next where name = @name", ("@name", name), ("@paused", paused ? 1 : 0), ("@next", Text(next)))) > 0;

    /// <returns>False when there is none of that name.</returns>
    public bool Remove(string name) => database.Write(transaction => transaction.Run("delete from schedule where name = @name", ("@name", name))) > 0;

    private static string? Text(DateTimeOffset? moment) => moment is { } given ? Moments.Text(given) : null;

    private static ScheduleRow Read(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), Moments.Parse(row.GetString(4)), Convert.ToInt64(row.GetValue(5), null) != 0, Moment(row, 6), Moment(row, 7),
        row.IsDBNull(8) ? null : row.GetString(8), row.IsDBNull(9) ? null : row.GetString(9));

    private static DateTimeOffset? Moment(DbDataReader row, int column) => row.IsDBNull(column) ? null : Moments.Parse(row.GetString(column));
}
