using System.Text.Json;
using Trigger.Devices.Inventory;
using Trigger.Devices.Windows;
using Trigger.Node;
using Trigger.Node.Api;
using Trigger.Node.Scheduling;
using Trigger.Node.Security;
using Trigger.Storage;
using Trigger.Tests.Devices;
using Trigger.Tests.Kernel;
using Trigger.Tests.Storage;

namespace Trigger.Tests.Node;

public sealed class A_schedule : IDisposable
{
    private static readonly Caller Alice = new("alice", Role.Operator, "test");

    private readonly FakeClock clock = new();
    private readonly SqliteRig rig = new();
    private readonly TemporaryFolder folder = new();
    private readonly Database database;
    private readonly List<string> asked = [];
    private readonly Schedules schedules;
    private string inventory = "r1,cisco\n";

    public A_schedule()
    {
        database = rig.Open(clock);
        schedules = new Schedules(new Schedules.Grounds(Drafting, Accept, new Audit(database, clock), clock), database);
    }

    public void Dispose()
    {
        database.Dispose();
        rig.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task asks_for_its_run_when_it_is_due_and_not_before()
    {
        await Add(new ScheduleTimes(Every: "1h"));

        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromSeconds(1));
        Assert.Equal(clock.GetUtcNow().AddSeconds(1), await schedules.RunDue());
        Assert.Empty(asked);
        clock.Advance(TimeSpan.FromSeconds(1));
        await schedules.RunDue();
        await schedules.RunDue();

        Assert.Single(asked);
        var record = Assert.Single(schedules.All());
        Assert.Equal((clock.GetUtcNow(), asked[0], clock.GetUtcNow().AddHours(1)), (record.LastDue!.Value, record.LastRun, record.Next!.Value));
    }

    [Fact]
    public async Task asks_under_a_key_of_its_own_time_so_that_two_who_find_it_due_ask_for_the_same()
    {
        await Add(new ScheduleTimes(Every: "1h"));
        clock.Advance(TimeSpan.FromHours(1));
        await schedules.RunDue();
        // As a node would leave it that died between asking and noting.
        rig.Ask($"update schedule set next_at = last_due");
        await schedules.RunDue();

        Assert.Equal(2, asked.Count);
        Assert.Equal(asked[0], asked[1]);
        clock.Advance(TimeSpan.FromHours(1));
        await schedules.RunDue();
        Assert.NotEqual(asked[1], asked[2]);
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("once", 1)]
    [InlineData("skip", 0)]
    public async Task makes_missed_times_good_once_or_not_at_all(string? missed, int runs)
    {
        await Add(new ScheduleTimes(Every: "1h", Missed: missed));
        clock.Advance(TimeSpan.FromHours(5.5));

        await schedules.RunDue();
        await schedules.RunDue();

        Assert.Equal(runs, asked.Count);
        var record = Assert.Single(schedules.All());
        Assert.Equal(clock.GetUtcNow().AddHours(0.5), record.Next);
        Assert.Equal(runs == 0, record.Trouble is not null);
    }

    [Fact]
    public async Task is_on_time_within_a_minute_also_when_missed_times_are_skipped()
    {
        await Add(new ScheduleTimes(Every: "1h", Missed: "skip"));
        clock.Advance(TimeSpan.FromHours(1) + TimeSpan.FromMinutes(1));

        await schedules.RunDue();

        Assert.Single(asked);
    }

    [Fact]
    public async Task is_over_after_its_only_time()
    {
        await Add(new ScheduleTimes(At: "2026-01-01T01:00"));
        clock.Advance(TimeSpan.FromHours(2));

        await schedules.RunDue();

        Assert.Single(asked);
        Assert.Null(Assert.Single(schedules.All()).Next);
        Assert.Null(await schedules.RunDue());
    }

    [Fact]
    public async Task says_why_it_began_nothing_and_goes_on_with_its_next_time()
    {
        await Add(new ScheduleTimes(Every: "1h"));
        inventory = "other,cisco\n";
        clock.Advance(TimeSpan.FromHours(1));

        await schedules.RunDue();

        Assert.Empty(asked);
        var record = Assert.Single(schedules.All());
        Assert.Contains("r1", record.Trouble, StringComparison.Ordinal);
        Assert.Equal(clock.GetUtcNow().AddHours(1), record.Next);
        Assert.Contains(new Audit(database, clock).Newest(10), line => line.What == "schedule-missed");
    }

    [Fact]
    public async Task rests_while_it_is_paused_and_does_not_make_that_good()
    {
        await Add(new ScheduleTimes(Every: "1h"));
        Assert.True(await schedules.Pause("nightly", paused: true, Alice));
        clock.Advance(TimeSpan.FromHours(3.5));
        await schedules.RunDue();
        Assert.Null(Assert.Single(schedules.All()).Next);

        Assert.True(await schedules.Pause("nightly", paused: false, Alice));
        await schedules.RunDue();
        Assert.Empty(asked);
        clock.Advance(TimeSpan.FromHours(0.5));
        await schedules.RunDue();

        Assert.Single(asked);
        Assert.False(await schedules.Pause("nobody", paused: true, Alice));
    }

    [Fact]
    public async Task is_refused_with_every_mistake_in_it_and_when_its_name_is_taken()
    {
        var refused = await Assert.ThrowsAsync<OrderRefusedException>(() => schedules.Add(
            new ScheduleOrder("a b", new ScheduleTimes(Cron: "often"), new RunOrder { On = "r9", Commands = [JsonSerializer.SerializeToElement("show version")], DryRun = true }), Alice));
        Assert.Equal(["name", "when.cron", "run.dryRun", "run.on"], refused.Mistakes.Select(mistake => mistake.Field));

        await Add(new ScheduleTimes(Every: "1h"));
        Assert.Equal("name", (await Assert.ThrowsAsync<OrderRefusedException>(() => Add(new ScheduleTimes(Every: "2h")))).Mistakes[0].Field);
        Assert.True(await schedules.Remove("nightly", Alice));
        await Add(new ScheduleTimes(Every: "2h"));
    }

    private Task<ScheduleRecord> Add(ScheduleTimes when) =>
        schedules.Add(new ScheduleOrder("nightly", when, new RunOrder { On = "r1", Commands = [JsonSerializer.SerializeToElement("show version")] }), Alice);

    // The same key is the same run.
    private Task<(string Run, bool IsNew)> Accept(RunDraft draft, string? key, Caller by)
    {
        Assert.Equal(("alice", "schedule nightly"), (by.Name, by.Origin));
        asked.Add($"run of {key}");
        return Task.FromResult((asked[^1], true));
    }

    private RunDrafting Drafting() => new(
        NetDevices.Load([folder.Write("netdevices.csv", inventory)], Platforms.BuiltIn).Devices, Platforms.BuiltIn, new SelectionContext(), ["netdevices.csv"], BounceWindows.Default, clock);
}
