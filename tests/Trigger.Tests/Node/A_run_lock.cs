using Trigger.Jobs;
using Trigger.Node;
using Trigger.Tests.Devices;

namespace Trigger.Tests.Node;

public sealed class A_run_lock : IDisposable
{
    private static readonly RunId Id = new("20260101-0000-abcd");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void is_free_before_anybody_took_it() => Assert.False(RunLock.IsHeld(folder.Path, Id));

    [Fact]
    public void is_held_by_one_at_a_time()
    {
        using var mine = RunLock.TryTake(folder.Path, Id);

        Assert.NotNull(mine);
        Assert.True(RunLock.IsHeld(folder.Path, Id));
        Assert.Null(RunLock.TryTake(folder.Path, Id));
        Assert.False(RunLock.IsHeld(folder.Path, new RunId("another")));
    }

    [Fact]
    public void is_free_again_when_its_holder_lets_go()
    {
        RunLock.TryTake(folder.Path, Id)!.Dispose();

        Assert.False(RunLock.IsHeld(folder.Path, Id));
        using var next = RunLock.TryTake(folder.Path, Id);
        Assert.NotNull(next);
    }

    [Fact]
    public void of_a_dead_process_is_a_file_that_nobody_holds_and_may_be_taken()
    {
        // What "kill -9" leaves: the file, and no lock on it.
        Directory.CreateDirectory(Path.Combine(folder.Path, "running"));
        folder.Write($"running/{Id}", "");

        Assert.False(RunLock.IsHeld(folder.Path, Id));
        using var mine = RunLock.TryTake(folder.Path, Id);
        Assert.NotNull(mine);
        Assert.True(RunLock.IsHeld(folder.Path, Id));
    }

    [Fact]
    public void is_not_held_by_somebody_who_only_looks()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "running"));
        var file = folder.Write($"running/{Id}", "");
        using var looking = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);

        Assert.False(RunLock.IsHeld(folder.Path, Id));
    }
}
