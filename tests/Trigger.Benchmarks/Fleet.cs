using Spectre.Console;

namespace Trigger.Benchmarks;

/// <summary>Measures the engine on fleets of pretend and of real devices, each beside a peer on the same fleet in the same run.</summary>
internal static class Fleet
{
    private static readonly string[] Parts = ["ssh", "flat", "frr", "telnet5000", "latency"];

    public static async Task<int> Run(string[] wanted)
    {
        var parts = wanted.Length == 0 ? Parts : wanted;
        if (parts.Except(Parts).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"There is no part '{unknown}'; there are {string.Join(", ", Parts)}.");
            return 2;
        }

        var work = Directory.CreateTempSubdirectory("trigger-fleet").FullName;
        try
        {
            Processes.Script("tests/lab.sh", "peers");
            var table = new Table().Border(TableBorder.Ascii2).AddColumns("fleet", "client", "sessions", "ok", "wall s", "sessions/s", "CPU s", "CPU ms/session", "RSS MB", "threads");
            foreach (var column in table.Columns.Skip(2))
                column.RightAligned();

            if (parts.Contains("ssh"))
                Ssh(table, work);
            if (parts.Contains("flat"))
                Flat(table, work);
            if (parts.Contains("telnet5000"))
                Telnet5000(table, work);
            if (parts.Contains("frr"))
                Frr(table, work);
            AnsiConsole.Profile.Width = 160;
            AnsiConsole.Write(table);
            if (parts.Contains("latency"))
                await Latency.Measure(work);
            return 0;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static void Ssh(Table table, string work)
    {
        var inventory = Path.Combine(work, "ssh.csv");
        var lab = Processes.Lab("--devices", "1000", "--platform", "cisco_ios", "--protocol", "ssh", "--inventory", inventory);
        try
        {
            Row(table, "1000 SSH, 5 KB answer, hosts seen for the first time", "trigger", 1000, Processes.Engine(inventory, 1000, "lab", "lab", "lab", "show version"));
            var ours = Processes.Engine(inventory, 1000, "lab", "lab", "lab", "show version");
            Row(table, "1000 SSH, 5 KB answer, known hosts", "trigger", 1000, ours);
            var peer = Processes.Netmiko(inventory, 200, "cisco_ios", "lab", "lab", "lab", fast: true, "show version");
            Row(table, "the same", "netmiko, 200 threads, fast_cli", 1000, peer);
            if (ours is not null && peer is not null)
                AnsiConsole.WriteLine($"SSH: netmiko uses {peer.Cpu / ours.Cpu:0.0} times the CPU of trigger");
        }
        finally
        {
            Processes.Stop(lab);
        }
    }

    private static void Flat(Table table, string work)
    {
        foreach (var count in new[] { 100, 500, 1000, 2000, 4000 })
        {
            var inventory = Path.Combine(work, $"ssh{count}.csv");
            var lab = Processes.Lab("--devices", $"{count}", "--platform", "cisco_ios", "--protocol", "ssh", "--inventory", inventory);
            try
            {
                Processes.Engine(inventory, count, "lab", "lab", "lab", "show version");
                Row(table, $"{count} SSH", "trigger", count, Processes.Engine(inventory, count, "lab", "lab", "lab", "show version"));
            }
            finally
            {
                Processes.Stop(lab);
            }
        }
    }

    private static void Telnet5000(Table table, string work)
    {
        var inventory = Path.Combine(work, "telnet.csv");
        var lab = Processes.Lab("--devices", "5000", "--platform", "cisco_ios", "--protocol", "telnet", "--inventory", inventory);
        try
        {
            Row(table, "5000 Telnet at once", "trigger", 5000, Processes.Engine(inventory, 5000, "lab", "lab", "lab", "show version"));
        }
        finally
        {
            Processes.Stop(lab);
        }
    }

    // As many sessions as sixty rounds over two hundred routers: connect, log in, enable, prepare, three commands, leave.
    private static void Frr(Table table, string work)
    {
        var routers = Processes.OpenFolder("frr");
        Processes.Script("tests/lab.sh", "up", routers);
        try
        {
            var inventory = Path.Combine(work, "frr.csv");
            File.WriteAllLines(inventory, ["nodeName,platform,protocol,address,port", .. Rows(60)]);
            var once = Path.Combine(work, "frr1.csv");
            File.WriteAllLines(once, ["nodeName,platform,protocol,address,port", .. Rows(1)]);
            string[] commands = ["show version", "show history", "show version"];
            var ours = Processes.Engine(inventory, 400, "x", "vtypass", "enpass", commands);
            Row(table, "200 real FRR VTYs, Telnet", "trigger", 12000, ours);
            var peer = Processes.Netmiko(once, 200, "cisco_ios_telnet", "x", "vtypass", "enpass", fast: true, commands);
            Row(table, "the same", "netmiko, 200 threads, fast_cli", 200, peer);
        }
        finally
        {
            Processes.Script("tests/lab.sh", "down", routers);
        }
    }

    private static IEnumerable<string> Rows(int rounds) =>
        from round in Enumerable.Range(1, rounds)
        from router in Enumerable.Range(1, 200)
        select $"frr-{router}-{round},frr_vty,telnet,127.30.0.{router},2616";

    private static void Row(Table table, string fleet, string client, int sessions, Reading? reading)
    {
        if (reading is null)
            table.AddRow(fleet, client, $"{sessions}", "could not be measured");
        else
            table.AddRow(
                fleet, client, $"{sessions}", $"{reading.Ok}", $"{reading.Wall:0.00}", $"{sessions / reading.Wall:0}", $"{reading.Cpu:0.00}", $"{reading.Cpu * 1000 / sessions:0.00}",
                $"{reading.RssMb:0}", $"{reading.Threads}");
    }
}
