using System.Data.Common;

namespace Trigger.Storage;

/// <summary>What is on record about runs: the list of them, their outcomes, the words left for them. Reading never waits for who writes.</summary>
/// <param name="database">Not the store's to close.</param>
public sealed class RunStore(Database database)
{
    private const string SelectRuns =
        """
        select id, at, started_by, selection, commands, inventory, devices, state, finished_at, steps,
               (select cast(coalesce(sum(outcomes), 0) as bigint) from outcome_count c where c.run = r.id and verdict = 'accepted'),
               (select cast(coalesce(sum(outcomes), 0) as bigint) from outcome_count c where c.run = r.id and verdict = 'refused'),
               (select cast(coalesce(sum(outcomes), 0) as bigint) from outcome_count c where c.run = r.id and verdict = 'unknown')
        from run r
        """;

    /// <summary>All runs, newest first.</summary>
    public IReadOnlyList<RunRow> Runs(int most = 1000) =>
        [.. database.Stream(connection => connection.Command(SelectRuns + " order by at desc, id desc limit @most", ("@most", most)), ReadRun)];

    /// <summary>One run by its id, or by the beginning of it when that names only one; null otherwise.</summary>
    public RunRow? Run(string id)
    {
        var asked = OutputText.Plain(id);
        var found = database.Stream(connection => connection.Command(SelectRuns + " where id = @id or substr(id, 1, length(@id)) = @id order by length(id) limit 2", ("@id", asked)), ReadRun).ToList();
        return found.Count == 1 ? found[0] : found.Find(run => run.Id == id);
    }

    /// <summary>The outcomes of a run, by device and step, read as they are enumerated. A page of them is as fast to find at the end as at the beginning.</summary>
    /// <param name="after">The last one that is known already; null to begin with the first.</param>
    public IEnumerable<OutcomeRow> Outcomes(string run, (string Device, int Step)? after = null, long most = long.MaxValue) => database.Stream(
        connection => connection.Command(database.Dialect.Outcomes, ("@run", run), ("@device", after?.Device ?? ""), ("@step", after?.Step ?? -1), ("@most", most)),
        reader => new OutcomeRow
        {
            Run = run,
            Device = reader.GetString(0),
            Step = reader.GetInt32(1),
            Platform = reader.GetString(2),
            Command = reader.GetString(3),
            Verdict = reader.GetString(4),
            FaultKind = reader.IsDBNull(5) ? null : reader.GetString(5),
            FaultText = OutputText.Read(reader, 6),
            ElapsedMicroseconds = reader.GetInt64(7),
            Output = reader.IsDBNull(9) ? OutputText.Read(reader, 8)! : OutputText.Expand(reader.GetFieldValue<byte[]>(9), reader.GetBoolean(10)),
            Notes = reader.IsDBNull(11) ? null : reader.GetString(11),
        });

    /// <summary>What a device answered to one step; null when that has no outcome.</summary>
    public string? Output(string run, string device, int step) =>
        Outcomes(run, (device, step - 1), 1).FirstOrDefault() is { } next && next.Device == device && next.Step == step ? next.Output : null;

    /// <summary>Hands the events of a stream from a number on to <paramref name="each"/>, in order, each once.</summary>
    public Task Replay(string stream, long from, long most, Action<long, string, byte[]> each) => database.Events.Replay(stream, from, long.MaxValue, most, each);

    /// <summary>The kinds of faults of a run, the most frequent first. From counts kept with the outcomes, so as fast for a hundred thousand devices as for one.</summary>
    public IReadOnlyList<RunFault> Faults(string run) =>
    [
        .. database.Stream(
            connection => connection.Command(
                "select fault, cast(sum(outcomes) as bigint), min(example) from outcome_count where run = @run and fault <> '' group by fault order by sum(outcomes) desc, fault", ("@run", run)),
            row => new RunFault(row.GetString(0), row.GetInt64(1), row.GetString(2))),
    ];

    /// <summary>About how many bytes each run takes. Looks at every outcome, so it is for whoever has time.</summary>
    public IReadOnlyDictionary<string, long> Sizes() =>
        database.Stream(connection => connection.Command(database.Dialect.Sizes), row => (row.GetString(0), row.GetInt64(1))).ToDictionary(row => row.Item1, row => row.Item2, StringComparer.Ordinal);

    /// <summary>Forgets runs whole: events, outcomes, answers. Their space is used again; an SQLite file does not shrink.</summary>
    public void Forget(IEnumerable<(string Run, string Stream)> runs)
    {
        // A transaction each, so that a run under way in this directory waits for one of them and not for all.
        foreach (var (run, stream) in runs)
            database.WriteRepeatably(transaction => transaction.Run(database.Dialect.Forget, ("@run", run), ("@stream", stream)));
    }

    /// <summary>Leaves word for the process that runs <paramref name="run"/>.</summary>
    public void Ask(string run, string what, string by) => database.Write(transaction => transaction.Run(
        "insert into request_queue (run, what, by) values (@run, @what, @by)", ("@run", run), ("@what", what), ("@by", OutputText.Plain(by))));

    /// <summary>The words left for a run behind the word <paramref name="after"/>, the oldest first. They stay until they are dropped, so that whoever heeds one may die of it.</summary>
    public Task<IReadOnlyList<RunWord>> Words(string run, long after, CancellationToken token = default) => database.ReadAsync<IReadOnlyList<RunWord>>(
        async (connection, cancel) =>
        {
            var words = new List<RunWord>();
            await using var ask = connection.Command("select id, what, by from request_queue where run = @run and id > @after order by id", ("@run", run), ("@after", after));
            await using var reader = await ask.ExecuteReaderAsync(cancel).ConfigureAwait(false);
            while (await reader.ReadAsync(cancel).ConfigureAwait(false))
                words.Add(new RunWord(reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
            return words;
        },
        TimeSpan.Zero, // Who polls comes again.
        token);

    /// <summary>Drops the words left for a run up to the word <paramref name="until"/>: what came of them is on record.</summary>
    public Task DropWords(string run, long until) => database.WriteRepeatably(async (transaction, cancel) =>
    {
        await using var drop = transaction.Command("delete from request_queue where run = @run and id <= @until", ("@run", run), ("@until", until));
        return await drop.ExecuteNonQueryAsync(cancel).ConfigureAwait(false);
    });

    private static RunRow ReadRun(DbDataReader reader) => new()
    {
        Id = reader.GetString(0),
        Header = new RunHeader(Moments.Parse(reader.GetString(1)), reader.GetString(2), reader.GetString(3), reader.GetString(4).Split('\n'), reader.GetString(5).Split('\n')),
        Devices = reader.GetInt32(6),
        State = reader.GetString(7),
        FinishedAt = reader.IsDBNull(8) ? null : Moments.Parse(reader.GetString(8)),
        Steps = reader.IsDBNull(9) ? null : Convert.ToInt64(reader.GetValue(9), null),
        Accepted = reader.GetInt64(10),
        Refused = reader.GetInt64(11),
        Unknown = reader.GetInt64(12),
    };
}
