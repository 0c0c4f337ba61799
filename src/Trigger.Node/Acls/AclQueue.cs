using Trigger.Jobs;
using Trigger.Storage;

namespace Trigger.Node.Acls;

/// <summary>
/// ACLs that wait to be loaded, as a state directory or a server keeps them, and what runs make of them. What a run loads is written down before the run is accepted, so that after a
/// crash anybody can tell from the run's own outcomes what was loaded (<see cref="Reckon"/>), and two who load at once never load the same on one device.
/// </summary>
public sealed class AclQueue : IDisposable
{
    private const string InDoubt = "in doubt";
    private const string Failed = "failed";

    private readonly Database database;
    private readonly AclQueueTable table;

    private AclQueue(Database database)
    {
        this.database = database;
        table = new AclQueueTable(database);
    }

    /// <exception cref="NodeException">The directory, or the server, cannot be used; that goes for every method.</exception>
    public static AclQueue Open(string state) => Told(() => new AclQueue(Database.Open(state, TimeProvider.System)));

    public void Dispose() => database.Dispose();

    /// <summary>Queues them, all or none.</summary>
    public void Add(IReadOnlyCollection<(string Device, string Acl)> wanted, string by, bool escalation) => Told(() =>
    {
        table.Add(wanted, by, escalation);
        return 0;
    });

    public void AddManual(string what, string by) => Told(() =>
    {
        table.AddManual(what, by);
        return 0;
    });

    /// <summary>What waits, oldest first; the same ACL may wait for the same device several times.</summary>
    public IReadOnlyList<QueuedAcl> Waiting() => Told(() => table.Waiting().Select(row => new QueuedAcl(row.Id, row.Device, row.Acl, row.At, row.By, row.Escalation)).ToList());

    public IReadOnlyList<ManualAcl> Manual() => Told(() => table.Manual().Select(row => new ManualAcl(row.What, row.At, row.By)).ToList());

    /// <returns>The devices for which the ACL waited, sorted.</returns>
    public IReadOnlyList<string> Clear(string acl) => Told(() => table.Clear(acl));

    /// <returns>Whether something of that name waited.</returns>
    public bool ClearManual(string what) => Told(() => table.ClearManual(what));

    /// <summary>
    /// Takes the loads of a run that is about to be submitted. Until what is returned is disposed of, which is to be after <see cref="TriggerNode.Submit"/>, nobody takes the run for one that was given up.
    /// </summary>
    /// <param name="mine">Those that nobody else is loading.</param>
    public IDisposable Begin(RunId run, IReadOnlyCollection<AclLoad> wanted, out IReadOnlyList<AclLoad> mine)
    {
        var hold = Told(() => database.TryHold(Name(run.Value)) ?? throw new StorageException($"Run {run} is under way in another process."));
        try
        {
            var at = TimeProvider.System.GetUtcNow();
            mine = Told(() => table.Begin([.. wanted.Select(load => new AclLoadRow(load.Run, load.Device, load.Acl, load.File, load.UpTo, load.Steps, at, null))]).Select(Load).ToList());
            return hold;
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    /// <summary>Gives back what a run took that was never accepted.</summary>
    public void Release(RunId run) => Told(() =>
    {
        table.Release(run.Value);
        return 0;
    });

    /// <summary>Says what became of a device's loads. Saying it again changes nothing.</summary>
    public void End(RunId run, string device, AclLoadResult result) => Told(() =>
    {
        table.End(run.Value, device, Word(result));
        return 0;
    });

    /// <summary>What runs load of which the end is not known: of runs under way, and of those that were interrupted.</summary>
    public IReadOnlyList<AclLoad> UnderWay() => Told(() => table.Open().Select(Load).ToList());

    /// <summary>What was loaded last with an end that nobody knows.</summary>
    public IReadOnlyList<AclLoad> Doubtful() => Told(() => table.Last(InDoubt).Select(Load).ToList());

    /// <summary>
    /// Says what became of loads whose process is gone, as far as their runs' outcomes tell it; gives back what never came to be a run. What is left open belongs to runs that are under
    /// way or wait for <c>job resume</c>.
    /// </summary>
    /// <returns>Those that were closed, with what became of them; given back is failed.</returns>
    public IReadOnlyList<(AclLoad Load, AclLoadResult Result)> Reckon()
    {
        var closed = new List<(AclLoad, AclLoadResult)>();
        using var records = new RunRecords(database);
        foreach (var run in UnderWay().GroupBy(load => load.Run))
        {
            // Asked in this order: a process lets go only after its run is on record.
            var alive = Told(() => database.Held([run.Key, Name(run.Key)])).Count > 0;
            var record = records.Run(run.Key);
            if (alive)
                continue;

            if (record is null)
            {
                Release(new RunId(run.Key));
                closed.AddRange(run.Select(load => (load, AclLoadResult.Failed)));
                continue;
            }

            closed.AddRange(Settle(run.Key, [.. run], records, record.State == "finished"));
        }

        return closed;
    }

    /// <summary>Says what became of the open loads of one run, by all its outcomes on record.</summary>
    /// <param name="over">Whether the run has come to its end; else what has outcomes missing stays open.</param>
    public IReadOnlyList<(AclLoad Load, AclLoadResult Result)> Settle(RunId run, bool over)
    {
        using var records = new RunRecords(database);
        return Settle(run.Value, [.. UnderWay().Where(load => load.Run == run.Value)], records, over);
    }

    /// <summary>What a device's outcomes say of its loads; null when some are missing and may yet come.</summary>
    /// <param name="verdicts">"accepted", "refused", "unknown".</param>
    /// <param name="over">Whether nothing more can come.</param>
    internal static AclLoadResult? Judge(IReadOnlyCollection<string> verdicts, int steps, bool over) =>
        verdicts.Contains("unknown") ? AclLoadResult.InDoubt
        : verdicts.Count < steps && !over ? null
        : verdicts.Count >= steps && verdicts.All(verdict => verdict == "accepted") ? AclLoadResult.Loaded
        : AclLoadResult.Failed;

    private List<(AclLoad Load, AclLoadResult Result)> Settle(string run, IReadOnlyList<AclLoad> loads, RunRecords records, bool over)
    {
        var closed = new List<(AclLoad, AclLoadResult)>();
        var wanted = loads.ToLookup(load => load.Device);
        var verdicts = records.Outcomes(run).Where(outcome => wanted.Contains(outcome.Device)).ToLookup(outcome => outcome.Device, outcome => outcome.Verdict);
        foreach (var device in wanted)
        {
            if (Judge([.. verdicts[device.Key]], device.First().Steps, over) is not { } result)
                continue;

            End(new RunId(run), device.Key, result);
            closed.AddRange(device.Select(load => (load, result)));
        }

        return closed;
    }

    // A hold's name may be a file's.
    private static string Name(string run) => $"load-{run}";

    private static string Word(AclLoadResult result) => result switch { AclLoadResult.Loaded => AclQueueTable.Loaded, AclLoadResult.InDoubt => InDoubt, _ => Failed };

    private static AclLoad Load(AclLoadRow row) => new(row.Run, row.Device, row.Acl, row.File, row.UpTo, row.Steps);

    private static T Told<T>(Func<T> change)
    {
        try
        {
            return change();
        }
        catch (StorageException failure)
        {
            throw new NodeException(failure.Message, failure);
        }
    }
}
