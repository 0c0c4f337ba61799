using System.Globalization;
using Trigger.Devices.Inventory;
using Trigger.Devices.Windows;

namespace Trigger.Tests.Devices;

public sealed class A_bounce_window
{
    [Theory]
    [InlineData("5-7", "8-11", "2006-01-03T00:00Z", BounceStatus.Red)]
    [InlineData("2-4", "5-7", "2013-06-04T07:00Z", BounceStatus.Green)] // Midnight in San Francisco, three in New York.
    [InlineData("5-7", "8-11", "2026-11-20T16:59Z", BounceStatus.Yellow)] // Friday before noon …
    [InlineData("5-7", "8-11", "2026-11-20T17:00Z", BounceStatus.Red)] // … and from noon on.
    [InlineData("5-7", "0-4", "2026-11-23T08:59Z", BounceStatus.Red)] // Monday before four …
    [InlineData("5-7", "0-4", "2026-11-23T09:00Z", BounceStatus.Yellow)] // … and from four on.
    public void has_a_colour_at_a_moment(string green, string yellow, string when, BounceStatus status) =>
        Assert.Equal(status, new BounceWindow(green, yellow, null).Status(At(when)));

    [Theory]
    [InlineData("2-4", "5-7", BounceStatus.Yellow, "2013-01-03T22:15Z", "2013-01-04T07:00Z")]
    [InlineData("2-4", "5-7", BounceStatus.Red, "2013-01-03T22:15Z", "2013-01-03T22:15Z")]
    [InlineData("5-7", "8-11", BounceStatus.Green, "2006-01-06T20:00Z", "2006-01-09T10:00Z")]
    [InlineData("5-7", "8-11", BounceStatus.Green, "2026-11-21T15:00Z", "2026-11-23T10:00Z")]
    [InlineData("5-7", "8-11", BounceStatus.Green, "2026-11-20T16:59Z", "2026-11-23T10:00Z")]
    [InlineData("5-7", "8-11", BounceStatus.Green, "2006-07-24T20:00+00:00", "2006-07-25T09:00Z")]
    public void tells_when_it_is_next_all_right(string green, string yellow, BounceStatus status, string when, string next) =>
        Assert.Equal(At(next), new BounceWindow(green, yellow, null).NextOk(status, At(when)));

    [Fact]
    public void allows_what_is_green()
    {
        Assert.False(BounceWindows.Usual.Allowable(At("2006-07-24T20:00Z")));
        Assert.True(BounceWindows.Usual.Allowable(At("2006-07-25T09:00Z")));
        Assert.True(BounceStatus.Green < BounceStatus.Yellow && BounceStatus.Yellow < BounceStatus.Red);
    }

    [Theory]
    [InlineData("5-7", "8-25", null, "'8-25' is no hour")]
    [InlineData("5-7", "9-8", null, "'9-8' runs backwards")]
    [InlineData("5-6-7", "8", null, "'5-6-7' is no range")]
    [InlineData("x", "8", null, "'x' is no hour")]
    [InlineData("5-7", null, null, "yellow risk-level must be defined!")]
    [InlineData("5-7", "8", "5-7", "green risk-level must be defined!")]
    public void refuses_hours_that_make_no_window(string? green, string? yellow, string? red, string problem) =>
        Assert.Contains(problem, Assert.Throws<InvalidBounceWindowException>(() => new BounceWindow(green, yellow, red)).Message, StringComparison.Ordinal);

    [Fact]
    public void lets_red_beat_yellow_and_yellow_green() =>
        Assert.Equal(
            "BounceWindow(green='0-3, 5, 23', yellow='4, 6-9, 11-22', red='10', default='yellow', zone='America/New_York')",
            new BounceWindow(" 0-5, 23 ", "4, 10", "10", BounceStatus.Yellow).ToString());

