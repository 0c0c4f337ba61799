using System.Diagnostics;
using System.Globalization;
using Trigger.Wire;
using Trigger.Wire.Ssh;

namespace Trigger.Benchmarks;

/// <summary>Measures SSH beside the OpenSSH client and Python's paramiko, on the same server and in one run; and what held sessions cost.</summary>
internal static class SshBench
{
    private const int Output = 100 * 1024 * 1024;

    private static readonly string[] Parts = ["open", "output", "jump", "held"];

    private static readonly DialLimits Patient = new()
    {
        Connect = TimeSpan.FromMinutes(1), Handshake = TimeSpan.FromMinutes(1), Authenticate = TimeSpan.FromMinutes(1), OpenShell = TimeSpan.FromMinutes(1),
    };

    public static async Task<int> Run(string[] wanted)
    {
        var parts = wanted.Length == 0 ? Parts : wanted.Where(word => !char.IsAsciiDigit(word[0])).ToArray();
        if (parts.Except(Parts).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"There is no part '{unknown}'; there are {string.Join(", ", Parts)}.");
            return 2;
        }

        if (parts.Any(part => part != "held"))
        {
            using var server = new SshServer();
            using var who = new LineCredentials { UserName = "root", Keys = [new LineCredentials.PrivateKey(server.Key, File.ReadAllBytes(server.Key), null)] };
            using var transport = new SshTransport(new KnownHosts(null), HostKeyPolicy.AcceptNew);
            if (parts.Contains("open"))
                await Open(server, transport, who);
            if (parts.Contains("output"))
                await Drain(server, transport, who, null);
            if (parts.Contains("jump"))
                await Drain(server, transport, who, new SshJump { Dial = Dial(new SshService.Shell(), SshServer.Port), Credentials = who });
        }

        if (parts.Contains("held"))
            await SshHolder.Measure(wanted.Select(word => int.TryParse(word, out var count) ? count : 0).FirstOrDefault(count => count > 0, 1000));

        return 0;
    }

    internal static SshDial Dial(SshService service, int port) => new()
    {
        Host = "127.0.0.1", Port = port, Limits = Patient, Algorithms = SshAlgorithms.Modern, Service = service, Terminal = false,
    };

    // Each opens sessions, runs "true" in them and takes the exit status; only the client's CPU counts.
    private static async Task Open(SshServer server, SshTransport transport, LineCredentials who)
    {
        const int Warm = 10, Ours = 200, Theirs = 60, AtOnce = 10;
        await OpenOurs(transport, who, Warm, AtOnce);
        var before = Environment.CpuUsage.TotalTime;
        await OpenOurs(transport, who, Ours, AtOnce);
        var ours = Ours / (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        Say($"sessions opened per CPU-second, trigger: {ours:0}");

        using (var gauge = new ChildGauge(Process.GetCurrentProcess()))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, Theirs), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, cancel) =>
            {
                using var client = Process.Start(server.Client("true"))!;
                await client.WaitForExitAsync(cancel);
            });
            Say($"sessions opened per CPU-second, OpenSSH client: {Theirs / gauge.Cpu:0} (trigger is {ours * gauge.Cpu / Theirs:0.0} times as thrifty)");
        }

        var start = new ProcessStartInfo("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "paramiko_sessions.py"), $"{SshServer.Port}", server.Key, $"{Theirs}", $"{AtOnce}"]);
        start.RedirectStandardOutput = true;
        using var python = Process.Start(start)!;
        var words = (await python.StandardOutput.ReadToEndAsync()).Split(' ');
        if (words.Length == 2)
        {
            var cpu = double.Parse(words[1], CultureInfo.InvariantCulture);
            Say($"sessions opened per CPU-second, paramiko: {Theirs / cpu:0} (trigger is {ours * cpu / Theirs:0.0} times as thrifty)");
        }
        else
        {
            Say("paramiko: not measured; it needs python3-paramiko");
        }
    }

    private static async Task OpenOurs(SshTransport transport, LineCredentials who, int count, int atOnce) =>
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) =>
        {
            var fault = await SshCaller.Call(transport, Dial(new SshService.Exec("true"), SshServer.Port), who).Closed;
            if (fault is not null)
                throw new InvalidOperationException(fault.ToString());
        });

    private static async Task Drain(SshServer server, SshTransport transport, LineCredentials who, SshJump? jump)
    {
        var command = $"head -c {Output} /dev/zero";
        var best = (Wall: double.MaxValue, Cpu: double.MaxValue);
        for (var round = 0; round < 3; round++)
        {
            var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var caller = SshCaller.Call(transport, Dial(new SshService.Exec(command), SshServer.Port) with { Jump = jump }, who);
            if (await caller.Closed is { } fault || caller.Received != Output)
                throw new InvalidOperationException($"{caller.Received} bytes came.");

            best = (Math.Min(best.Wall, watch.Elapsed.TotalSeconds), Math.Min(best.Cpu, (Environment.CpuUsage.TotalTime - before).TotalSeconds));
        }

        Say($"100 MB read{(jump is null ? "" : " through a jump host")}, trigger: {best.Wall:0.00} s, {best.Cpu:0.00} s of CPU");
        if (jump is not null)
            return;

        using var gauge = new ChildGauge(Process.GetCurrentProcess());
        var theirs = double.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var watch = Stopwatch.StartNew();
            var start = server.Client(command);
            start.RedirectStandardOutput = true;
            using var client = Process.Start(start)!;
            await client.StandardOutput.BaseStream.CopyToAsync(Stream.Null, 64 * 1024);
            await client.WaitForExitAsync();
            theirs = Math.Min(theirs, watch.Elapsed.TotalSeconds);
        }

        Say($"100 MB read, OpenSSH client to a pipe: {theirs:0.00} s, {gauge.Cpu / 3:0.00} s of CPU (trigger has {theirs / best.Wall:0.00} of its speed)");
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static void Say(string text) => Console.WriteLine(text);
}
