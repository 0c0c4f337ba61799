using Trigger.Jobs;
using Trigger.Sessions;
using Trigger.Storage;

namespace Trigger.Node;

/// <summary>What is on record in a state directory or on a server. Reading never waits for runs under way, here or in another process.</summary>
public sealed class RunRecords : IDisposable
{
    private readonly Database database;
    private readonly RunStore store;

    private readonly bool owns;

    internal RunRecords(Database database, bool owns = false)
    {
        this.database = database;
        this.owns = owns;
        store = new RunStore(database);
    }

    /// <param name="state">A directory, or the address of a PostgreSQL server (<c>postgres://user@host/database</c>).</param>
    /// <exception cref="NodeException">It cannot be used.</exception>
    public static RunRecords Open(string state)
    {
        try
        {
            return new RunRecords(Database.Open(state, TimeProvider.System), owns: true);
        }
        catch (StorageException failure)
        {
            throw new NodeException(failure.Message, failure);
        }
    }

    /// <summary>A place of state as people may see it: without a password.</summary>
    public static string Shown(string state) => Database.WithoutPassword(state);

    public void Dispose()
    {
        if (owns)
            database.Dispose();
    }

    /// <summary>All runs, newest first.</summary>
    public IReadOnlyList<RunRecord> Runs() => Told(() => Records(store.Runs()));

    /// <summary>However many there are, newest first.</summary>
    public IEnumerable<RunRecord> AllRuns() => Told(() => Records(store.Runs(int.MaxValue)));

    /// <summary>One run by its id, or by the beginning of it when only one begins so; else null.</summary>
    public RunRecord? Run(string id) => Told(() => store.Run(id) is { } row ? Records([row])[0] : null);

    /// <summary>Outcomes by device and step, read as they are enumerated.</summary>
    /// <param name="after">The last one that is known already; null to begin with the first.</param>
    public IEnumerable<OutcomeRecord> Outcomes(string run, (string Device, int Step)? after = null, long most = long.MaxValue) => Told(store.Outcomes(run, after, most).Select(row => new OutcomeRecord(
        row.Run, row.Device, row.Platform, row.Step, row.Command, row.Verdict, row.FaultKind, row.FaultText, row.ElapsedMicroseconds, row.Output) { Notes = row.Notes is null ? null : StepNotesJson.Read(row.Notes) }));

    /// <summary>The kinds of faults, the most frequent first: how many outcomes have it, and one device for example. However large the run is, this is fast.</summary>
    public IReadOnlyList<(string Kind, long Outcomes, string Example)> Faults(string run) =>
        Told(() => store.Faults(run).Select(fault => (fault.Kind, fault.Outcomes, fault.Example)).ToList());

    /// <summary>What a change has left each of its devices with, as sentences in the order in which they ended; none for a run that changes no configurations.</summary>
    public IReadOnlyList<string> Endings(string run) => Told(() =>
    {
        var (state, endings) = (RunState.Empty, new List<string>());
        var (stream, changes) = (Commando.StreamOf(new RunId(run)), false);
        // Of a run that changes nothing only the first event is looked at: it may have millions. Nor is that one read, because the parser takes longer to start than all else here.
        Replay(1, body => changes = body.AsSpan().IndexOf("\"change\":"u8) >= 0);
        if (changes)
        {
            Replay(long.MaxValue, body =>
            {
                var happened = RunEventJson.Read(body);
                state = RunRules.Apply(state, happened);
                if (happened is RunEvent.DeviceChanged changed)
                    endings.Add($"{state.Devices[changed.Device].Name}: {changed.Ending}");
            });
        }

        return endings;

        void Replay(long most, Action<byte[]> each) => store.Replay(stream, 1, most, (_, _, body) => each(body)).GetAwaiter().GetResult();
    });

    /// <summary>The steps that wait for a person now, of one run or of all that are under way.</summary>
    public IReadOnlyList<ParkedStep> Parked(string? run = null) => Told(() =>
        Records([.. run is null ? store.Runs() : store.Run(run) is { } one ? [one] : []]).Where(record => record.State is not ("finished" or "interrupted")).SelectMany(record => Parked(record)).ToList());

