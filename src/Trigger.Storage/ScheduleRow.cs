namespace Trigger.Storage;

/// <summary>An order for runs at certain times.</summary>
/// <param name="Timing">When, as JSON.</param>
/// <param name="Run">What, as JSON.</param>
/// <param name="By">Whose runs they are.</param>
/// <param name="Next">The next time; null when there is none.</param>
/// <param name="LastDue">The last time that came.</param>
/// <param name="LastRun">The run of then; null when none was begun.</param>
/// <param name="Trouble">Why none was begun.</param>
public sealed record ScheduleRow(
    string Name, string Timing, string Run, string By, DateTimeOffset At, bool Paused, DateTimeOffset? Next, DateTimeOffset? LastDue = null, string? LastRun = null, string? Trouble = null);
