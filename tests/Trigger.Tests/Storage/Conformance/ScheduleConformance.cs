using Trigger.Storage;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>Orders for runs at certain times.</summary>
public abstract class ScheduleConformance : IDisposable
{
    private static readonly DateTimeOffset Made = new(2026, 11, 21, 12, 0, 0, 250, TimeSpan.Zero);

    private readonly StorageRig rig;
    private readonly Database database;
    private readonly ScheduleTable table;

    protected ScheduleConformance(StorageRig rig)
    {
        this.rig = rig;
        database = rig.Open();
        table = new ScheduleTable(database);
    }

    public void Dispose()
    {
        database.Dispose();
        rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void come_back_as_they_were_put()
    {
        table.Add(Row("b", Made.AddHours(1)));
        table.Add(Row("a", null) with { Paused = true });

        Assert.Equal([Row("a", null) with { Paused = true }, Row("b", Made.AddHours(1))], table.All());
        Assert.Throws<ConflictException>(() => table.Add(Row("a", null)));
    }

    [Fact]
    public async Task come_soonest_first_when_they_are_not_paused_and_have_a_time()
    {
        table.Add(Row("late", Made.AddHours(2)));
        table.Add(Row("soon", Made.AddHours(1)));
        table.Add(Row("over", null));
        table.Add(Row("paused", Made) with { Paused = true });

        Assert.Equal(["soon", "late"], (await table.Soonest(10)).Select(row => row.Name));
        Assert.Equal(["soon"], (await table.Soonest(1)).Select(row => row.Name));
    }

    [Fact]
    public void are_moved_on_by_one_of_those_who_saw_the_same_time()
    {
        var (due, next) = (Made.AddHours(1), Made.AddHours(2));
        table.Add(Row("a", due));

        Assert.True(table.Advance("a", due, next, "run-1", null));
        Assert.False(table.Advance("a", due, next, "run-2", null));

        Assert.Equal([Row("a", next) with { LastDue = due, LastRun = "run-1" }], table.All());
        Assert.True(table.Advance("a", next, null, null, "No device is meant."));
        Assert.Equal([Row("a", null) with { LastDue = next, Trouble = "No device is meant." }], table.All());
    }

    [Fact]
    public void are_paused_resumed_and_removed()
    {
        table.Add(Row("a", Made));

        Assert.True(table.Pause("a", paused: true, Made));
        Assert.Equal((true, Made), table.All().Select(row => (row.Paused, row.Next)).Single());
        Assert.True(table.Pause("a", paused: false, Made.AddDays(1)));
        Assert.Equal((false, Made.AddDays(1)), table.All().Select(row => (row.Paused, row.Next)).Single());
        Assert.True(table.Remove("a"));
        Assert.False(table.Remove("a"));
        Assert.False(table.Pause("a", paused: true, null));
    }

    private static ScheduleRow Row(string name, DateTimeOffset? next) => new(name, """{"every":"1h"}""", """{"on":"all"}""", "alice", Made, Paused: false, next);
}