    // Zones with an hour's, half an hour's and three quarters' offset, with clocks that jump by an hour, by half an hour, and not at all.
    [Theory]
    [InlineData("America/New_York")]
    [InlineData("Europe/Amsterdam")]
    [InlineData("Australia/Lord_Howe")]
    [InlineData("Asia/Kathmandu")]
    [InlineData("America/St_Johns")]
    [InlineData("Africa/Casablanca")]
    public void has_one_colour_each_minute_of_a_year_and_the_next_good_moment_is_the_first(string zone)
    {
        var window = new BounceWindow("2, 5-7", "0-1, 8-11", null, zone: TimeZoneInfo.FindSystemTimeZoneById(zone));
        var start = At("2026-01-01T00:00Z");
        DateTimeOffset? nextGreen = null, nextYellow = null;

        // Backwards, so that the first good moment after each minute is known from what was seen.
        for (var minute = 366 * 24 * 60; minute >= 0; minute--)
        {
            var when = start + TimeSpan.FromMinutes(minute);
            var status = window.Status(when);
            nextGreen = status == BounceStatus.Green ? when : nextGreen;
            nextYellow = status <= BounceStatus.Yellow ? when : nextYellow;

            // Any minute of the year, but not each: a prime number apart.
            if (minute % 97 != 0 || nextGreen is null || nextYellow is null)
                continue;
            Assert.Equal(nextGreen, window.NextOk(BounceStatus.Green, when));
            Assert.Equal(nextYellow, window.NextOk(BounceStatus.Yellow, when));
            Assert.Equal(when, window.NextOk(BounceStatus.Red, when));
        }
    }

    [Fact]
    public void is_found_for_a_device_by_rules_and_sites()
    {
        using var folder = new TemporaryFolder();
        var devices = NetDevices.Load([folder.Write("devices.csv", "nodeName,manufacturer,site,owningTeam\ncore1,cisco,AMS,Backbone\ncore2,cisco,NYC,Backbone\ncore1-oob,cisco,AMS,Data Center\n")], Platforms.BuiltIn).Devices;
        var file = folder.Write("windows.conf", """
            windows {
              zones { AMS = Europe/Amsterdam }
              named {
                normal { green = "5-7", yellow = "0-4, 8-15" }
                oob { zone = UTC, weekend = false, green = "0-8", yellow = "9-17", red = "18-23" }
              }
              rules = [ { devices = "name=*oob*", window = oob } ]
              otherwise = normal
            }
            """);
        var mistakes = new List<string>();

        var windows = BounceWindows.ReadFile(file, devices, mistakes)!;

        Assert.Empty(mistakes);
        Assert.Equal("Europe/Amsterdam", windows.Of(devices["core1"]).Zone.Id);
        Assert.Equal("America/New_York", windows.Of(devices["core2"]).Zone.Id);
        Assert.Equal(("UTC", false), (windows.Of(devices["core1-oob"]).Zone.Id, windows.Of(devices["core1-oob"]).Weekend));
        Assert.True(windows.Of(devices["core1"]).Allowable(At("2026-11-24T05:00Z")));
        Assert.False(windows.Of(devices["core2"]).Allowable(At("2026-11-24T05:00Z")));
    }

    [Fact]
    public void that_is_written_wrongly_is_explained_all_at_once()
    {
        using var folder = new TemporaryFolder();
        var devices = NetDevices.Load([folder.Write("devices.csv", "core1,cisco\n")], Platforms.BuiltIn).Devices;
        var file = folder.Write("windows.conf", """
            windows {
              zons { AMS = Europe/Amsterdam }
              zones { AMS = Europe/Amsterdamm }
              named { normal { green = "5-27", yellow = "8" } }
              otherwise = normall
            }
            """);
        var mistakes = new List<string>();

        Assert.Null(BounceWindows.ReadFile(file, devices, mistakes));

        Assert.Contains(mistakes, mistake => mistake.StartsWith(file + ":2:", StringComparison.Ordinal) && mistake.Contains("there is no key 'zons' here; did you mean zone", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.StartsWith(file + ":3:", StringComparison.Ordinal) && mistake.Contains("there is no time zone 'Europe/Amsterdamm'", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.StartsWith(file + ":4:", StringComparison.Ordinal) && mistake.Contains("'5-27' is no hour", StringComparison.Ordinal));
        Assert.Contains(mistakes, mistake => mistake.StartsWith(file + ":5:", StringComparison.Ordinal) && mistake.Contains("there is no window 'normall'; did you mean normal?", StringComparison.Ordinal));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
