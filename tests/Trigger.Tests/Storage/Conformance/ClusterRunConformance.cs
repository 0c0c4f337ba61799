using System.Text;
using Trigger.Storage;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>Runs that a cluster has accepted.</summary>
public abstract class ClusterRunConformance(StorageRig rig) : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 5, 0, 0, TimeSpan.Zero);

    protected StorageRig Rig { get; } = rig;

    public void Dispose()
    {
        Rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task are_accepted_once_under_one_key_however_often_somebody_asks_at_once()
    {
        using var database = Rig.Open();
        var runs = new ClusterRuns(database);
        var accepted = await Task.WhenAll(Enumerable.Range(1, 8).Select(number => runs.Accept($"run{number}", "key", "the same", Events)));

        var run = Assert.Single(accepted.Distinct()).Run;
        Assert.Equal([run], await runs.Open());
        Assert.Equal(2L, await database.Events.Highest($"stream-{run}"));
    }

    [Fact]
    public async Task are_finished_by_whoever_asks_again_when_the_first_one_died_half_way()
    {
        using var database = Rig.Open();
        var runs = new ClusterRuns(database);
        await Assert.ThrowsAsync<InvalidOperationException>(() => runs.Accept("run1", "key", "the same", _ => throw new InvalidOperationException("died")));
        Assert.Empty(await runs.Open());
        Assert.Empty(await runs.WithWords());

        var again = await runs.Accept("run2", "key", "the same", Events);

        Assert.Equal("run1", again.Run);
        Assert.Equal(["run1"], await runs.Open());
    }

    [Fact]
    public async Task say_what_was_asked_before_under_the_same_key()
    {
        using var database = Rig.Open();
        var runs = new ClusterRuns(database);
        await runs.Accept("run1", "key", "this", Events);

        Assert.Equal(("run1", "this"), await runs.Accept("run2", "key", "that", Events));
        Assert.Equal(["run1"], await runs.Open());
    }

    [Fact]
    public async Task are_others_without_a_key()
    {
        using var database = Rig.Open();
        var runs = new ClusterRuns(database);
        await runs.Accept("run1", null, "this", Events);
        await runs.Accept("run2", null, "this", Events);

        Assert.Equal(["run1", "run2"], (await runs.Open()).Order());
    }

    [Fact]
    public async Task are_taken_up_until_they_have_finished()
    {
        using var database = Rig.Open();
        var runs = new ClusterRuns(database);
        await runs.Accept("run1", null, "this", Events);
        new RunStore(database).Ask("run1", "pause", "bob");
        await runs.CloseFinished("run1");
        Assert.Equal(["run1"], await runs.Open());
        Assert.Equal(["run1"], await runs.WithWords());

        Rig.Ask("update run set finished_at = 'now' where id = 'run1'");
        await runs.CloseFinished("run1");

        Assert.Empty(await runs.Open());
    }

    [Fact]
    public async Task are_those_that_somebody_has_left_word_for()
    {
        using var database = Rig.Open();
        new RunStore(database).Ask("run7", "pause", "bob");

        Assert.Equal(["run7"], await new ClusterRuns(database).WithWords());
    }

    private static (string Stream, IReadOnlyList<StoredEvent> Events) Events(string run) => ($"stream-{run}",
    [
        new StoredEvent("accepted", Encoding.UTF8.GetBytes("{}"), null, new RunChange(run) { New = new RunHeader(Now, "alice", "all", ["show clock"], ["devices.csv"]), State = "running" }),
        new StoredEvent("chosen", Encoding.UTF8.GetBytes("{}"), null, new RunChange(run) { Devices = 3, Steps = 3 }),
    ]);
}
