using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Trigger.Benchmarks;

/// <summary>What a cluster stands on, in processes: a PostgreSQL that writes to its disk, pretend devices, and nodes with their default settings. As root: PostgreSQL runs as its own user.</summary>
internal sealed class ClusterGround : IDisposable
{
    private const int DatabasePort = 22_490;

    private readonly string folder = Processes.OpenFolder("cluster");
    private readonly List<(string Name, int Port, Process Process)> nodes = [];
    private readonly List<Process> others = [];
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromMinutes(2) };

    private ClusterGround()
    {
    }

    public string Inventory => Path.Combine(folder, "devices.csv");

    public string DatabaseLog => Path.Combine(folder, "pg", "log");

    public HttpClient Http => http;

    public string Url(string node) => $"http://127.0.0.1:{nodes.Single(one => one.Name == node).Port}/";

    /// <param name="devices">How many pretend devices; 0 for an inventory of the caller's own.</param>
    public static async Task<ClusterGround> Lay(int devices, int count, Action<ClusterGround>? before = null)
    {
        var ground = new ClusterGround();
        Directory.CreateDirectory(ground.folder);
        Processes.Script(Path.Combine(Processes.Root, "tests", "lab.sh"), "database", ground.folder, $"{DatabasePort}");
        await ground.Tell("alter system set fsync = on");
        await ground.Tell("select pg_reload_conf()");
        if (devices > 0)
            ground.others.Add(Processes.Lab("-n", $"{devices}", "--platform", "cisco_ios", "--protocol", "telnet", "--inventory", ground.Inventory));
        before?.Invoke(ground);
        foreach (var number in Enumerable.Range(1, count))
            ground.Node($"n{number}");
        foreach (var (_, port, _) in ground.nodes)
            await ground.Ready(port);
        await ground.Until("select not exists (select 1 from shard where owner_node is distinct from wanted_node and space <> 'coordinator') and (select count(distinct owner_node) from shard where space = 'devices') = " + count);
        return ground;
    }

    /// <summary>A client of the cluster; what it says of errors is read and thrown away.</summary>
    public Process Client(string through, params string[] arguments)
    {
        var client = Start(["run", "--cluster", Url(through), "--json", .. arguments]);
        client.ErrorDataReceived += (_, _) => { };
        client.BeginErrorReadLine();
        others.Add(client);
        return client;
    }

    public void Kill(string node) => nodes.Single(one => one.Name == node).Process.Kill();

    public async Task<object?> Ask(string sql)
    {
        await using var connection = new NpgsqlConnection(await ConnectionString());
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public Task Tell(string sql) => Ask(sql);

    /// <summary>Waits until the answer is yes.</summary>
    public Task Until(string question) =>
        Tell($"do $$ begin for i in 1..6000 loop if ({question}) then return; end if; perform pg_sleep(0.02); end loop; raise exception 'never'; end $$");

    public void Dispose()
    {
        foreach (var process in nodes.Select(node => node.Process).Concat(others))
            Processes.Stop(process);
        http.Dispose();
        Processes.Script(Path.Combine(Processes.Root, "tests", "lab.sh"), "database-stop", folder, "fast");
        Directory.Delete(folder, recursive: true);
    }

    private void Node(string name)
    {
        var port = FreePort();
        var node = Start(["node", "--name", name, "--listen", $"127.0.0.1:{port}", "-i", Inventory, "--known-hosts", Path.Combine(folder, "known_hosts"), "--accept-new"]);
        node.OutputDataReceived += (_, _) => { };
        node.BeginOutputReadLine();
        node.ErrorDataReceived += (_, _) => { };
        node.BeginErrorReadLine();
        nodes.Add((name, port, node));
    }

    private Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Processes.Trigger, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        (start.Environment["HOME"], start.Environment["TRIGGER_STORE"]) = (folder, Address());
        (start.Environment["TRIGGER_USERNAME"], start.Environment["TRIGGER_PASSWORD"], start.Environment["TRIGGER_ENABLEPW"]) = ("lab", "lab", "lab");
        return Process.Start(start)!;
    }

    private string Address() => File.ReadAllText(Path.Combine(folder, "pg", "url")).Trim();

    private async Task<string> ConnectionString()
    {
        var password = await File.ReadAllTextAsync(Path.Combine(folder, "pg", "password"));
        return new NpgsqlConnectionStringBuilder { Host = "127.0.0.1", Port = DatabasePort, Username = "trigger", Password = password.Trim(), Database = "postgres", Pooling = false, CommandTimeout = 150 }.ConnectionString;
    }

    private async Task Ready(int port)
    {
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (patience.Elapsed < TimeSpan.FromMinutes(1))
            {
                // It does not listen yet.
            }

            await Ask("select pg_sleep(0.1)");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
