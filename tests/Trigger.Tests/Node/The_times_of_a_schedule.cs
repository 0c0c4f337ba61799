using System.Globalization;
using Trigger.Node.Scheduling;

namespace Trigger.Tests.Node;

public sealed class The_times_of_a_schedule
{
    // A Saturday.
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("30 2 * * *", "2026-11-22T02:30", "2026-11-23T02:30")]
    [InlineData("*/15 * * * *", "2026-11-21T12:15", "2026-11-21T12:30")]
    [InlineData("0 9 * * 1-5", "2026-11-23T09:00", "2026-11-24T09:00")]
    [InlineData("0 9 * * mon,wed", "2026-11-23T09:00", "2026-11-25T09:00")]
    [InlineData("0 9 * * 0", "2026-11-22T09:00", "2026-11-29T09:00")]
    [InlineData("0 9 * * 7", "2026-11-22T09:00", "2026-11-29T09:00")]
    [InlineData("0 9 1 * *", "2026-12-01T09:00", "2027-01-01T09:00")]
    [InlineData("0 9 1 jan *", "2027-01-01T09:00", "2028-01-01T09:00")]
    [InlineData("0 9 24 * 1", "2026-11-23T09:00", "2026-11-24T09:00")] // Either kind of day, as crontab(5) has it.
    [InlineData("0 9 29 2 *", "2028-02-29T09:00", "2032-02-29T09:00")]
    [InlineData("@daily", "2026-11-22T00:00", "2026-11-23T00:00")]
    [InlineData("@weekly", "2026-11-22T00:00", "2026-11-29T00:00")]
    [InlineData("@monthly", "2026-12-01T00:00", "2027-01-01T00:00")]
    public void follow_a_crontab(string cron, string first, string second)
    {
        var timing = Read(new ScheduleTimes(Cron: cron));

        var next = timing.Next(Noon)!.Value;
        Assert.Equal(Utc(first), next);
        Assert.Equal(Utc(second), timing.Next(next));
    }

    [Fact]
    public void are_those_of_the_zone_s_clock_before_and_after_it_is_put_back()
    {
        var timing = Read(new ScheduleTimes(Cron: "30 8 * * *", Zone: "Europe/Berlin"));

        Assert.Equal(Utc("2026-10-24T06:30"), timing.Next(Utc("2026-10-24T00:00")));
        Assert.Equal(Utc("2026-10-25T07:30"), timing.Next(Utc("2026-10-25T00:00")));
    }

    [Fact]
    public void do_not_come_twice_in_the_hour_that_comes_twice()
    {
        var timing = Read(new ScheduleTimes(Cron: "30 2 * * *", Zone: "Europe/Berlin"));

        var times = Times(timing, Utc("2026-10-24T12:00"), Utc("2026-10-26T12:00"));

        Assert.Equal(2, times.Count);
        Assert.Equal(Utc("2026-10-26T01:30"), times[1]);
    }

    [Fact]
    public void are_not_lost_for_good_in_the_hour_that_does_not_come()
    {
        var timing = Read(new ScheduleTimes(Cron: "30 2 * * *", Zone: "Europe/Berlin"));

        Assert.Contains(Utc("2026-03-30T00:30"), Times(timing, Utc("2026-03-28T12:00"), Utc("2026-03-30T12:00")));
    }

    [Fact]
    public void come_at_an_interval_from_the_beginning_on()
    {
        var timing = Read(new ScheduleTimes(Every: "6h"));

        Assert.Equal(Noon.AddHours(6), timing.Next(Noon));
        Assert.Equal(Noon.AddHours(12), timing.Next(Noon.AddHours(6)));
        Assert.Equal(Noon.AddHours(30), timing.Next(Noon.AddHours(29)));
    }

    [Theory]
    [InlineData("2026-11-22T02:30", null, "2026-11-22T02:30")]
    [InlineData("2026-11-22T02:30", "Europe/Berlin", "2026-11-22T01:30")]
    [InlineData("2026-11-22T02:30Z", "Europe/Berlin", "2026-11-22T02:30")]
    [InlineData("2026-11-22T02:30+05:30", null, "2026-11-21T21:00")]
    public void come_once(string at, string? zone, string expected)
    {
        var timing = Read(new ScheduleTimes(At: at, Zone: zone));

        Assert.Equal(Utc(expected), timing.Next(Noon));
        Assert.Null(timing.Next(Utc(expected)));
    }

    [Theory]
    [InlineData("* * * *", "has 4 fields")]
    [InlineData("0 0 0 * * *", "has 6 fields")]
    [InlineData("61 * * * *", "no time table")]
    [InlineData("0 25 * * *", "no time table")]
    [InlineData("0 0 * * 8", "no day 8")]
    [InlineData("0 0 31 2 *", "never comes")]
    [InlineData("often", "has 1 fields")]
    [InlineData("", "has 0 fields")]
    public void are_refused_with_what_is_wrong_with_a_crontab(string cron, string expected)
    {
        var (timing, mistakes) = ScheduleTiming.Read(new ScheduleTimes(Cron: cron), Noon);

        Assert.Null(timing);
        Assert.Contains(expected, Assert.Single(mistakes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void are_refused_with_every_mistake()
    {
        var (timing, mistakes) = ScheduleTiming.Read(new ScheduleTimes(At: "tomorrow", Every: "1s", Zone: "Mars/Olympus", Missed: "never"), Noon);

        Assert.Null(timing);
        Assert.Equal(["cron", "missed", "zone", "zone", "at"], mistakes.Select(mistake => mistake.Field));
    }

    [Theory]
    [InlineData("2026-11-21T11:00", null, "over already")]
    [InlineData("2027-03-28T02:30", "Europe/Berlin", "put forward")]
    [InlineData("soon", null, "no moment")]
    public void are_refused_when_a_moment_cannot_come(string at, string? zone, string expected)
    {
        var (timing, mistakes) = ScheduleTiming.Read(new ScheduleTimes(At: at, Zone: zone), Noon);

        Assert.Null(timing);
        Assert.Contains(expected, mistakes[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void are_refused_or_read_whatever_is_typed()
    {
        const string Characters = "0123456789*/-,#?LW@ monJANx";
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var i = 0; i < 3000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => Characters[random.Next(Characters.Length)]));
            var (timing, mistakes) = ScheduleTiming.Read(new ScheduleTimes(Cron: text), Noon);
            Assert.True(timing is null != (mistakes.Count == 0), $"'{text}', seed {seed}");
        }
    }

    private static ScheduleTiming Read(ScheduleTimes times)
    {
        var (timing, mistakes) = ScheduleTiming.Read(times, Noon);
        Assert.Empty(mistakes);
        return timing!;
    }

    private static List<DateTimeOffset> Times(ScheduleTiming timing, DateTimeOffset from, DateTimeOffset to)
    {
        var times = new List<DateTimeOffset>();
        for (var next = timing.Next(from); next < to; next = timing.Next(next.Value))
            times.Add(next.Value);
        return times;
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
