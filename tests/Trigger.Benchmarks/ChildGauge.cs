using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Trigger.Benchmarks;

/// <summary>Reads the meters of one child process: its threads and memory while it runs, its CPU from the kernel's account once it has ended.</summary>
internal sealed class ChildGauge : IDisposable
{
    private const int Children = -1;

    private readonly string _status;
    private readonly double _cpuBefore = CpuOfChildren();
    private readonly Timer _sampler;

    public ChildGauge(Process child)
    {
        _status = $"/proc/{child.Id}/status";
        _sampler = new Timer(_ => Sample(), null, 0, 20);
    }

    public int Threads { get; private set; }

    public double PeakRssMb { get; private set; }

    /// <summary>Right after the child has been waited for, and while no other child ends.</summary>
    public double Cpu => CpuOfChildren() - _cpuBefore;

    public void Dispose() => _sampler.Dispose();

    private void Sample()
    {
        try
        {
            foreach (var line in File.ReadLines(_status))
            {
                if (line.StartsWith("Threads:", StringComparison.Ordinal))
                    Threads = Math.Max(Threads, Number(line));
                else if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    PeakRssMb = Math.Max(PeakRssMb, Number(line) / 1024.0);
            }
        }
        catch (IOException)
        {
            // It has ended.
        }
    }

    private static int Number(string line) => int.Parse(line.AsSpan(line.IndexOf(':') + 1).Trim().TrimEnd("kB ").Trim(), CultureInfo.InvariantCulture);

    private static double CpuOfChildren()
    {
        // struct rusage begins with two struct timeval, user and system time; sixteen longs in all on 64-bit Linux.
        Span<long> usage = stackalloc long[32];
        return getrusage(Children, ref usage[0]) == 0
            ? usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6)
            : throw new InvalidOperationException("getrusage failed.");
    }

#pragma warning disable SYSLIB1054, IDE1006 // One call with blittable arguments needs no generated code, and its name is the C library's.
    [DllImport("libc")]
    private static extern int getrusage(int who, ref long usage);
#pragma warning restore SYSLIB1054, IDE1006
}
