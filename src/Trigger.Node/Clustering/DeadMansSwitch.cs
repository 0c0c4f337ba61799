using System.Runtime.InteropServices;
using Trigger.Cluster.Leases;

namespace Trigger.Node.Clustering;

/// <summary>
/// Has the kernel kill this process unless it is told again and again that the lease holds. A process that is frozen (SIGSTOP, a debugger, swapping) cannot see its lease run out, and its
/// sessions with devices stay open while another node opens new ones; a kernel's timer needs no turn of ours, and SIGKILL works on the frozen. A node that merely has lost the database ends
/// its sessions by itself and winds the switch all the same.
/// </summary>
internal sealed class DeadMansSwitch : IDisposable
{
    private const int BootTime = 7; // CLOCK_BOOTTIME of linux/time.h
    private const int Kill = 9;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly LeaseGate gate;
    private readonly TimeSpan limit;
    private readonly nint timer;
    private readonly ITimer winding;

    private DeadMansSwitch(LeaseGate gate, TimeSpan limit, nint timer)
    {
        this.gate = gate;
        this.limit = limit;
        this.timer = timer;
        Wind();
        winding = TimeProvider.System.CreateTimer(_ => Wind(), null, Tick, Tick);
    }

    /// <returns>Null where the system has no such timers.</returns>
    /// <param name="limit">How long this process may be frozen while it holds no lease.</param>
    public static DeadMansSwitch? Set(LeaseGate gate, TimeSpan limit)
    {
        if (!OperatingSystem.IsLinux())
            return null;

        var wanted = new SignalEvent { Signal = Kill };
        return timer_create(BootTime, in wanted, out var timer) == 0 ? new DeadMansSwitch(gate, limit, timer) : null;
    }

    public void Dispose()
    {
        winding.Dispose();
        Wind(TimeSpan.Zero);
        _ = timer_delete(timer);
    }

    // While the lease holds, until its end and a little more, in which a living node ends its sessions; else for as long as a node may be busy.
    private void Wind() => Wind((gate.Left is var left && left > TimeSpan.Zero ? left : limit) + TimeSpan.FromMilliseconds(500));

    private void Wind(TimeSpan left)
    {
        var spec = new TimerTime { Seconds = (long)left.TotalSeconds, Nanoseconds = left.Ticks % TimeSpan.TicksPerSecond * 100 };
        _ = timer_settime(timer, 0, in spec, 0);
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int timer_create(int clock, in SignalEvent wanted, out nint timer);

    [DllImport("libc", SetLastError = true)]
    private static extern int timer_settime(nint timer, int flags, in TimerTime value, nint old);

    [DllImport("libc", SetLastError = true)]
    private static extern int timer_delete(nint timer);

    // struct sigevent of Linux. Notify 0 is a signal to the process.
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct SignalEvent
    {
        public long Value;
        public int Signal;
        public int Notify;
    }

    // struct itimerspec. All zero switches the timer off.
    [StructLayout(LayoutKind.Sequential)]
    private struct TimerTime
    {
        public long IntervalSeconds;
        public long IntervalNanoseconds;
        public long Seconds;
        public long Nanoseconds;
    }
}
