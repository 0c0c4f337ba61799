using System.Diagnostics;
using System.Text.Json;
using Trigger.Kernel.Actor;

namespace Trigger.Benchmarks.Kernel;

/// <summary>
/// One process measuring some scenarios, each in a fresh system. What a process measures depends on more than the code, such as where its objects
/// came to lie, so that several launches say more than many repetitions.
/// </summary>
internal static class Launch
{
    private const int Kept = 3;
    private const double OthersTolerated = 0.15;

    /// <summary>Measures in a process of its own.</summary>
    public static async Task<IReadOnlyList<Result>> Start(IReadOnlyList<Scenario> scenarios)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
        {
            ArgumentList = { typeof(Launch).Assembly.Location, "kernel-launch", string.Join('|', scenarios.Select(scenario => scenario.Name)) },
            RedirectStandardOutput = true,
        })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? JsonSerializer.Deserialize<Result[]>(said)! : throw new InvalidOperationException($"A launch ended with {process.ExitCode}.");
    }

    /// <summary>The other side of <see cref="Start"/>.</summary>
    public static async Task<int> Run(string names)
    {
        var results = new List<Result>();
        foreach (var name in names.Split('|'))
            results.Add(await Measure(Scenarios.All.Single(scenario => scenario.Name == name)));

        Console.WriteLine(JsonSerializer.Serialize(results));
        return 0;
    }

    private static async Task<Result> Measure(Scenario scenario)
    {
        var rates = new List<double>();
        var (bytes, noisy) = (0.0, 0);
        using var system = ActorSystem.Create("bench");
        for (var warm = 0; warm < 2; warm++)
            await scenario.Run(system);
        for (var tries = 0; tries < Kept * 4 && rates.Count < Kept; tries++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var machine = new Machine();
            var (operations, time) = await Task.Run(() => scenario.Run(system));
            if (machine.OthersCores > OthersTolerated && tries < (Kept * 3) + rates.Count)
            {
                noisy++;
                continue;
            }

            rates.Add(operations / time.TotalSeconds);
            bytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / (double)operations;
        }

        await system.Terminate();
        return new Result(scenario.Name, Median(rates), bytes, noisy);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    /// <param name="Rate">Operations a second, the median of the repetitions.</param>
    /// <param name="Bytes">Allocated for each operation.</param>
    /// <param name="Noisy">Repetitions thrown away because something else kept the machine busy.</param>
    internal sealed record Result(string Name, double Rate, double Bytes, int Noisy);
}
