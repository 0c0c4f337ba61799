using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence.Journal;

namespace Trigger.Tests.Kernel;

public sealed class A_persistent_actor : KernelSpec
{
    private readonly MemoryEvents _events;

    public A_persistent_actor()
        : this(new MemoryEvents())
    {
    }

    private A_persistent_actor(MemoryEvents events)
        : base(JournalSetup.InMemory(events)) => _events = events;

    [Fact]
    public async Task handles_its_events_before_the_next_command()
    {
        Tell("two", "entries");

        await Probe.Expect("recovered 0", "end of command", "e1@1", "e2@2", "entries e1,e2");
    }

    [Fact]
    public async Task runs_nested_handlers_after_the_outer_ones()
    {
        Tell("nested", "entries");

        await Probe.Expect("recovered 0", "o1@1", "o2@2", "i1@3", "i2@4", "entries o1,o2,i1,i2");
    }

    [Fact]
    public async Task keeps_the_order_of_all_kinds_of_persisting()
    {
        Tell("mixed", "entries");

        await Probe.Expect("recovered 0", "p1@1", "a1@2", "d1@2", "p2@3", "entries p1,a1,d1,p2");
    }

    [Theory]
    [InlineData("all and done", "x@1", "y@2", "done", "entries x,y")]
    [InlineData("all later and done later", "x@1", "y@2", "done", "entries x,y")]
    [InlineData("nothing and done", "done", "entries ")]
    public async Task says_when_all_events_of_a_batch_are_handled(string command, params string[] expected)
    {
        var ledger = Tell(command);
        await Probe.Expect(["recovered 0", .. expected[..^1]]);
        ledger.Tell("entries");

        await Probe.Expect(expected[^1]);
    }

    [Fact]
    public async Task defers_at_once_when_nothing_is_pending()
    {
        Tell("defer");

        await Probe.Expect("recovered 0", "now@0", "end of command");
    }

    [Fact]
    public async Task waits_for_an_asynchronous_handler()
    {
        Tell("later", "entries");

        await Probe.Expect("recovered 0", "slow@1", "entries slow");
    }

    [Fact]
    public async Task recovers_after_a_restart()
    {
        Tell("all", "boom", "entries");

        await Probe.Expect(
            "recovered 0", "x@1", "y@2", "z@3", "restart after boom", "stopped",
            "recover x", "recover y", "recover z", "recovered 3", "entries x,y,z");
    }

    [Fact]
    public async Task replays_an_event_whose_handler_failed()
    {
        Tell("handler boom", "entries");

        await Probe.Expect("recovered 0", "restart after event hb", "stopped", "recover hb", "recovered 1", "entries hb");
    }

    [Fact]
    public async Task stops_when_it_cannot_recover()
    {
        var first = Tell("poison");
        await Probe.Expect("recovered 0", "poison@1");
        await first.GracefulStop(Second).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Probe.Expect("stopped");
        Tell("entries");

        await Probe.Expect("recover poison", "recovery failed poison", "stopped");
    }

    [Fact]
    public async Task stops_at_a_poison_pill_before_handlers_still_outstanding()
    {
        var actor = Tell("two", "one more");
        await Probe.Expect("recovered 0", "end of command");
        actor.Tell(PoisonPill.Instance);

        // Whether the journal or the pill comes first is a race; that nothing of the actor happens after its end is not.
        var seen = new List<object>();
        while (seen.LastOrDefault() is not "stopped")
            seen.Add(await Probe.Next());
        Assert.Equal(seen, new object[] { "e1@1", "e2@2", "one more@3" }.Take(seen.Count - 1).Append("stopped"));
    }

    [Fact]
    public async Task finds_its_events_in_the_next_system()
    {
        Tell("all");
        await Probe.Expect("recovered 0", "x@1", "y@2", "z@3");
        await System.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);

        await using var next = new A_persistent_actor(_events);
        next.Tell("entries");

        await next.Probe.Expect("recover x", "recover y", "recover z", "recovered 3", "entries x,y,z");
    }

    [Fact]
    public async Task uses_no_number_twice_after_deletion()
    {
        var first = Tell("all");
        await Probe.Expect("recovered 0", "x@1", "y@2", "z@3");
        await first.GracefulStop(Second).WaitAsync(Patience, TestContext.Current.CancellationToken);
        await Probe.Expect("stopped");
        _events.DeleteTo("ledger", 3);
        Tell("next");

        await Probe.Expect("recovered 3", "next@4");
    }

    private IActorRef Tell(params string[] commands)
    {
        var actor = System.ActorOf(Props.Create(() => new Ledger("ledger", Probe.Ref)));
        foreach (var command in commands)
            actor.Tell(command);
        return actor;
    }
}