    /// <summary>Leaves a person's word for the process that runs the run. What is typed is kept in the journal, so a question for a secret is refused.</summary>
    /// <param name="text">Null to take the question back.</param>
    /// <exception cref="NodeException">It asks for a secret, or the text is no line.</exception>
    public void Answer(ParkedStep parked, string? text, string by)
    {
        if (WhyNot(parked, text) is { } why)
            throw new NodeException(why, new ArgumentException(why));
        Ask(parked.Run, RunRequest.Answer(parked.Device, parked.Step, text), by);
    }

    /// <summary>Why such an answer is not passed on; null when it is.</summary>
    public static string? WhyNot(ParkedStep parked, string? text) =>
        text is null ? null
        : parked.Secret ? $"{parked.Device} asks for a secret, and an answer is kept on record: take the question back (--abort) and do this one by hand."
        : text.Any(char.IsControl) || text.Length > 1000 ? "An answer is one line of printable text, of at most 1000 characters."
        : null;

    private List<ParkedStep> Parked(RunRecord record)
    {
        var (state, waiting) = (RunState.Empty, new Dictionary<int, ParkedStep>());
        store.Replay(Commando.StreamOf(new RunId(record.Id)), 1, long.MaxValue, (_, kind, body) =>
        {
            // Outcomes are most of a long run, and need no reading: what was parked is unparked before it ends.
            if (kind is not (RunCodec.Accepted or RunCodec.DevicesChosen or RunCodec.StepParked or RunCodec.StepUnparked or RunCodec.Resumed or RunCodec.PartDecided))
                return;

            var happened = RunEventJson.Read(body);
            state = RunRules.Apply(state, happened);
            if (happened is RunEvent.StepParked e)
                waiting[e.Device] = new ParkedStep(record.Id, state.Devices[e.Device].Name, e.Step, state.CommandOf(e.Device, e.Step), e.Question, e.Until, UnknownQuestion.IsForSecret(e.Question));
            else if (happened is RunEvent.StepUnparked over)
                waiting.Remove(over.Device);
            else if (happened is RunEvent.Resumed)
                waiting.Clear();
        }).GetAwaiter().GetResult();
        return [.. waiting.Values.OrderBy(step => step.Until)];
    }

    /// <summary>Asks the process that runs a run to send nothing more.</summary>
    public void AskToCancel(string run, string by) => Ask(run, RunRequest.Cancel, by);

    /// <summary>Asks it to begin nothing further for now. A run that is interrupted hears of it when it is resumed.</summary>
    public void AskToPause(string run, string by) => Ask(run, RunRequest.Pause, by);

    /// <inheritdoc cref="AskToPause"/>
    public void AskToUnpause(string run, string by) => Ask(run, RunRequest.Unpause, by);

    /// <summary>Approves it. Whether <paramref name="by"/> may is decided by the run.</summary>
    public void AskToApprove(string run, string by) => Ask(run, RunRequest.Approve, by);

    /// <summary>The finished runs that began before <paramref name="before"/>, without the newest <paramref name="keep"/> of all runs. Others are never old: they may still be finished.</summary>
    public IReadOnlyList<RunRecord> Old(DateTimeOffset before, int keep) =>
        Told(() => Records([.. store.Runs(int.MaxValue).Skip(keep).Where(row => row.State == "finished" && row.Header.At < before)]));

    /// <summary>The finished runs to forget, oldest first, so that all that is left takes no more than so many bytes; the newest <paramref name="keep"/> of all runs stay. Others are never forgotten, but count.</summary>
    public IReadOnlyList<RunRecord> TooMuch(long bytes, int keep) => Told(() =>
    {
        var sizes = store.Sizes();
        var total = sizes.Values.Sum();
        var old = new List<RunRow>();
        foreach (var row in store.Runs(int.MaxValue).Skip(keep).Where(row => row.State == "finished").Reverse())
        {
            if (total <= bytes)
                break;

            total -= sizes.GetValueOrDefault(row.Id);
            old.Add(row);
        }

        return Records(old);
    });

