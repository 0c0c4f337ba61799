namespace Trigger.Sessions;

/// <summary>What a session's own timers say to it.</summary>
internal abstract record SessionAlarm
{
    /// <summary>The device has taken too long.</summary>
    public sealed record Overdue : SessionAlarm;

    /// <summary>Nothing has arrived for as long as was asked for.</summary>
    public sealed record Silent : SessionAlarm;

    /// <summary>The time before the next step is over.</summary>
    public sealed record IntervalOver : SessionAlarm;

    private SessionAlarm() { }
}
