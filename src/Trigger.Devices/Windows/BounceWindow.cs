namespace Trigger.Devices.Windows;

/// <summary>
/// When a device may be changed: a colour for each hour of a day in a time zone, and Trigger's moratorium from Friday noon to Monday four o'clock, which has the default colour.
/// </summary>
public sealed class BounceWindow
{
    // Every offset in use is a multiple of a quarter of an hour, and so is every change between two of them.
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(15);

    // A week without a moment that is good enough has no such moment at all, but for the hour that daylight saving takes away.
    private static readonly TimeSpan Horizon = TimeSpan.FromDays(16);

    private readonly BounceStatus[] hours = new BounceStatus[24];

    /// <param name="green">Hours such as <c>5-7, 23</c>; null or empty for none.</param>
    /// <param name="yellow">Likewise; beats green where both name an hour.</param>
    /// <param name="red">Likewise; beats both.</param>
    /// <param name="otherwise">The colour of hours that nobody names, and of the weekend.</param>
    /// <param name="zone">Whose hours these are; Trigger's is US/Eastern.</param>
    /// <param name="weekend">Whether the weekend is out of bounds.</param>
    /// <exception cref="InvalidBounceWindowException">Something is no hour, or a colour has no hour at all.</exception>
    public BounceWindow(string? green, string? yellow, string? red, BounceStatus otherwise = BounceStatus.Red, TimeZoneInfo? zone = null, bool weekend = true)
    {
        Zone = zone ?? TimeZoneInfo.FindSystemTimeZoneById("America/New_York");
        Default = otherwise;
        Weekend = weekend;
        Array.Fill(hours, otherwise);
        Paint(green, BounceStatus.Green);
        Paint(yellow, BounceStatus.Yellow);
        Paint(red, BounceStatus.Red);
        foreach (var status in Enum.GetValues<BounceStatus>().Where(status => !hours.Contains(status)))
            throw new InvalidBounceWindowException($"{status.ToString().ToLowerInvariant()} risk-level must be defined! Give it at least one hour.");
    }

    public TimeZoneInfo Zone { get; }

    public BounceStatus Default { get; }

    public bool Weekend { get; }

    /// <summary>The colour of each hour of the day, from 0 to 23, outside the weekend.</summary>
    public IReadOnlyList<BounceStatus> ByHour => hours;

    /// <summary>The colour at a moment.</summary>
    public BounceStatus Status(DateTimeOffset when)
    {
        var local = TimeZoneInfo.ConvertTime(when, Zone);
        return Weekend && IsWeekend(local) ? Default : hours[local.Hour];
    }

    /// <summary>Whether changes may be made: it is green. Trigger knows this for one action, loading ACLs.</summary>
    public bool Allowable(DateTimeOffset when) => Status(when) == BounceStatus.Green;

    /// <summary>The first moment from <paramref name="when"/> on that is at most so risky, in UTC: that moment itself when it is.</summary>
    public DateTimeOffset NextOk(BounceStatus status, DateTimeOffset when)
    {
        var utc = when.ToUniversalTime();
        if (Status(utc) <= status)
            return utc;

        var next = new DateTimeOffset(utc.Ticks - (utc.Ticks % Step.Ticks), TimeSpan.Zero);
        for (var last = utc + Horizon; next <= last;)
        {
            next += Step;
            if (Status(next) <= status)
                return next;
        }

        throw new InvalidBounceWindowException($"There is no {status.ToString().ToLowerInvariant()} hour outside the weekend.");
    }

    public override string ToString() =>
        $"BounceWindow(green='{Listed(BounceStatus.Green)}', yellow='{Listed(BounceStatus.Yellow)}', red='{Listed(BounceStatus.Red)}', default='{Default.ToString().ToLowerInvariant()}', zone='{Zone.Id}')";

    private static bool IsWeekend(DateTimeOffset local) => local.DayOfWeek switch
    {
        DayOfWeek.Saturday or DayOfWeek.Sunday => true,
        DayOfWeek.Monday => local.Hour < 4,
        DayOfWeek.Friday => local.Hour >= 12,
        _ => false,
    };

    private void Paint(string? list, BounceStatus status)
    {
        foreach (var hour in BounceHours.Parse(list ?? ""))
            hours[hour] = status;
    }

    private string Listed(BounceStatus status) => BounceHours.Text([.. Enumerable.Range(0, 24).Where(hour => hours[hour] == status)]);
}
