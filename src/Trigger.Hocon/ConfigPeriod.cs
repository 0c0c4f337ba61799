namespace Trigger.Hocon;

/// <summary>A span of the calendar, which has no fixed length: <c>1 month</c>, <c>2y</c>, <c>10d</c>.</summary>
public readonly record struct ConfigPeriod(int Years, int Months, int Days)
{
    /// <summary>The moment this period later.</summary>
    public DateTimeOffset After(DateTimeOffset moment) => moment.AddYears(Years).AddMonths(Months).AddDays(Days);
}
