namespace Trigger.Kernel.Actor;

/// <summary>An actor whose <see cref="Timers"/> are set before its PreStart.</summary>
public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}
