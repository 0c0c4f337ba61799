using Trigger.Storage;

namespace Trigger.Tests.Storage.Conformance;

/// <summary>How what a living process does is told from what a dead one left behind.</summary>
public abstract class HoldConformance : IDisposable
{
    private readonly Database here;
    private readonly Database elsewhere;

    protected HoldConformance(StorageRig rig)
    {
        Rig = rig;
        here = rig.Open();
        elsewhere = rig.Open();
    }

    protected StorageRig Rig { get; }

    public void Dispose()
    {
        here.Dispose();
        elsewhere.Dispose();
        Rig.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void is_nobody_s_before_anybody_took_it() => Assert.Empty(elsewhere.Held(["run-1", "run-2"]));

    [Fact]
    public void belongs_to_one_only_and_is_seen_by_all()
    {
        using var mine = here.TryHold("run-1");

        Assert.NotNull(mine);
        Assert.Null(here.TryHold("run-1"));
        Assert.Null(elsewhere.TryHold("run-1"));
        Assert.Equal(["run-1"], elsewhere.Held(["run-1", "run-2"]));
        Assert.Equal(["run-1"], here.Held(["run-2", "run-1"]));
        using var theirs = elsewhere.TryHold("run-2");
        Assert.NotNull(theirs);
        Assert.Equal(["run-1", "run-2"], here.Held(["run-1", "run-2", "run-3"]).Order());
    }

    [Fact]
    public void is_free_again_when_its_holder_lets_go()
    {
        var mine = here.TryHold("run-1")!;
        using var other = here.TryHold("run-2");
        mine.Dispose();
        mine.Dispose();

        Assert.Equal(["run-2"], elsewhere.Held(["run-1", "run-2"]));
        using var next = elsewhere.TryHold("run-1");
        Assert.NotNull(next);
    }

    [Fact]
    public void is_not_held_by_somebody_who_only_looks()
    {
        here.TryHold("run-1")!.Dispose();
        Assert.Empty(elsewhere.Held(["run-1"]));
        Assert.Empty(here.Held(["run-1"]));
    }
}
