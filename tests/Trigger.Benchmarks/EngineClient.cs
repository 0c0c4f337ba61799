using System.Diagnostics;
using System.Text.Json;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Devices.Platforms;
using Trigger.Jobs;
using Trigger.Node;
using Trigger.Wire.Ssh;

namespace Trigger.Benchmarks;

/// <summary>The whole engine, actors and journal included, as a process of its own: client INVENTORY PARALLEL COMMAND…; prints its <see cref="Reading"/> as JSON.</summary>
internal static class EngineClient
{
    public static async Task<int> Run(string[] args)
    {
        var state = Directory.CreateTempSubdirectory("trigger-bench").FullName;
        try
        {
            Console.WriteLine(JsonSerializer.Serialize(await Measure(args[0], int.Parse(args[1]), args[2..], state)));
            return 0;
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private static async Task<Reading> Measure(string inventory, int parallel, string[] commands, string state)
    {
        EngineProcess.Tune();
        using var gauge = new SelfGauge();
        var catalog = PlatformCatalog.Load();
        var loaded = NetDevices.Load([inventory], catalog);
        using var who = CredentialSource.Read(null, Environment.GetEnvironmentVariable).Credentials!;
        var watch = Stopwatch.StartNew();
        var (ok, failed) = (0, 0);
        await using (var node = TriggerNode.Start(new NodeOptions
        {
            StateDirectory = state,
            Platforms = catalog,
            // Beside the inventory, so that a second client meets hosts it knows.
            KnownHosts = new KnownHosts(inventory + ".known_hosts"),
            HostKeys = HostKeyPolicy.AcceptNew,
        }))
        {
            var spec = new RunSpec
            {
                Id = RunId.New(TimeProvider.System), Commands = commands, Selection = "all", Inventory = [inventory], Parallel = parallel, AuthFailures = 3,
                At = TimeProvider.System.GetUtcNow(), By = "benchmark",
            };
            await foreach (var news in node.Submit(spec, loaded.Devices.All, who).News)
            {
                switch (news)
                {
                    case RunNews.StepEnded { Outcome: { Verdict: StepVerdict.Accepted, Output.Length: > 10 } }:
                        ok++;
                        break;
                    case RunNews.StepEnded ended:
                        if (failed++ == 0)
                            Console.Error.WriteLine($"{ended.Device.Name}: {ended.Outcome.FaultText}");
                        break;
                }
            }

            watch.Stop();
            gauge.Sample();
        }

        return new Reading(ok, failed, watch.Elapsed.TotalSeconds, SelfGauge.Cpu, SelfGauge.PeakRssMb, gauge.Threads);
    }
}
