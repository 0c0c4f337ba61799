using System.Runtime.ExceptionServices;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Dispatch;

namespace Trigger.Lab.TestKit;

/// <summary>
/// A clock that stands still until a test moves it; given to a system with <c>KernelSetup.Time</c>, it moves the scheduler, timers, receive timeouts, ask
/// timeouts, everything. Each timer rings inside <see cref="Advance"/>, at its own moment and in order.
/// <para>It is a scheduler too, and the system's own where <c>akka.scheduler.implementation</c> names it to a kit.</para>
/// </summary>
public sealed class TestScheduler : TimeProvider, IScheduler, IAdvancedScheduler
{
    private readonly Lock gate = new();
    private readonly List<Alarm> alarms = [];
    private readonly DateTimeOffset start;
    private readonly KernelScheduler own;
    private Exception? failure;
    private long sequence;
    private long now;

    /// <param name="start">The time it shows at first. Default the first of January 2026, UTC.</param>
    public TestScheduler(DateTimeOffset? start = null)
    {
        this.start = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        own = new KernelScheduler(new TimerQueue(this, thrown => failure ??= thrown));
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The time until the next timer rings; null when none is set.</summary>
    public TimeSpan? NextRing
    {
        get
        {
            lock (gate)
                return alarms.Where(alarm => alarm.Due is not null).Select(alarm => (TimeSpan?)TimeSpan.FromTicks(Math.Max(0, alarm.Due!.Value - now))).Min();
        }
    }

    public IAdvancedScheduler Advanced => this;

    public DateTimeOffset Now => GetUtcNow();

    public TimeSpan MonotonicClock => own.MonotonicClock;

    public TimeSpan HighResMonotonicClock => own.HighResMonotonicClock;

    public override long GetTimestamp() => Interlocked.Read(ref now);

    public override DateTimeOffset GetUtcNow() => start.AddTicks(GetTimestamp());

    /// <summary>Lets time pass, and everything happen that is due on the way.</summary>
    /// <remarks>What a scheduled action throws is thrown from here, when all the rest has been done.</remarks>
    public void Advance(TimeSpan offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, TimeSpan.Zero);
        var end = GetTimestamp() + offset.Ticks;
        while (NextUntil(end) is { } alarm)
            alarm.Ring();
        Interlocked.Exchange(ref now, end);
        if (Interlocked.Exchange(ref failure, null) is { } thrown)
            ExceptionDispatchInfo.Throw(thrown);
    }

    /// <exception cref="InvalidOperationException">It is later already.</exception>
    public void AdvanceTo(DateTimeOffset when)
    {
        if (when < Now)
            throw new InvalidOperationException($"It is {Now:O}, and time does not go back to {when:O}.");
        Advance(when - Now);
    }

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender) => own.ScheduleTellOnce(delay, receiver, message, sender);

    public void ScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        own.ScheduleTellOnce(delay, receiver, message, sender, cancelable);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender) =>
        own.ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender);

    public void ScheduleTellRepeatedly(TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? cancelable) =>
        own.ScheduleTellRepeatedly(initialDelay, interval, receiver, message, sender, cancelable);

    public void ScheduleOnce(TimeSpan delay, Action action) => own.ScheduleOnce(delay, action);

    public void ScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) => own.ScheduleOnce(delay, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action) => own.ScheduleRepeatedly(initialDelay, interval, action);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        own.ScheduleRepeatedly(initialDelay, interval, action, cancelable);

    public void ScheduleOnce(TimeSpan delay, IRunnable action) => own.ScheduleOnce(delay, action);

    public void ScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) => own.ScheduleOnce(delay, action, cancelable);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action) => own.ScheduleRepeatedly(initialDelay, interval, action);

    public void ScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable? cancelable) =>
        own.ScheduleRepeatedly(initialDelay, interval, action, cancelable);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var alarm = new Alarm(this, callback, state);
        lock (gate)
            alarms.Add(alarm);
        alarm.Change(dueTime, period);
        return alarm;
    }

    private Alarm? NextUntil(long end)
    {
        lock (gate)
        {
            var next = alarms.Where(alarm => alarm.Due <= end).OrderBy(alarm => alarm.Due).ThenBy(alarm => alarm.Sequence).FirstOrDefault();
            if (next is null)
                return null;

            Interlocked.Exchange(ref now, Math.Max(now, next.Due!.Value));
            next.Due = next.Period > TimeSpan.Zero ? next.Due + next.Period.Ticks : null;
            return next;
        }
    }

    private sealed class Alarm(TestScheduler clock, TimerCallback callback, object? state) : ITimer
    {
        internal long? Due { get; set; }

        internal long Sequence { get; private set; }

        internal TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : clock.now + dueTime.Ticks;
                Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
                Sequence = clock.sequence++;
                return true;
            }
        }

        public void Dispose()
        {
            lock (clock.gate)
            {
                Due = null;
                clock.alarms.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        internal void Ring() => callback(state);
    }
}
