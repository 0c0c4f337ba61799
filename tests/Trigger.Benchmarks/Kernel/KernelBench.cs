using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Trigger.Kernel.Actor;

namespace Trigger.Benchmarks.Kernel;

/// <summary>The actor kernel's speed and size beside Akka.NET's, which cannot be restored here and was measured elsewhere on the same kind of machine: medians of launches beside medians of launches.</summary>
internal static class KernelBench
{
    private const int Launches = 5;

    public static async Task<int> Run(string[] wanted)
    {
        var scenarios = Scenarios.All.Where(scenario => wanted.Length == 0 || wanted.Any(part => scenario.Name.Contains(part, StringComparison.OrdinalIgnoreCase))).ToArray();
        var results = new List<Launch.Result>();
        for (var launch = 1; launch <= Launches && scenarios.Length > 0; launch++)
        {
            Console.Error.WriteLine($"launch {launch} of {Launches}");
            results.AddRange(await Launch.Start(scenarios));
        }

        var table = new Table().Border(TableBorder.Ascii2).AddColumns("scenario", "op/s", "lowest", "highest", "bytes/op", "Akka.NET", "ratio", "noisy");
        foreach (var column in table.Columns.Skip(1))
            column.RightAligned();
        foreach (var scenario in scenarios)
            AddRow(table, scenario, [.. results.Where(result => result.Name == scenario.Name)]);

        AnsiConsole.Profile.Width = 160;
        AnsiConsole.Write(table);
        if (wanted.Length == 0)
            await Sizes();
        return 0;
    }

    private static void AddRow(Table table, Scenario scenario, Launch.Result[] launches)
    {
        var median = Launch.Median(launches.Select(launch => launch.Rate));
        table.AddRow(
            scenario.Name, Rate(median), Rate(launches.Min(launch => launch.Rate)), Rate(launches.Max(launch => launch.Rate)),
            Launch.Median(launches.Select(launch => launch.Bytes)).ToString("0", CultureInfo.InvariantCulture), Rate(scenario.Akka),
            (median / scenario.Akka).ToString("0.00", CultureInfo.InvariantCulture), $"{launches.Sum(launch => launch.Noisy)}");
    }

    private static async Task Sizes()
    {
        foreach (var count in new[] { 100_000, 1_000_000 })
        {
            using var system = ActorSystem.Create("sizes");
            using var started = new CountdownEvent(count);
            var parent = system.ActorOf(Props.Create(() => new Parent(started)));
            await parent.Ask("ready?");
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var watch = Stopwatch.StartNew();
            parent.Tell(count, ActorRefs.NoSender);
            started.Wait();
            var time = watch.Elapsed;
            var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / (double)count;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count} idle actors: {each:0} bytes each (Akka.NET 1720), started in {time.TotalSeconds:0.0} s"));
            await system.Terminate();
        }

        using var timed = ActorSystem.Create("timers");
        var lateness = new List<double>();
        for (var i = 0; i < 200; i++)
            lateness.Add((await Ring(timed, TimeSpan.FromMilliseconds(20))).TotalMilliseconds - 20);

        lateness.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a timer of 20 ms is late by {lateness[100]:0.00} ms, at worst {lateness[^1]:0.00} (Akka.NET 13.06, 21.22)"));

        // What the scenarios have left behind, and the runtime itself, is in both.
        var with = await Idle();
        await timed.Terminate();
        var without = await Idle();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a process with an idle system uses {with:0.00} ms of CPU a second, the same one after the system has ended {without:0.00} (Akka.NET 0.08 to 0.25)"));
    }

    // Twenty seconds, because the kernel counts in hundredths.
    private static async Task<double> Idle()
    {
        await Pass(TimeSpan.FromSeconds(3));
        using var self = Process.GetCurrentProcess();
        var cpu = self.TotalProcessorTime;
        await Pass(TimeSpan.FromSeconds(20));
        self.Refresh();
        return (self.TotalProcessorTime - cpu).TotalMilliseconds / 20;
    }

    private static async Task Pass(TimeSpan time)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var timer = new Timer(_ => over.SetResult(), null, time, Timeout.InfiniteTimeSpan);
        await over.Task;
    }

    private static Task<TimeSpan> Ring(ActorSystem system, TimeSpan delay)
    {
        var rang = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
        var watch = Stopwatch.StartNew();
        system.Scheduler.Advanced.ScheduleOnce(delay, () => rang.SetResult(watch.Elapsed));
        return rang.Task;
    }

    private static string Rate(double perSecond) =>
        perSecond >= 1e6 ? $"{(perSecond / 1e6).ToString("0.00", CultureInfo.InvariantCulture)} M" : $"{(perSecond / 1e3).ToString("0", CultureInfo.InvariantCulture)} k";
}
