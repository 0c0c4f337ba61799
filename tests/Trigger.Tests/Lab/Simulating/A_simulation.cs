using Trigger.Kernel.Actor;
using Trigger.Lab.Simulating;

namespace Trigger.Tests.Lab.Simulating;

public sealed class A_simulation
{
    [Fact]
    public void of_the_same_seed_runs_in_the_same_way_and_of_another_in_another()
    {
        Assert.Equal(Simulation.Replay(7, Chatter), Simulation.Replay(7, Chatter));
        Assert.NotEqual(Simulation.Replay(7, Chatter), Simulation.Replay(8, Chatter));
    }

    [Fact]
    public void finds_the_order_that_breaks_a_protocol_and_names_its_seed()
    {
        // Two writers race for the last word. Most orders are fine; the one that is not must be found, told and replayed.
        static void LastWord(Simulation sim)
        {
            var probe = sim.Probe();
            foreach (var word in new[] { "a", "b", "c" })
                sim.System.ActorOf(Props.Create(() => new Relay(probe.Ref))).Tell(word);
            sim.Settle();
            Assert.NotEqual("c b a", string.Join(' ', probe.Messages));
        }

        var failure = Assert.Throws<SimulationFailedException>(() => Simulation.Explore(1000, LastWord));

        Assert.Contains($"Seed {failure.Seed} failed after", failure.Message, StringComparison.Ordinal);
        Assert.Contains("akka://simulation/user/", failure.Message, StringComparison.Ordinal);
        Assert.Equal(failure.Message, Assert.Throws<SimulationFailedException>(() => Simulation.Replay(failure.Seed, LastWord)).Message);
    }

    [Fact]
    public void lets_time_overtake_an_actor_that_has_work_waiting()
    {
        var overtaken = 0;
        Simulation.Explore(200, sim =>
        {
            var probe = sim.Probe();
            sim.System.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(1), probe.Ref, "timer", ActorRefs.NoSender);
            sim.System.ActorOf(Props.Create(() => new Relay(probe.Ref))).Tell("message");
            sim.Run(TimeSpan.FromSeconds(1), unhurried: 0.3);
            overtaken += probe.Messages is ["timer", "message"] ? 1 : 0;
        });
        Assert.InRange(overtaken, 1, 199);
    }

    [Fact]
    public void says_when_a_run_was_not_its_own()
    {
        var failure = Assert.Throws<SimulationFailedException>(() => Simulation.Explore(1, sim =>
        {
            var probe = sim.Probe();
            sim.Settle();
            var stranger = new Thread(() => probe.Ref.Tell("from outside", ActorRefs.NoSender));
            stranger.Start();
            stranger.Join();
        }));
        Assert.Contains("work came from another thread", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void says_when_an_awaited_task_cannot_end()
    {
        var failure = Assert.Throws<SimulationFailedException>(() => Simulation.Explore(1, sim => sim.Await(new TaskCompletionSource<int>().Task)));
        Assert.Contains("Nobody has anything to do", failure.Message, StringComparison.Ordinal);
    }

    private static void Chatter(Simulation sim)
    {
        var probe = sim.Probe();
        for (var i = 0; i < 10; i++)
            sim.System.ActorOf(Props.Create(() => new Relay(probe.Ref))).Tell(i);
        sim.Settle();
        Assert.Equal(Enumerable.Range(0, 10), probe.Messages.Cast<int>().Order());
    }

    private sealed class Relay(IActorRef target) : UntypedActor
    {
        protected override void OnReceive(object message) => target.Tell(message);
    }
}
