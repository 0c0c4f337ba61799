using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Trigger.Scenarios.Storage;

namespace Trigger.Scenarios.Rig;

/// <summary>Node processes on one database, and a crowd of servers that write down what they are sent.</summary>
public sealed partial class ClusterRig : IAsyncDisposable
{
    /// <summary>The one that nodes have unless told otherwise, for tests that wait for one to run out.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    /// <summary>For all others: a busy machine may hold a node up for some seconds, and this one must not lose anything.</summary>
    public static readonly TimeSpan LongLease = TimeSpan.FromSeconds(20);

    // Those before are other tests', and their sessions would be counted.
    private const int FirstServer = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly TimeSpan lease;
    private long faultOver;
    private readonly PostgresRig database;
    private readonly Dictionary<string, (Process Process, NodeLog Log)> nodes = [];
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(60) };

    /// <param name="server">A database server of the test's own; null for the one of all.</param>
    public ClusterRig(Lab lab, TimeSpan lease, string? server = null)
    {
        this.lease = lease;
        Desk = lab.Desk();
        database = server is null ? new PostgresRig() : new PostgresRig(server);
    }

    public Desk Desk { get; }

    public PostgresRig Database => database;

    /// <summary>A crowd: every server runs what it is sent in a shell, and the commands append to this file.</summary>
    public string Sent => Desk.File("sent");

    public void Crowd(int servers)
    {
        for (var n = 1; n <= servers; n++)
            Desk.Server($"d{n}", $"127.31.0.{FirstServer + n}", Lab.CrowdSsh);
    }

    /// <summary>Starts nodes and waits until they are members.</summary>
    /// <param name="address">The database, when it is reached another way than straight.</param>
    /// <param name="settings">Further variables of their environment.</param>
    public async Task Start(string[] names, string? address = null, string[]? arguments = null, Dictionary<string, string>? settings = null)
    {
        foreach (var name in names)
        {
            var start = new ProcessStartInfo("/usr/bin/env", ["--default-signal=INT", Desk.Executable, "node", "--name", name, "--listen", "127.0.0.1:0", .. Desk.Places(), .. arguments ?? []])
            {
                WorkingDirectory = Desk.Folder,
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            };
            start.Environment["HOME"] = Desk.Folder;
            start.Environment["TRIGGER_STORE"] = address ?? database.Address;
            start.Environment["TRIGGER_USERNAME"] = Lab.Shell;
            start.Environment["TRIGGER_PASSWORD"] = Lab.Password;
            start.Environment["TRIGGER_SETTING__node__lease"] = $"{lease.TotalSeconds}s";
            start.Environment["TRIGGER_SETTING__node__drain_time"] = $"{lease.TotalSeconds * 3}s";
            foreach (var (variable, value) in settings ?? [])
                start.Environment[variable] = value;
            var process = Process.Start(start)!;
            var log = new NodeLog();
            _ = Copy([process.StandardError, process.StandardOutput], log);
            nodes[name] = (process, log);
        }

        foreach (var name in names)
            await Says(name, "is up in the cluster");
        await Until("exists (select 1 from {0}.shard where space = 'devices') and not exists (select 1 from {0}.shard where owner_node is distinct from wanted_node and space <> 'coordinator')");
    }

    /// <summary>Asks a cluster for a run on all servers, through one of the nodes.</summary>
    public Running Begin(string through, params string[] commands) =>
        Desk.Start(["run", "--cluster", string.Join(',', nodes.Keys.Order().OrderBy(name => name != through).Select(Url)), "--on", "all", "--json", "--parallel", "8", .. commands.SelectMany(command => new[] { "-c", command })]);

    /// <summary>What a node tells of a run.</summary>
    public Task<Ran> Pbm(string through, params string[] words) => Desk.Start(["pbm", Url(through), .. words]).End();

    public int Id(string name) => nodes[name].Process.Id;

    /// <summary>SIGKILL.</summary>
    public void Kill(string name) => nodes[name].Process.Kill();

    public async Task Signal(string name, string signal) => await Tool.Run("/bin/bash", "-c", $"kill -{signal} {Id(name)}");

    public async Task<int> Exit(string name)
    {
        using var patience = new CancellationTokenSource(Patience);
        await nodes[name].Process.WaitForExitAsync(patience.Token);
        return nodes[name].Process.ExitCode;
    }

    /// <summary>Of a node that is up: it chose its port by itself.</summary>
    public string Url(string name) => Address().Match(Log(name)).Groups[1].Value;

    public string Log(string name) => nodes[name].Log.ToString();

    /// <summary>Waits until a node has said something.</summary>
    public async Task Says(string name, string text)
    {
        try
        {
            await nodes[name].Log.Says(text).WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{name} did not say '{text}':\n{Log(name)}");
        }
    }

    /// <summary>A run that has so many outcomes and is not over, and will not be before it is let go.</summary>
    public async Task<(Running Run, string Id)> Begun(string through, int outcomes)
    {
        var run = Begin(through, Note("first", Held), Note("second", Held));
        var id = "";
        for (; outcomes > 0; outcomes--)
            id = (await run.Outcome()).Run;
        return (run, id);
    }

    /// <summary>The node that owns a run's shard, or the shard of a device.</summary>
    public async Task<string> HomeOfRun(string run, params string[] names)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!patience.IsCancellationRequested)
        {
            foreach (var name in names)
            {
                if ((await Entities(name)).Contains(run, StringComparison.Ordinal))
                    return name;
            }

            // On its way from one node to another it is nowhere for a moment.
            await Until($"exists (select 1 from {{0}}.run where id = '{run}' and finished_at is null)");
        }

        throw new InvalidOperationException($"No node coordinates {run}.");
    }

    /// <summary>The node that owns a shard now.</summary>
    public string? OwnerOf(string space, int shard) => database.Ask($"select owner_node from shard where space = '{space}' and number = {shard}") as string;

    /// <summary>What is at home on a node; nothing on one that does not answer.</summary>
    private async Task<string> Entities(string name)
    {
        try
        {
            using var response = await http.PostAsync(new Uri($"{Url(name)}api/console"), new StringContent("""{"words":["cluster-sharding","entities"]}""", null, "application/json"));
            return await response.Content.ReadAsStringAsync();
        }
        catch (HttpRequestException)
        {
            return "";
        }
    }

    /// <summary>Waits, in the database, until a question is answered with yes. The tables are in a schema of their own: <c>{0}</c>.</summary>
    public Task Until(string question) => Task.Run(() =>
    {
        // Each waits half a minute. On a busy machine three nodes that have all lost their leases may need longer than one.
        for (var left = 3; ; left--)
        {
            try
            {
                database.WaitUntil(string.Format(System.Globalization.CultureInfo.InvariantCulture, question, database.Schema));
                return;
            }
            catch (Npgsql.NpgsqlException) when (left > 0)
            {
                // Not yet.
            }
            catch (Npgsql.NpgsqlException never)
            {
                throw new TimeoutException($"{never.Message}\n{string.Join('\n', nodes.Keys.Select(name => $"--- {name}:\n{Log(name)}"))}");
            }
        }
    });

    public async Task Finished(string run)
    {
        await Until($"exists (select 1 from {{0}}.run where id = '{run}' and finished_at is not null)");
        if (faultOver > 0)
            TestContext.Current.TestOutputHelper?.WriteLine($"finished {Stopwatch.GetElapsedTime(faultOver).TotalSeconds:0.0} s after the fault, with a lease of {lease.TotalSeconds:0} s");
    }

    /// <summary>A command that may not be repeated: it writes down where it ran, which it is, and how many sessions its server had in that moment.</summary>
    public string Note(string step, string then = "") =>
        $"set -- $SSH_CONNECTION; echo \"$3 {step} $(ss -Htn state established \"src $3:$4\" | wc -l)\" >> {Sent}{(then.Length > 0 ? $"; {then}" : "")}";

    /// <summary>Takes some time after a command, and holds back a run that is nearly over until it is let go: what is done to the nodes is done in its midst.</summary>
    public string Held => HeldFrom(36);

    /// <summary>The same, held back as soon as so many commands were sent.</summary>
    public string HeldFrom(int sent) => $"sleep 0.7; while [ ! -e {Gate} ] && [ $(wc -l < {Sent}) -ge {sent} ]; do sleep 0.1; done";

    public void LetGo()
    {
        FaultIsOver();
        File.WriteAllText(Gate, "");
    }

    /// <summary>How soon the run is over is counted from here on.</summary>
    public void FaultIsOver() => faultOver = Stopwatch.GetTimestamp();

    private string Gate => Desk.File("let-go");

    /// <summary>Holds what is on record against what the servers were sent.</summary>
    /// <returns>How many steps ended how.</returns>
    public async Task<(int Accepted, int Refused, int Unknown)> Audit(string through, string run, int servers, string[] steps)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync($"{Url(through)}api/runs/{run}/results?limit=5000"));
        var outcomes = json.GetProperty("results").EnumerateArray()
            .Select(result => (Device: result.GetProperty("device").GetString()!, Step: result.GetProperty("step").GetInt32(), Verdict: result.GetProperty("verdict").GetString()!)).ToList();
        foreach (var unknown in json.GetProperty("results").EnumerateArray().Where(result => result.GetProperty("verdict").GetString() == "unknown"))
            TestContext.Current.TestOutputHelper?.WriteLine($"in doubt: {unknown.GetProperty("device")} {unknown.GetProperty("step")}: {unknown.GetProperty("faultKind")}: {unknown.GetProperty("faultText")}");
        Assert.Equal(servers * steps.Length, outcomes.DistinctBy(outcome => (outcome.Device, outcome.Step)).Count());
        Assert.Equal(servers * steps.Length, outcomes.Count);

        var lines = (await File.ReadAllLinesAsync(Sent)).Select(line => line.Split(' ')).Select(words => (Device: $"d{int.Parse(words[0].Split('.')[3], System.Globalization.CultureInfo.InvariantCulture) - FirstServer}", Step: words[1], Sessions: words[2])).ToArray();
        Assert.All(lines, line => Assert.Equal("1", line.Sessions));
        foreach (var (device, step, verdict) in outcomes)
        {
            var times = lines.Count(line => line.Device == device && line.Step == steps[step]);
            var right = verdict switch { "accepted" => times == 1, "unknown" => times <= 1, _ => times == 0 };
            Assert.True(right, $"{device} {steps[step]} is {verdict}, and was sent {times} times.");
        }

        return (outcomes.Count(outcome => outcome.Verdict == "accepted"), outcomes.Count(outcome => outcome.Verdict == "refused"), outcomes.Count(outcome => outcome.Verdict == "unknown"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (process, _) in nodes.Values)
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        http.Dispose();
        await Desk.DisposeAsync();
        database.Dispose();
    }

    [GeneratedRegex("its console is at (http://[0-9.:]+/)")]
    private static partial Regex Address();

    private static async Task Copy(TextReader[] from, NodeLog to)
    {
        await Task.WhenAll(from.Select(async reader =>
        {
            while (await reader.ReadLineAsync() is { } line)
                to.Add(line);
        }));
        to.End();
    }
}
