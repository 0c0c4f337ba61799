using System.Diagnostics;
using System.Text.Json;

namespace Trigger.Benchmarks;

/// <summary>Other processes: the fleet, the engine's client, the peer.</summary>
internal static class Processes
{
    private static readonly JsonSerializerOptions Loose = new() { PropertyNameCaseInsensitive = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string Artifacts => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));

    public static string Root => Path.GetFullPath(Path.Combine(Artifacts, ".."));

    public static string Trigger =>
        Path.Combine(Artifacts, "bin", "Trigger.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "trigger");

    /// <summary>Starts <c>trigger lab</c> and waits until all of its devices listen.</summary>
    public static Process Lab(params string[] args)
    {
        var lab = Process.Start(new ProcessStartInfo(Trigger, ["lab", .. args]) { RedirectStandardOutput = true })!;
        var line = lab.StandardOutput.ReadLine();
        return line == "ready" ? lab : throw new InvalidOperationException($"The lab did not start: {line}");
    }

    /// <summary><c>trigger run</c> as a user would run it, from its start to its exit; host keys are remembered beside the inventory. Null when it was no use.</summary>
    public static Reading? Engine(string inventory, int parallel, string user, string password, string enable, params string[] commands)
    {
        var state = Directory.CreateTempSubdirectory("trigger-bench").FullName;
        try
        {
            var file = Path.Combine(state, "commands");
            File.WriteAllLines(file, commands);
            var start = new ProcessStartInfo(
                Trigger,
                ["run", "-i", inventory, "--on", "all", "-f", file, "--parallel", $"{parallel}", "--state", state, "--known-hosts", inventory + ".known_hosts", "--accept-new", "--json"])
            { RedirectStandardOutput = true, RedirectStandardError = true };
            (start.Environment["TRIGGER_USERNAME"], start.Environment["TRIGGER_PASSWORD"], start.Environment["TRIGGER_ENABLEPW"]) = (user, password, enable);
            var watch = Stopwatch.StartNew();
            using var client = Process.Start(start)!;
            using var gauge = new ChildGauge(client);
            client.ErrorDataReceived += (_, _) => { };
            client.BeginErrorReadLine();
            var (ok, failed) = Count(client.StandardOutput);
            client.WaitForExit();
            return client.ExitCode < 2 ? new Reading(ok, failed, watch.Elapsed.TotalSeconds, gauge.Cpu, gauge.PeakRssMb, gauge.Threads) : null;
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    /// <summary>Netmiko, or null when it is not installed.</summary>
    public static Reading? Netmiko(string inventory, int threads, string kind, string user, string password, string enable, bool fast, params string[] commands)
    {
        var script = Path.Combine(AppContext.BaseDirectory, "netmiko_fleet.py");
        using var peer = Process.Start(new ProcessStartInfo(
            "/usr/bin/python3", [script, inventory, $"{threads}", kind, user, password, enable, fast ? "fast" : "usual", .. commands])
        { RedirectStandardOutput = true, RedirectStandardError = true })!;
        peer.ErrorDataReceived += (_, _) => { };
        peer.BeginErrorReadLine();
        var text = peer.StandardOutput.ReadToEnd();
        peer.WaitForExit();
        return peer.ExitCode == 0 ? JsonSerializer.Deserialize<Reading>(text, Loose) : null;
    }

    /// <summary>A folder that the daemons' own users can reach, too.</summary>
    public static string OpenFolder(string name) => Path.Combine(Path.GetTempPath(), $"trigger-{name}-{Environment.ProcessId}");

    public static void Script(params string[] args)
    {
        using var script = Process.Start(new ProcessStartInfo("bash", args) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true })!;
        script.OutputDataReceived += (_, _) => { };
        script.BeginOutputReadLine();
        script.WaitForExit();
        if (script.ExitCode != 0)
            throw new InvalidOperationException($"{string.Join(' ', args)} failed: {script.StandardError.ReadToEnd()}");
    }

    public static void Stop(Process process)
    {
        using (process)
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private static (int Ok, int Failed) Count(StreamReader lines)
    {
        var (ok, failed) = (0, 0);
        while (lines.ReadLine() is { } line)
        {
            using var outcome = JsonDocument.Parse(line);
            if (outcome.RootElement.GetProperty("ok").GetBoolean() && outcome.RootElement.GetProperty("output").GetString()!.Length > 10)
                ok++;
            else if (failed++ == 0)
                Console.Error.WriteLine(line);
        }

        return (ok, failed);
    }
}
