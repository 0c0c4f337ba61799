using System.Diagnostics;
using System.Text.Json;

namespace Trigger.Benchmarks;

/// <summary>Other processes: the fleet, the engine's client, the peer.</summary>
internal static class Processes
{
    private static readonly JsonSerializerOptions Loose = new() { PropertyNameCaseInsensitive = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string Artifacts => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", ".."));

    public static string Root => Path.GetFullPath(Path.Combine(Artifacts, ".."));

    /// <summary>Starts <c>trigger lab</c> and waits until all of its devices listen.</summary>
    public static Process Lab(params string[] args)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var lab = Process.Start(new ProcessStartInfo(Path.Combine(Artifacts, "bin", "Trigger.Cli", configuration, "trigger"), ["lab", .. args]) { RedirectStandardOutput = true })!;
        var line = lab.StandardOutput.ReadLine();
        return line == "ready" ? lab : throw new InvalidOperationException($"The lab did not start: {line}");
    }

    public static Reading? Engine(string inventory, int parallel, string user, string password, string enable, params string[] commands)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Trigger.Benchmarks"), ["client", inventory, $"{parallel}", .. commands]) { RedirectStandardOutput = true };
        (start.Environment["TRIGGER_USERNAME"], start.Environment["TRIGGER_PASSWORD"], start.Environment["TRIGGER_ENABLEPW"]) = (user, password, enable);
        using var client = Process.Start(start)!;
        var text = client.StandardOutput.ReadToEnd();
        client.WaitForExit();
        return client.ExitCode == 0 ? JsonSerializer.Deserialize<Reading>(text) : null;
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
}
