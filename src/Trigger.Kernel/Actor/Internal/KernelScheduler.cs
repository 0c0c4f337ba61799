using Trigger.Kernel.Dispatch;

namespace Trigger.Kernel.Actor.Internal;

internal sealed class KernelScheduler(TimerQueue queue) : IScheduler, IAdvancedScheduler
{
    private readonly long _start = queue.Now;

    public IAdvancedScheduler Advanced => this;

    public DateTimeOffset Now => queue.Time.GetUtcNow();

    public TimeSpan MonotonicClock => queue.Time.GetElapsedTime(_start);

    public TimeSpan HighResMonotonicClock => MonotonicClock;

    internal TimerQueue Queue => queue;

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender) =>
        queue.Add(delay, interval: null, receiver, message, sender);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        queue.Add(delay, interval: null, receiver, message, sender, cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender) =>
        queue.Add(initialDelay, interval, receiver, message, sender);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        queue.Add(initialDelay, interval, receiver, message, sender, cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => queue.Add(delay, interval: null, action);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => queue.Add(delay, interval: null, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => queue.Add(initialDelay, interval, action);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        queue.Add(initialDelay, interval, action, cancelable);

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => ScheduleOnce(delay, action.Run);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) => ScheduleOnce(delay, action.Run, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) => ScheduleRepeatedly(initialDelay, interval, action.Run);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        ScheduleRepeatedly(initialDelay, interval, action.Run, cancelable);
}
