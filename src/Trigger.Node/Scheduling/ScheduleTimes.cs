namespace Trigger.Node.Scheduling;

/// <summary>When runs are asked for; one of the first three.</summary>
/// <param name="At">Once: a moment, on the zone's clock if it says no offset.</param>
/// <param name="Cron">The five fields of crontab(5), or @daily and its like.</param>
/// <param name="Every">An interval such as 6h, from when the schedule was made.</param>
/// <param name="Zone">An IANA time zone; UTC when left out.</param>
/// <param name="Missed"><see cref="RunMissed"/> (when left out) or <see cref="SkipMissed"/>: what becomes of times at which no node was up.</param>
public sealed record ScheduleTimes(string? At = null, string? Cron = null, string? Every = null, string? Zone = null, string? Missed = null)
{
    /// <summary>However many were missed, one run is begun as soon as it can be.</summary>
    public const string RunMissed = "once";

    /// <summary>The next time is waited for.</summary>
    public const string SkipMissed = "skip";

    public override string ToString() =>
        $"{(At is not null ? $"at {At}" : Cron is not null ? Cron : $"every {Every}")}{(Zone is null ? "" : $" {Zone}")}{(Missed == SkipMissed ? ", missed ones skipped" : "")}";
}
