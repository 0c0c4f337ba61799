using System.Diagnostics;
using System.Globalization;

namespace Trigger.Benchmarks;

/// <summary>Reads this process's own meters from /proc.</summary>
internal sealed class SelfGauge : IDisposable
{
    private readonly Timer sampler;
    private int threads;

    public SelfGauge() => sampler = new Timer(_ => Sample(), null, 0, 50);

    public int Threads => threads;

    public static double Cpu => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    public static double PeakRssMb => Field("VmHWM:") / 1024.0;

    public void Dispose() => sampler.Dispose();

    public void Sample() => threads = Math.Max(threads, Field("Threads:"));

    private static int Field(string name) =>
        int.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
}
