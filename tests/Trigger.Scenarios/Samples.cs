using System.Diagnostics;
using Trigger.Scenarios.Rig;
using Trigger.Scenarios.Storage;

namespace Trigger.Scenarios;

/// <summary>What newcomers are told to try.</summary>
public sealed class Samples(Lab lab)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);

    [Fact]
    public async Task bring_up_a_cluster_that_loses_a_worker_and_finishes_its_job()
    {
        PostgresRig.Server(); // Skips the test where there is no lab.
        var start = new ProcessStartInfo("/bin/bash", [Repository.File("samples", "cluster.sh")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PORT"] = $"{Random.Shared.Next(230, 242) * 100}";
        using var script = Process.Start(start)!;
        var (said, told) = (script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), script.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        using var patience = new CancellationTokenSource(Patience);
        await script.WaitForExitAsync(patience.Token);

        var (text, story) = (await said, await told);
        Assert.True(script.ExitCode == 0, $"{text}\n{story}");
        Assert.Contains("2000 answers, 2000 of them good", text, StringComparison.Ordinal);
        Assert.Contains("worker3 is dead", story, StringComparison.Ordinal);
        Assert.EndsWith("Count: 3 nodes", text.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task embed_a_node_in_a_host_service()
    {
        await using var desk = lab.Desk().Server();
        desk.Places();
        var host = Path.Combine(Path.GetDirectoryName(Desk.Executable)!, "..", "..", "WorkerService", Path.GetFileName(Path.GetDirectoryName(Desk.Executable)!), "WorkerService");
        desk.With("STORE", desk.State).With("INVENTORY", desk.File("netdevices.csv")).With("COMMAND", "date");

        var ended = (await desk.Start([], inside: [host], executable: false).End()).Exits(0);

        Assert.Contains("unix: accepted", ended.Out, StringComparison.Ordinal);
        Assert.Contains("1 of 1 devices answered", ended.Out, StringComparison.Ordinal);
    }
}
