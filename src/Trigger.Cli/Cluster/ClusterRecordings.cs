using Trigger.Jobs;
using Trigger.Node;
using Trigger.Sessions.Recording;

namespace Trigger.Cli.Cluster;

/// <summary>Fetches what a cluster has recorded of a run.</summary>
/// <param name="path">What the folder is called, for people.</param>
internal sealed class ClusterRecordings(RecordingFolder folder, string path)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HashSet<string> answered = new(StringComparer.Ordinal);

    /// <summary>The news of a run, unchanged; who has answered in it is remembered, since it must have been recorded.</summary>
    public async IAsyncEnumerable<RunNews> Hear(IAsyncEnumerable<RunNews> news)
    {
        await foreach (var item in news)
        {
            if (item is RunNews.StepEnded { Outcome.Verdict: StepVerdict.Accepted } ended)
                answered.Add(ended.Device.Name);
            yield return item;
        }
    }

    /// <summary>
    /// Writes the recordings of a run that is over to the folder. Nodes write them behind the run, so those of its last moments are waited for. What cannot be fetched is said, and changes
    /// nothing about how the run went.
    /// </summary>
    public async Task Fetch(ClusterClient cluster, RunId run)
    {
        try
        {
            await FetchAll(cluster, run);
        }
        catch (Exception failure) when (failure is ClusterProblemException or HttpRequestException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"trigger: the recordings were not fetched whole: {failure.Message} {Later(run)}");
        }
    }

    private async Task FetchAll(ClusterClient cluster, RunId run)
    {
        var begun = TimeProvider.System.GetTimestamp();
        var recordings = await List(cluster, run);
        while (!IsWhole(recordings) && TimeProvider.System.GetElapsedTime(begun) < Patience)
        {
            await Task.Delay(Poll, TimeProvider.System);
            recordings = await List(cluster, run);
        }

        foreach (var recording in recordings)
            RecordingFile.Write(folder, recording, await cluster.Text($"api/runs/{Uri.EscapeDataString(run.Value)}/recordings/{Uri.EscapeDataString(recording.Session)}"));
        await Console.Error.WriteLineAsync($"trigger: {recordings.Count} {(recordings.Count == 1 ? "session" : "sessions")} recorded in {path}");
        if (!IsWhole(recordings))
            await Console.Error.WriteLineAsync($"trigger: some are not whole yet, or their nodes have died. {Later(run)}");
    }

    private static string Later(RunId run) => $"What there is later: trigger job recordings {run} --state postgres://… --to DIR";

    private bool IsWhole(IReadOnlyList<RecordingRecord> recordings) =>
        recordings.All(recording => recording.Whole) && answered.IsSubsetOf(recordings.Select(recording => recording.Device));

    private static async Task<IReadOnlyList<RecordingRecord>> List(ClusterClient cluster, RunId run)
    {
        var answer = await cluster.Get($"api/runs/{Uri.EscapeDataString(run.Value)}/recordings");
        return [.. answer.EnumerateArray().Select(item => new RecordingRecord(
            item.GetProperty("device").GetString()!, item.GetProperty("session").GetString()!, item.GetProperty("at").GetDateTimeOffset(), item.GetProperty("whole").GetBoolean()))];
    }
}
