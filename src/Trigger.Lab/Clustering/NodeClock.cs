namespace Trigger.Lab.Clustering;

/// <summary>One machine's clock: it may run a little fast or slow, may be frozen with its machine's processes, and may be set forward.</summary>
/// <param name="rate">1 for a perfect one.</param>
internal sealed class NodeClock(TimeProvider trueTime, double rate, Func<Action, Action> whenRunning) : TimeProvider
{
    private long jumped;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => (long)(trueTime.GetTimestamp() * rate) + jumped;

    public override DateTimeOffset GetUtcNow() => trueTime.GetUtcNow();

    public void Jump(TimeSpan forward) => jumped += forward.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new ScaledTimer(trueTime.CreateTimer(_ => whenRunning(() => callback(state))(), null, Scaled(dueTime), Scaled(period)), this);

    private TimeSpan Scaled(TimeSpan time) => time <= TimeSpan.Zero ? time : TimeSpan.FromTicks((long)Math.Ceiling(time.Ticks / rate));

    private sealed class ScaledTimer(ITimer inner, NodeClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Scaled(dueTime), clock.Scaled(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
