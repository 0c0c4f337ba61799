using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace Trigger.Benchmarks;

/// <summary>A cluster on one machine: what it journals through PostgreSQL, how soon it takes a large run, how long a device waits when its node is killed, and what it asks the database when nobody asks it.</summary>
internal static class ClusterBench
{
    private const int Devices = 300;
    private const int Commands = 100;
    private const int Accepted = 100_000;
    private const int Idle = 5;
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(60);

    public static async Task<int> Run(string[] parts)
    {
        var known = new Dictionary<string, Func<Task>> { ["tasks"] = Tasks, ["accept"] = Accept, ["failover"] = Failover, ["idle"] = Silence };
        foreach (var part in parts.Length > 0 ? parts : [.. known.Keys])
        {
            if (!known.TryGetValue(part, out var measure))
                throw new ArgumentException($"'{part}' is none of {string.Join(", ", known.Keys)}.");
            await measure();
        }

        return 0;
    }

    private static async Task Tasks()
    {
        using var ground = await ClusterGround.Lay(Devices, 3);
        var file = Path.Combine(Path.GetDirectoryName(ground.Inventory)!, "commands");
        await File.WriteAllLinesAsync(file, Enumerable.Repeat("show clock", Commands));
        for (var round = 1; round <= 2; round++)
        {
            var watch = Stopwatch.StartNew();
            var client = ground.Client("n1", "--on", "all", "--parallel", $"{Devices}", "-f", file);
            var (first, outcomes) = (TimeSpan.Zero, 0);
            while (await client.StandardOutput.ReadLineAsync() is not null)
            {
                if (outcomes++ == 0)
                    first = watch.Elapsed;
            }

            var engine = (double)(decimal)(await ground.Ask("select extract(epoch from finished_at::timestamptz - at::timestamptz) from run order by at desc limit 1"))!;
            Console.WriteLine(
                $"tasks: {outcomes} outcomes on {Devices} devices through 3 nodes in {watch.Elapsed.TotalSeconds:0.0} s: {outcomes / watch.Elapsed.TotalSeconds:0} a second at the client, "
                + $"{outcomes / engine:0} in the engine; the first after {first.TotalSeconds:0.0} s");
        }
    }

    private static async Task Accept()
    {
        using var ground = await ClusterGround.Lay(0, 3, ground => File.WriteAllLines(
            ground.Inventory, ["nodeName,platform,address,port,protocol", .. Enumerable.Range(0, Accepted).Select(n => $"r{n},cisco_ios,127.{n >> 16}.{(n >> 8) & 255}.{n & 255},1,telnet")]));
        foreach (var round in new[] { "first", "second" })
        {
            // It waits for somebody's approval, and so for nothing else: nothing is sent.
            var watch = Stopwatch.StartNew();
            using var answer = await ground.Http.PostAsJsonAsync(new Uri($"{ground.Url("n1")}api/runs"), new { on = "all", commands = new[] { "show clock" }, rules = new { approval = true } });
            var text = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"{answer.StatusCode}: {text}");
            var accepted = watch.Elapsed;
            var run = JsonDocument.Parse(text).RootElement.GetProperty("run").GetString();
            await ground.Until($"select devices = {Accepted} from run where id = '{run}'");
            Console.WriteLine($"accept: the {round} run of {Accepted} tasks acknowledged after {accepted.TotalSeconds:0.00} s, its devices on record after {watch.Elapsed.TotalSeconds:0.00} s");
        }
    }

    private static async Task Failover()
    {
        using var ground = await ClusterGround.Lay(60, 3);
        var file = Path.Combine(Path.GetDirectoryName(ground.Inventory)!, "commands");
        await File.WriteAllLinesAsync(file, Enumerable.Repeat("show clock", 200));
        var client = ground.Client("n1", "--on", "all", "--parallel", "60", "--interval", "200ms", "-f", file);
        var watch = Stopwatch.StartNew();
        var (last, longest, killed, outcomes) = (new Dictionary<string, TimeSpan>(), new Dictionary<string, TimeSpan>(), TimeSpan.Zero, 0);
        while (await client.StandardOutput.ReadLineAsync() is { } line)
        {
            var device = JsonDocument.Parse(line).RootElement.GetProperty("device").GetString()!;
            outcomes++;
            if (last.TryGetValue(device, out var before) && killed > TimeSpan.Zero)
                longest[device] = TimeSpan.FromTicks(Math.Max(longest.GetValueOrDefault(device).Ticks, (watch.Elapsed - before).Ticks));
            last[device] = watch.Elapsed;
            if (killed == TimeSpan.Zero && watch.Elapsed > TimeSpan.FromSeconds(8))
            {
                killed = watch.Elapsed;
                ground.Kill("n3");
            }
        }

        // Of a device of another node nothing is to be seen but a hiccup.
        var waited = longest.Values.Where(gap => gap > TimeSpan.FromSeconds(3)).Order().ToList();
        Console.WriteLine(
            $"failover: {outcomes} outcomes in {watch.Elapsed.TotalSeconds:0.0} s; {waited.Count} of {longest.Count} devices waited for another node after kill -9 of theirs, lease 10 s: "
            + $"{waited.FirstOrDefault().TotalSeconds:0.0} to {waited.LastOrDefault().TotalSeconds:0.0} s from their last answer to the next, median {waited.ElementAtOrDefault(waited.Count / 2).TotalSeconds:0.0} s");
    }

    private static async Task Silence()
    {
        using var ground = await ClusterGround.Lay(20, Idle);
        await ground.Tell("alter system set log_statement = 'all'");
        await ground.Tell("select pg_reload_conf()");
        await ground.Tell("select pg_sleep(10)"); // What is left of the start.
        var before = Statements(ground);
        await ground.Tell($"select pg_sleep({Watched.TotalSeconds})");
        var after = Statements(ground) - 1;
        Console.WriteLine($"idle: {(after - before) / Watched.TotalSeconds:0.0} statements a second from {Idle} nodes");
    }

    private static int Statements(ClusterGround ground) =>
        File.ReadLines(ground.DatabaseLog).Count(line => line.Contains(" LOG:  statement: ", StringComparison.Ordinal) || line.Contains(" LOG:  execute ", StringComparison.Ordinal));
}
