using Trigger.Kernel.Persistence;
using Trigger.Kernel.Persistence.Journal;

namespace Trigger.Tests.Kernel;

public sealed class A_replay_filter
{
    private readonly List<string> _warnings = [];

    [Fact]
    public void lets_the_events_of_writers_that_followed_each_other_pass() =>
        Assert.Equal("a1 a2 b3 b4", Replayed(ReplayFilterMode.RepairByDiscardOld, "a1", "a2", "b3", "b4"));

    [Fact]
    public void leaves_out_what_an_old_writer_added_after_a_new_one() =>
        Assert.Equal("a1 b2 b3", Replayed(ReplayFilterMode.RepairByDiscardOld, "a1", "b2", "a3", "b3"));

    [Fact]
    public void leaves_out_what_an_old_writer_had_written_in_place_of_a_new_one() =>
        Assert.Equal("a1 b2 b3", Replayed(ReplayFilterMode.RepairByDiscardOld, "a1", "a2", "a3", "b2", "b3"));

    [Fact]
    public void only_speaks_of_it_when_it_is_to_warn()
    {
        Assert.Equal("a1 b2 a3 b3", Replayed(ReplayFilterMode.Warn, "a1", "b2", "a3", "b3"));
        Assert.Contains("[a]", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void fails_when_it_is_to_fail() =>
        Assert.Throws<InvalidOperationException>(() => Replayed(ReplayFilterMode.Fail, "a1", "b2", "a3"));

    [Fact]
    public void leaves_out_or_speaks_of_a_writer_that_goes_back_on_itself_and_of_what_a_new_one_replaces()
    {
        Assert.Equal("a1 a3", Replayed(ReplayFilterMode.RepairByDiscardOld, "a1", "a3", "a2"));
        Assert.Equal("a1 a3 a2", Replayed(ReplayFilterMode.Warn, "a1", "a3", "a2"));
        Assert.Equal("a1 a2 b2", Replayed(ReplayFilterMode.Warn, "a1", "a2", "b2"));
        Assert.Throws<InvalidOperationException>(() => Replayed(ReplayFilterMode.Fail, "a1", "a2", "b2"));
        Assert.Equal("a1 a1", Replayed(ReplayFilterMode.Fail, "a1", "a1"));
    }

    [Fact]
    public void looks_at_nothing_when_it_is_off() => Assert.Equal("a1 b2 a3", Replayed(ReplayFilterMode.Disabled, "a1", "b2", "a3"));

    [Fact]
    public void keeps_many_more_events_than_its_window_holds_in_order()
    {
        var events = Enumerable.Range(1, 1000).Select(n => $"a{n}").ToArray();

        Assert.Equal(string.Join(' ', events), Replayed(ReplayFilterMode.RepairByDiscardOld, events));
    }

    private string Replayed(ReplayFilterMode mode, params string[] events)
    {
        var accepted = new List<string>();
        var filter = new ReplayFilter(mode, e => accepted.Add((string)e.Payload), _warnings.Add);
        foreach (var e in events)
            filter.Replay(new Persistent(e, long.Parse(e[1..]), "id", writerGuid: e[..1]));
        filter.Flush();
        return string.Join(' ', accepted);
    }
}
