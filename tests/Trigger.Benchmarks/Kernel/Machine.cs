using System.Diagnostics;
using System.Globalization;

namespace Trigger.Benchmarks.Kernel;

/// <summary>Tells how many cores others kept busy while something was measured: such a measurement is worth nothing.</summary>
internal sealed class Machine
{
    private readonly double _busy = Busy();
    private readonly double _own = Own();
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    public double OthersCores => Math.Max(0, (Busy() - _busy - (Own() - _own)) / _watch.Elapsed.TotalSeconds);

    // /proc/stat counts hundredths of a second: user, nice, system, idle, iowait, irq, softirq, steal.
    private static double Busy()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(text => long.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        return (fields[0] + fields[1] + fields[2] + fields[5] + fields[6] + fields[7]) / 100.0;
    }

    private static double Own()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }
}
