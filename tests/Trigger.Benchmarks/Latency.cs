using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Trigger.Benchmarks;

/// <summary>What the engine adds to a command's own time: the same commands on the same real router through a bare socket and through the engine.</summary>
internal static class Latency
{
    private const int Commands = 2000;

    public static async Task Measure(string work)
    {
        var router = Processes.OpenFolder("latency");
        Processes.Script("tests/lab.sh", "up", router);
        try
        {
            var bare = await Bare();
            var inventory = Path.Combine(work, "latency.csv");
            await File.WriteAllLinesAsync(inventory, ["nodeName,platform,protocol,address,port", "frr,frr_vty,telnet,127.30.0.1,2616"]);
            var engine = Processes.Engine(inventory, 1, "x", "vtypass", "enpass", [.. Enumerable.Repeat("show version", Commands)])!;
            var few = Processes.Engine(inventory, 1, "x", "vtypass", "enpass", "show version")!;
            var ours = (engine.Wall - few.Wall) / (Commands - 1);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"one command on one session: bare socket {bare * 1000:0.000} ms, trigger {ours * 1000:0.000} ms, added {(ours - bare) * 1000:0.000} ms"));
        }
        finally
        {
            Processes.Script("tests/lab.sh", "down", router);
        }
    }

    private static async Task<double> Bare()
    {
        using var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync("127.30.0.1", 2616);
        var stream = client.GetStream();
        await Until(stream, "Password: ");
        await Say(stream, "vtypass\r\n", "> ");
        await Say(stream, "terminal length 0\r\n", "> ");
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Commands; i++)
            await Say(stream, "show version\r\n", "router-1> ");
        return watch.Elapsed.TotalSeconds / Commands;
    }

    private static async Task Say(NetworkStream stream, string line, string end)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line));
        await Until(stream, end);
    }

    private static async Task Until(NetworkStream stream, string end)
    {
        var buffer = new byte[16 * 1024];
        var seen = "";
        while (!seen.EndsWith(end, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer);
            seen = seen[Math.Max(0, seen.Length - end.Length)..] + Encoding.ASCII.GetString(buffer, 0, count);
        }
    }
}
