namespace Trigger.Lab.TestKit;

/// <summary>
/// A clock that stands still until a test moves it; given to a system with <c>KernelSetup.Time</c>, it moves the scheduler, timers, receive timeouts, ask
/// timeouts, everything. Each timer rings inside <see cref="Advance"/>, at its own moment and in order.
/// </summary>
public sealed class TestScheduler : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<Alarm> alarms = [];
    private readonly DateTimeOffset start;
    private long sequence;
    private long now;

    /// <param name="start">The time it shows at first. Default the first of January 2026, UTC.</param>
    public TestScheduler(DateTimeOffset? start = null) => this.start = start ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

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

    public override long GetTimestamp() => Interlocked.Read(ref now);

    public override DateTimeOffset GetUtcNow() => start.AddTicks(GetTimestamp());

    public void Advance(TimeSpan offset)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(offset, TimeSpan.Zero);
        var end = GetTimestamp() + offset.Ticks;
        while (NextUntil(end) is { } alarm)
            alarm.Ring();
        Interlocked.Exchange(ref now, end);
    }

    public void AdvanceTo(DateTimeOffset when) => Advance(when - GetUtcNow());

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
