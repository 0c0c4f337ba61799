using Trigger.Node.Api;

namespace Trigger.Node.Scheduling;

/// <summary>How a schedule stands.</summary>
/// <param name="By">Whose runs they are.</param>
/// <param name="Next">The next time; null when there is none, or while it is paused.</param>
/// <param name="LastDue">The last time that came.</param>
/// <param name="LastRun">The run of then; null when none was begun.</param>
/// <param name="Trouble">Why none was begun.</param>
public sealed record ScheduleRecord(
    string Name, ScheduleTimes When, RunOrder Run, string By, DateTimeOffset At, bool Paused, DateTimeOffset? Next, DateTimeOffset? LastDue, string? LastRun, string? Trouble);
