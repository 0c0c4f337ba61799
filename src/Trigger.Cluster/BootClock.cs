using System.Runtime.InteropServices;

namespace Trigger.Cluster;

/// <summary>
/// The time since the machine was started, and it runs on while the machine sleeps: Linux' CLOCK_BOOTTIME. Leases are counted on it, because the clock that
/// <see cref="System.Diagnostics.Stopwatch"/> reads stands still in a suspended machine, and the wall clock can be set.
/// </summary>
public sealed class BootClock : TimeProvider
{
    private const int BootTime = 7; // linux/time.h

    /// <summary>The only one that is needed. On a system without such a clock it is <see cref="TimeProvider.System"/>.</summary>
    public static TimeProvider Instance { get; } = OperatingSystem.IsLinux() ? new BootClock() : System;

    private BootClock()
    {
    }

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() =>
        clock_gettime(BootTime, out var time) == 0 ? (time.Seconds * TimestampFrequency) + time.Nanoseconds
            : throw new InvalidOperationException($"The kernel has no CLOCK_BOOTTIME (errno {Marshal.GetLastPInvokeError()}).");

    [DllImport("libc", SetLastError = true)]
    private static extern int clock_gettime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
