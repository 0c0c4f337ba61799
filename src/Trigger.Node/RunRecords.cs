using Trigger.Jobs;
using Trigger.Storage;

namespace Trigger.Node;

/// <summary>What is on record in a state directory. Reading never waits for runs under way, here or in another process.</summary>
public sealed class RunRecords : IDisposable
{
    private readonly SqliteStore store;
    private readonly string directory;

    internal RunRecords(SqliteStore store, string directory)
    {
        this.store = store;
        this.directory = directory;
    }

    /// <exception cref="NodeException">The directory cannot be used.</exception>
    public static RunRecords Open(string stateDirectory)
    {
        try
        {
            return new RunRecords(SqliteStore.Open(stateDirectory, TimeProvider.System), stateDirectory);
        }
        catch (StorageException failure)
        {
            throw new NodeException(failure.Message, failure);
        }
    }

    public void Dispose() => store.Dispose();

    /// <summary>All runs, newest first.</summary>
    public IReadOnlyList<RunRecord> Runs() => [.. store.Runs().Select(RecordOf)];

    /// <summary>However many there are, newest first.</summary>
    public IEnumerable<RunRecord> AllRuns() => store.Runs(int.MaxValue).Select(RecordOf);

    /// <summary>One run by its id, or by the beginning of it when only one begins so; else null.</summary>
    public RunRecord? Run(string id) => store.Run(id) is { } row ? RecordOf(row) : null;

    /// <summary>Outcomes by device and step, read as they are enumerated.</summary>
    public IEnumerable<OutcomeRecord> Outcomes(string run) => store.Outcomes(run).Select(row => new OutcomeRecord(
        row.Run, row.Device, row.Platform, row.Step, row.Command, row.Verdict, row.FaultKind, row.FaultText, row.ElapsedMicroseconds, row.Output));

    /// <summary>Asks the process that runs a run to send nothing more.</summary>
    public void AskToCancel(string run, string by) => store.Ask(run, RunRequest.Cancel, by);

    /// <summary>Asks it to begin nothing further for now. A run that is interrupted hears of it when it is resumed.</summary>
    public void AskToPause(string run, string by) => store.Ask(run, RunRequest.Pause, by);

    /// <inheritdoc cref="AskToPause"/>
    public void AskToUnpause(string run, string by) => store.Ask(run, RunRequest.Unpause, by);

    /// <summary>Approves it. Whether <paramref name="by"/> may is decided by the run.</summary>
    public void AskToApprove(string run, string by) => store.Ask(run, RunRequest.Approve, by);

    /// <summary>The finished runs that began before <paramref name="before"/>, without the newest <paramref name="keep"/> of all runs. Others are never old: they may still be finished.</summary>
    public IReadOnlyList<RunRecord> Old(DateTimeOffset before, int keep) =>
        [.. store.Runs(int.MaxValue).Skip(keep).Where(row => row.State == "finished" && row.Header.At < before).Select(RecordOf)];

    /// <summary>Forgets runs and all their answers, for good.</summary>
    public void Forget(IEnumerable<RunRecord> runs) => store.Forget(runs.Select(run => (run.Id, Commando.StreamOf(new RunId(run.Id)))));

    private RunRecord RecordOf(RunRow row) => new()
    {
        Id = row.Id,
        At = row.Header.At,
        By = row.Header.By,
        Selection = row.Header.Selection,
        Commands = row.Header.Commands,
        Inventory = row.Header.Inventory,
        Devices = row.Devices,
        Steps = row.Steps,
        State = row.State == "finished" || RunLock.IsHeld(directory, new RunId(row.Id)) ? row.State : "interrupted",
        FinishedAt = row.FinishedAt,
        Accepted = row.Accepted,
        Refused = row.Refused,
        Unknown = row.Unknown,
    };
}
