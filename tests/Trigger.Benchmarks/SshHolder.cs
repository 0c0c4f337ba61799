using System.Diagnostics;
using System.Globalization;
using Trigger.Wire;
using Trigger.Wire.Ssh;

namespace Trigger.Benchmarks;

/// <summary>Holds many SSH sessions in a process that does nothing else, so that its threads and its memory are theirs. Pretend devices are processes of their own: sshd takes two for each session.</summary>
internal static class SshHolder
{
    private const int Devices = 1000;

    // A pretend device's side of a session takes two descriptors, and a process has 20,000 where the limit is not raised.
    private const int MostPerLab = 8000;

    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    /// <summary>Starts the devices and the holder, and waits for what it tells.</summary>
    public static async Task Measure(int count)
    {
        var folder = Directory.CreateTempSubdirectory("trigger-bench-held-").FullName;
        var labs = new List<Process>();
        try
        {
            for (var left = count; left > 0; left -= MostPerLab)
                labs.Add(Processes.Lab("--devices", $"{Math.Min(count, Devices)}", "--platform", "cisco_ios", "--protocol", "ssh", "--inventory", Path.Combine(folder, $"{labs.Count}.csv")));

            // With the settings of trigger's own process.
            var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(SshHolder).Assembly.Location, "ssh-hold", $"{count}", folder]);
            (start.Environment["DOTNET_gcConcurrent"], start.Environment["DOTNET_HillClimbing_Disable"]) = ("0", "1");
            using var holder = Process.Start(start)!;
            await holder.WaitForExitAsync();
            if (holder.ExitCode != 0)
                throw new InvalidOperationException($"The holder ended with {holder.ExitCode}.");
        }
        finally
        {
            foreach (var lab in labs)
            {
                lab.Kill();
                await lab.WaitForExitAsync();
                lab.Dispose();
            }

            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The other side of <see cref="Measure"/>.</summary>
    public static async Task<int> Run(int count, string folder)
    {
        var targets = Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal).Select(Targets).ToArray();
        using var who = new LineCredentials { UserName = "lab", Password = "lab"u8.ToArray() };
        using var transport = new SshTransport(new KnownHosts(null), HostKeyPolicy.AcceptNew);
        SshCaller Call(int i)
        {
            var lab = targets[i % targets.Length];
            return SshCaller.Call(transport, lab[i / targets.Length % lab.Length], who);
        }

        await Call(0).Opened;
        var (resident, cpu) = (Resident(), Environment.CpuUsage.TotalTime);
        var held = new List<SshCaller>(count);
        foreach (var wave in Enumerable.Range(0, count).Chunk(250))
        {
            var calls = wave.Select(Call).ToArray();
            await Task.WhenAll(calls.Select(call => call.Opened));
            held.AddRange(calls);
        }

        var opening = (Environment.CpuUsage.TotalTime - cpu).TotalSeconds;
        Say($"{count} sessions held: {(Resident() - resident) / 1024.0 / count:0.0} KB each, {Threads()} threads, {count / opening:0} opened per CPU-second");
        using (var idle = new PeriodicTimer(Settle))
        {
            // Not the first seconds: the compiler then still works on what the opening made hot.
            await idle.WaitForNextTickAsync();
            cpu = Environment.CpuUsage.TotalTime;
            await idle.WaitForNextTickAsync();
        }

        Say($"{count} sessions idle: {(Environment.CpuUsage.TotalTime - cpu) / Settle * 100:0.00} % of a core, {Threads()} threads");
        foreach (var call in held)
            call.Line!.Abort();

        await Task.WhenAll(held.Select(call => call.Closed));
        return 0;
    }

    private static SshDial[] Targets(string inventory)
    {
        var rows = File.ReadAllLines(inventory);
        var names = rows[0].Split(',');
        var (host, port) = (Array.FindIndex(names, name => name is "address" or "host" or "managementIP"), Array.IndexOf(names, "port"));
        return [.. rows[1..].Select(row => row.Split(',')).Select(cells => SshBench.Dial(new SshService.Shell(), int.Parse(cells[port], CultureInfo.InvariantCulture)) with { Host = cells[host] })];
    }

    private static int Threads() => Directory.GetDirectories("/proc/self/task").Length;

    private static long Resident() =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).AsSpan(6).Trim().TrimEnd("kB ").Trim(), CultureInfo.InvariantCulture) * 1024;

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
