using Trigger.Storage;
using Trigger.Tests.Storage.Conformance;

namespace Trigger.Tests.Storage;

public sealed class A_hold_in_a_directory() : HoldConformance(new SqliteRig())
{
    private string Running => Directory.CreateDirectory(Path.Combine(Rig.Address, "running")).FullName;

    [Fact]
    public void of_a_dead_process_is_a_file_that_nobody_holds_and_may_be_taken()
    {
        // What "kill -9" leaves: the file, and no lock on it.
        File.WriteAllText(Path.Combine(Running, "run-1"), "");

        Assert.False(FileHold.IsHeld(Rig.Address, "run-1"));
        using var mine = FileHold.TryTake(Rig.Address, "run-1");
        Assert.NotNull(mine);
        Assert.True(FileHold.IsHeld(Rig.Address, "run-1"));
    }

    [Fact]
    public void is_not_held_by_somebody_who_reads_its_file()
    {
        var file = Path.Combine(Running, "run-1");
        File.WriteAllText(file, "");
        using var looking = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);

        Assert.False(FileHold.IsHeld(Rig.Address, "run-1"));
    }
}
