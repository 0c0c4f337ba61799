using System.Diagnostics;
using System.Globalization;
using System.Text;
using Trigger.Wire;
using Trigger.Wire.Netconf;
using Trigger.Wire.Netconf.Framing;
using Trigger.Wire.Netconf.Model;
using Trigger.Wire.Netconf.Operations;
using Trigger.Wire.Ssh;

namespace Trigger.Benchmarks;

/// <summary>Measures NETCONF: the framing alone, a reply of 200 MB, and a real server beside Python's ncclient, in one run.</summary>
internal static class Netconf
{
    private const int Port = 22830;
    private const string User = "trgunix";
    private const string Password = "labpass";

    private static readonly string[] Parts = ["chunks", "stream", "server"];

    public static async Task<int> Run(string[] wanted)
    {
        var parts = wanted.Length == 0 ? Parts : wanted;
        if (parts.Except(Parts).FirstOrDefault() is { } unknown)
        {
            Console.Error.WriteLine($"There is no part '{unknown}'; there are {string.Join(", ", Parts)}.");
            return 2;
        }

        if (parts.Contains("chunks"))
            Chunks();
        if (parts.Contains("stream"))
            await HugeReply.Measure();
        if (parts.Contains("server"))
            await Server();
        return 0;
    }

    private static void Chunks()
    {
        foreach (var size in new[] { 64, 1024, 16 * 1024 })
        {
            var stream = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"\n#{size}\n{new string('x', size)}", Math.Max(1, 4 * 1024 * 1024 / size))) + "\n##\n");
            Say($"chunks of {size} bytes", Rate(() => new ChunkReader(), stream));
        }

        var plain = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(new string('x', 4096) + "]]>]]>", 1024)));
        Say("end-of-message, 4 KB each", Rate(() => new EndOfMessageReader(), plain));

        static void Say(string what, double rate) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"framing, {what}: {rate:0} MB/s"));
    }

    // In reads of 32 KB, as they come from a line.
    private static double Rate(Func<IFrameReader> make, byte[] stream)
    {
        const int Read = 32 * 1024;
        var best = 0.0;
        for (var round = 0; round < 20; round++)
        {
            var (reader, payload) = (make(), 0L);
            var watch = Stopwatch.StartNew();
            for (var at = 0; at < stream.Length; at += Read)
            {
                ReadOnlyMemory<byte> input = stream.AsMemory(at, Math.Min(Read, stream.Length - at));
                while (reader.TryRead(ref input, out var piece))
                    payload += piece.Payload.Length;
            }

            best = Math.Max(best, stream.Length / watch.Elapsed.TotalSeconds / 1e6);
            if (payload < stream.Length / 2)
                throw new InvalidOperationException("The framing lost something.");
        }

        return best;
    }

    private static async Task Server()
    {
        Processes.Script("tests/lab.sh", "packages");
        var folder = Processes.OpenFolder("netconf");
        Processes.Script("tests/lab.sh", "netconf", folder);
        try
        {
            await Sessions("SSH", transport => new NetconfRoute.Ssh(transport, Dial, new LineCredentials { UserName = User, Password = Encoding.UTF8.GetBytes(Password) }));
            await Sessions("Unix socket", _ => new NetconfRoute.UnixSocket(Path.Combine(folder, "nc", "netconf.sock")));
            Peer();
        }
        finally
        {
            Processes.Script("tests/lab.sh", "down", folder);
        }
    }

    private static SshDial Dial
    {
        get
        {
            var patience = TimeSpan.FromSeconds(20);
            return new SshDial
            {
                Host = "127.0.0.1", Port = Port, Algorithms = SshAlgorithms.Modern,
                Limits = new DialLimits { Connect = patience, Handshake = patience, Authenticate = patience, OpenShell = patience },
            };
        }
    }

    private static async Task Sessions(string over, Func<SshTransport, NetconfRoute> route)
    {
        using var transport = new SshTransport(new KnownHosts(null), HostKeyPolicy.AcceptNew, reactorCount: 1);
        await using var session = await NetconfSession.ConnectAsync(route(transport));
        var request = session.GetConfig(ConfigurationSource.Running);

        // The best of some rounds: the machine has others to serve, too.
        await Best($"trigger, {over}, one after the other", 2000, 8, async count =>
        {
            for (var i = 0; i < count; i++)
                await session.CallAsync(request);
        });
        await Best($"trigger, {over}, pipelined", 20_000, 5, count => Task.WhenAll(Enumerable.Range(0, count).Select(_ => session.CallAsync(request))));
    }

    private static async Task Best(string what, int count, int rounds, Func<int, Task> work)
    {
        var (best, cpu) = (0.0, 0.0);
        for (var round = 0; round < rounds; round++)
        {
            var (before, watch) = (Environment.CpuUsage.TotalTime.TotalSeconds, Stopwatch.StartNew());
            await work(count);
            var rate = count / watch.Elapsed.TotalSeconds;
            if (rate > best)
                (best, cpu) = (rate, (Environment.CpuUsage.TotalTime.TotalSeconds - before) / count * 1000);
        }

        Say(what, best, cpu);
    }

    private static void Peer()
    {
        var script = Path.Combine(AppContext.BaseDirectory, "ncclient_rpcs.py");
        using var peer = Process.Start(new ProcessStartInfo("/usr/bin/python3", [script, $"{Port}", User, Password, "100"]) { RedirectStandardOutput = true })!;
        var numbers = peer.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.TrimEntries);
        peer.WaitForExit();
        if (peer.ExitCode == 0)
            Say("ncclient, SSH, one after the other", double.Parse(numbers[0], CultureInfo.InvariantCulture), double.Parse(numbers[1], CultureInfo.InvariantCulture));
    }

    private static void Say(string what, double rate, double cpu) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {rate:0.0} get-config/s, {cpu:0.000} ms CPU of the client each"));
}
