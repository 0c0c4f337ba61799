using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Trigger.Jobs;
using Trigger.Node.Api;
using Trigger.Sessions;

namespace Trigger.Cli.Cluster;

/// <summary>Asks a cluster for a run, and stays with it.</summary>
internal static class ClusterOrder
{
    /// <summary>Commands as the API takes them. The answers go with every command; those that only read never ask.</summary>
    public static IReadOnlyList<JsonElement> Commands(IReadOnlyList<string> lines, IReadOnlyList<StepAnswer> answers) =>
        [.. lines.Select(line => answers.Count == 0
            ? JsonSerializer.SerializeToElement(line)
            : JsonSerializer.SerializeToElement(new { send = line, answers = answers.Select(answer => new { expect = answer.Expect, answer = answer.Answer }) }))];

    /// <param name="recordings">Fetches what is recorded of the run; null when nothing is to be.</param>
    /// <param name="follow">Shows the run.</param>
    public static async Task<int> Run(ClusterClient cluster, RunOrder order, ClusterRecordings? recordings, Func<RunId, IAsyncEnumerable<RunNews>, Task<int>> follow)
    {
        order = order with { Record = recordings is null ? null : true };
        // Should the answer be lost, asking again under the same key runs nothing twice.
        var accepted = (await cluster.Post("api/runs", order, RandomNumberGenerator.GetHexString(32, lowercase: true)))!.Value;
        if (order.DryRun)
        {
            Console.WriteLine(JsonSerializer.Serialize(accepted, JsonSerializerOptions.Web));
            return ExitCode.AllWell;
        }

        var run = accepted.GetProperty("run").GetString()!;
        using var interrupts = new Interrupted(cluster, run);
        var news = ClusterRun.News(cluster, run);
        var code = await follow(new RunId(run), recordings?.Hear(news) ?? news);
        if (recordings is not null)
            await recordings.Fetch(cluster, new RunId(run));
        return code;
    }

    /// <summary>^C once: the cluster is asked to send nothing more. Twice: we leave, and the run goes on.</summary>
    private sealed class Interrupted : IDisposable
    {
        private readonly PosixSignalRegistration signal;
        private int asked;

        public Interrupted(ClusterClient cluster, string run) => signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, pressed =>
        {
            if (Interlocked.Exchange(ref asked, 1) != 0)
                return;

            pressed.Cancel = true;
            Console.Error.WriteLine($"\ntrigger: asking the cluster to stop run {run}; commands already sent are waited for. Again to leave it alone.");
            _ = Ask(cluster, run);
        });

        public void Dispose() => signal.Dispose();

        private static async Task Ask(ClusterClient cluster, string run)
        {
            try
            {
                await cluster.Post($"api/runs/{run}/cancel", null);
            }
            catch (ClusterProblemException problem)
            {
                await Console.Error.WriteLineAsync($"trigger: {problem.Message}");
            }
        }
    }
}
