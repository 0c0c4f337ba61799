using System.Globalization;
using Trigger.Node.Api;

namespace Trigger.Node.Scheduling;

/// <summary>When a schedule's runs are due.</summary>
internal sealed class ScheduleTiming
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromDays(366);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(10);

    private readonly Func<DateTimeOffset, DateTimeOffset?> next;

    private ScheduleTiming(Func<DateTimeOffset, DateTimeOffset?> next) => this.next = next;

    /// <summary>The first time after a moment; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => next(after);

    /// <param name="begin">When intervals begin: the schedule's own beginning.</param>
    /// <returns>Null and every mistake when it is not understood.</returns>
    public static (ScheduleTiming? Timing, IReadOnlyList<OrderMistake> Mistakes) Read(ScheduleTimes times, DateTimeOffset begin)
    {
        var mistakes = new List<OrderMistake>();
        if (new[] { times.At, times.Cron, times.Every }.Count(one => one is not null) != 1)
            mistakes.Add(new OrderMistake("cron", "Say one of at, cron and every."));
        if (times.Missed is not (null or ScheduleTimes.RunMissed or ScheduleTimes.SkipMissed))
            mistakes.Add(new OrderMistake("missed", $"It is {ScheduleTimes.RunMissed} or {ScheduleTimes.SkipMissed}."));
        var zone = Zone(times, mistakes);
        var next = times switch
        {
            { At: { } at } => Once(at, begin, zone, mistakes),
            { Cron: { } cron } => Table(cron, zone, mistakes),
            { Every: { } every } => Interval(every, begin, mistakes),
            _ => null,
        };
        return mistakes.Count > 0 || next is null ? (null, mistakes) : (new ScheduleTiming(next), []);
    }

    private static TimeZoneInfo Zone(ScheduleTimes times, List<OrderMistake> mistakes)
    {
        if (times.Zone is null)
            return TimeZoneInfo.Utc;
        if (times.Every is not null)
            mistakes.Add(new OrderMistake("zone", "An interval is the same in every time zone."));
        if (TimeZoneInfo.TryFindSystemTimeZoneById(times.Zone, out var zone))
            return zone;

        mistakes.Add(new OrderMistake("zone", $"There is no time zone '{times.Zone}'; write one such as Europe/Berlin."));
        return TimeZoneInfo.Utc;
    }

    private static Func<DateTimeOffset, DateTimeOffset?>? Once(string text, DateTimeOffset begin, TimeZoneInfo zone, List<OrderMistake> mistakes)
    {
        // A moment with an offset is what it is; one without is the zone's wall clock.
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
        {
            mistakes.Add(new OrderMistake("at", $"'{text}' is no moment; write one such as 2026-11-21T02:30 or 2026-11-21T02:30Z."));
            return null;
        }

        if (DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var wall) && wall.Kind == DateTimeKind.Unspecified)
        {
            if (zone.IsInvalidTime(wall))
                mistakes.Add(new OrderMistake("at", $"There is no {text} in {zone.Id}: the clocks are put forward then."));
            else
                moment = new DateTimeOffset(wall, zone.GetUtcOffset(wall));
        }

        if (moment <= begin)
            mistakes.Add(new OrderMistake("at", $"{text} is over already."));
        return after => moment > after ? moment : null;
    }

    private static Func<DateTimeOffset, DateTimeOffset?>? Table(string cron, TimeZoneInfo zone, List<OrderMistake> mistakes)
    {
        var (either, mistake) = Crontab.Read(cron, zone);
        if (mistake is not null)
            mistakes.Add(new OrderMistake("cron", mistake));
        else if (either.All(one => one.GetNextValidTimeAfter(DateTimeOffset.UnixEpoch) is null))
            mistakes.Add(new OrderMistake("cron", $"'{cron}' never comes."));
        return after => either.Select(one => one.GetNextValidTimeAfter(after)).Where(one => one is not null).Min();
    }

    private static Func<DateTimeOffset, DateTimeOffset?>? Interval(string every, DateTimeOffset begin, List<OrderMistake> mistakes)
    {
        if (Durations.Read(every, LongestInterval) is not { } interval || interval < ShortestInterval)
        {
            mistakes.Add(new OrderMistake("every", "It is a time such as 30m, 6h or 7d, from 10 seconds to a year."));
            return null;
        }

        return after => begin + (interval * (Math.Floor((after - begin) / interval) + 1));
    }
}
