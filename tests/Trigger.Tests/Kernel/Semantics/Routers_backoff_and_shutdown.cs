using Trigger.Kernel;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Pattern;
using Trigger.Kernel.Routing;

namespace Trigger.Tests.Kernel.Semantics;

public sealed class Routers_backoff_and_shutdown : SemanticsSpec
{
    [Fact]
    public void A_pool_gets_a_broadcast_and_ends_with_its_pill() => Gives(
        "r.ctor ; r.PreStart ; r.ctor ; r.PreStart ; |bc ; r:m ; r:m ; r.PostStop ; r.PostStop",
        (sim, trace) =>
        {
            var router = sim.System.ActorOf(Props.Create(() => new Living(trace, "r")).WithRouter(new RoundRobinPool(2)), "pool");
            sim.Settle();
            trace.Add("|bc");
            Tell(sim, router, new Broadcast("m"));
            Tell(sim, router, PoisonPill.Instance);
        });

    [Fact]
    public void A_child_under_backoff_is_made_anew_and_not_restarted() => Gives(
        "c.ctor ; c.PreStart ; c.PostStop ; c.ctor ; c.PreStart",
        (sim, trace) =>
        {
            var props = Props.Create(() => new Living(trace, "c"));
            var supervisor = sim.System.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(props, "c", Ms(100), Ms(400), 0, 5)), "backoff");
            sim.Settle();
            Tell(sim, supervisor, "fail");
            sim.Run(Ms(300));
        });

    [Fact]
    public async Task Shutdown_tasks_run_phase_by_phase_and_then_the_system_ends()
    {
        var trace = new Trace();
        var system = ActorSystem.Create("shutdown");
        var shutdown = CoordinatedShutdown.Get(system);
        foreach (var (phase, name) in new[]
                 {
                     (CoordinatedShutdown.PhaseServiceUnbind, "unbind"),
                     (CoordinatedShutdown.PhaseBeforeServiceUnbind, "before"),
                     (CoordinatedShutdown.PhaseBeforeActorSystemTerminate, "before termination"),
                 })
        {
            shutdown.AddTask(phase, name, () =>
            {
                trace.Add(name);
                return Task.FromResult(Done.Instance);
            });
        }

        await shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal("before ; unbind ; before termination", trace.ToString());
        Assert.True(system.WhenTerminated.IsCompleted);
    }
}