    /// <summary>What a run was asked to do; null for one that is not on record.</summary>
    public RunSpec? SpecOf(string run) => Told(() =>
    {
        RunSpec? spec = null;
        store.Replay(Commando.StreamOf(new RunId(run)), 1, 1, (_, kind, body) => spec = kind == RunCodec.Accepted && RunEventJson.Read(body) is RunEvent.Accepted accepted ? accepted.Spec : null)
            .GetAwaiter().GetResult();
        return spec;
    });

    /// <summary>The devices that a run was for, in its order.</summary>
    public IReadOnlyList<ChosenDevice> ChosenOf(string run) => Told(() =>
    {
        IReadOnlyList<ChosenDevice> chosen = [];
        store.Replay(Commando.StreamOf(new RunId(run)), 1, 2, (_, kind, body) => chosen = kind == RunCodec.DevicesChosen && RunEventJson.Read(body) is RunEvent.DevicesChosen e ? e.Devices : chosen)
            .GetAwaiter().GetResult();
        return chosen;
    });

    /// <summary>The devices that a run has something left to do on, by the journal.</summary>
    public IReadOnlyList<ChosenDevice> Unfinished(string run) => Told(() =>
    {
        var state = RunState.Empty;
        store.Replay(Commando.StreamOf(new RunId(run)), 1, long.MaxValue, (_, _, body) => state = RunRules.Apply(state, RunEventJson.Read(body))).GetAwaiter().GetResult();
        return Enumerable.Range(0, state.Devices.Count).Where(device => !state.IsOver(device)).Select(device => state.Devices[device]).ToList();
    });

    /// <summary>The sessions that a run has recorded: by device, the earliest first.</summary>
    public IReadOnlyList<RecordingRecord> Recordings(string run) => Told(() =>
        new RecordingTable(database).Of(run).Select(row => new RecordingRecord(row.Device, row.Session, row.At, row.Whole)).ToList());

    /// <summary>One of them, as far as it is there, in the form that <c>trigger lab --replay</c> plays; null when there is none.</summary>
    public string? Recording(string run, string session) => Told(() => new RecordingTable(database).Text(run, session));

    /// <summary>Forgets runs and all their answers, for good.</summary>
    public void Forget(IEnumerable<RunRecord> runs) => Told(() =>
    {
        store.Forget(runs.Select(run => (run.Id, Commando.StreamOf(new RunId(run.Id)))));
        return 0;
    });

    private void Ask(string run, string what, string by) => Told(() =>
    {
        store.Ask(run, what, by);
        return 0;
    });

    // A server may go away at any time; whoever reads knows this room's exception.
    private static T Told<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (StorageException failure)
        {
            throw new NodeException(failure.Message, failure);
        }
    }

    private static IEnumerable<T> Told<T>(IEnumerable<T> rows)
    {
        using var each = Told(rows.GetEnumerator);
        while (Told(each.MoveNext))
            yield return each.Current;
    }

    private IReadOnlyList<RunRecord> Records(IReadOnlyList<RunRow> rows)
    {
        var begun = rows.Where(row => row.State != "finished").Select(row => row.Id).ToList();
        // A process holds the run that it is running; a cluster's runs are some node's sooner or later.
        var alive = begun.Count == 0 ? new HashSet<string>() : database.Held(begun).Concat(new ClusterRuns(database).Unfinished()).ToHashSet(StringComparer.Ordinal);
        return [.. rows.Select(row => RecordOf(row, row.State == "finished" || alive.Contains(row.Id) ? row.State : "interrupted"))];
    }

    private static RunRecord RecordOf(RunRow row, string state) => new()
    {
        Id = row.Id,
        At = row.Header.At,
        By = row.Header.By,
        Selection = row.Header.Selection,
        Commands = row.Header.Commands,
        Inventory = row.Header.Inventory,
        Devices = row.Devices,
        Steps = row.Steps,
        State = state,
        FinishedAt = row.FinishedAt,
        Accepted = row.Accepted,
        Refused = row.Refused,
        Unknown = row.Unknown,
    };
}
