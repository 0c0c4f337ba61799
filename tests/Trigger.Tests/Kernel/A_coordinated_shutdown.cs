using System.Collections.Concurrent;
using Trigger.Kernel;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Configuration;

namespace Trigger.Tests.Kernel;

public sealed class A_coordinated_shutdown
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentQueue<string> _done = new();

    [Fact]
    public async Task runs_its_phases_in_their_order_and_ends_the_system()
    {
        var system = ActorSystem.Create("phases");
        var shutdown = CoordinatedShutdown.Get(system);
        foreach (var phase in new[] { "cluster-leave", "before-actor-system-terminate", "before-service-unbind", "service-stop", "service-unbind" })
            Note(shutdown, phase);
        await Wait(shutdown.Run(CoordinatedShutdown.ClusterLeavingReason.Instance));

        Assert.Equal(["before-service-unbind", "service-unbind", "service-stop", "cluster-leave", "before-actor-system-terminate"], _done);
        Assert.Same(CoordinatedShutdown.ClusterLeavingReason.Instance, shutdown.ShutdownReason);
        Assert.True(system.WhenTerminated.IsCompleted);
    }

    [Fact]
    public async Task is_run_by_the_end_of_the_system()
    {
        var system = ActorSystem.Create("ends");
        Note(CoordinatedShutdown.Get(system), "service-stop");
        await Wait(system.Terminate());

        Assert.Equal(["service-stop"], _done);
    }

    [Fact]
    public async Task runs_once_however_often_it_is_asked()
    {
        var system = ActorSystem.Create("once");
        var shutdown = CoordinatedShutdown.Get(system);
        Note(shutdown, "service-stop");
        await Wait(Task.WhenAll(shutdown.Run(CoordinatedShutdown.UnknownReason.Instance), shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance)));

        Assert.Single(_done);
        Assert.Same(CoordinatedShutdown.UnknownReason.Instance, shutdown.ShutdownReason);
    }

    [Fact]
    public async Task begins_where_it_is_told_to()
    {
        var system = ActorSystem.Create("from");
        var shutdown = CoordinatedShutdown.Get(system);
        Note(shutdown, "before-service-unbind");
        Note(shutdown, "service-stop");
        await Wait(shutdown.Run(CoordinatedShutdown.UnknownReason.Instance, "service-stop"));

        Assert.Equal(["service-stop"], _done);
    }

    [Fact]
    public async Task goes_on_after_a_task_that_failed()
    {
        var system = ActorSystem.Create("fails");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask("service-unbind", "fails", () => throw new InvalidOperationException("boom"));
        Note(shutdown, "service-unbind");
        Note(shutdown, "service-stop");
        await Wait(shutdown.Run(CoordinatedShutdown.UnknownReason.Instance));

        Assert.Equal(["service-unbind", "service-stop"], _done);
    }

    [Fact]
    public async Task ends_with_a_failure_where_it_must_not_recover()
    {
        var system = ActorSystem.Create("strict", "akka.coordinated-shutdown { run-by-actor-system-terminate = off, phases.service-unbind.recover = off }");
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask("service-unbind", "fails", () => Task.FromException<Done>(new InvalidOperationException("boom")));
        Note(shutdown, "service-stop");

        await Assert.ThrowsAsync<InvalidOperationException>(() => Wait(shutdown.Run(CoordinatedShutdown.UnknownReason.Instance)));
        Assert.Empty(_done);
        await Wait(system.Terminate());
    }

    [Fact]
    public async Task waits_for_a_phase_as_long_as_it_may_and_not_longer()
    {
        var clock = new FakeClock();
        var system = ActorSystem.Create(
            "late",
            ActorSystemSetup.Create(new Trigger.Kernel.Hosting.KernelSetup { Time = clock }, BootstrapSetup.Create().WithConfig("akka.coordinated-shutdown.phases.service-unbind.timeout = 3s")));
        var shutdown = CoordinatedShutdown.Get(system);
        var begun = new TaskCompletionSource();
        shutdown.AddTask("service-unbind", "never", () =>
        {
            begun.SetResult();
            return new TaskCompletionSource<Done>().Task;
        });
        Note(shutdown, "service-stop");
        var run = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        await Wait(begun.Task);
        clock.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        Assert.Empty(_done);
        clock.Advance(TimeSpan.FromTicks(1));
        await Wait(run);

        Assert.Equal(["service-stop"], _done);
    }

    [Fact]
    public async Task knows_phases_of_ones_own_and_where_they_belong()
    {
        var system = ActorSystem.Create("own", "akka.coordinated-shutdown.phases { drain { depends-on = [service-unbind], timeout = 7s }, service-stop.depends-on = [drain] }");
        var shutdown = CoordinatedShutdown.Get(system);
        Note(shutdown, "service-stop");
        Note(shutdown, "drain");
        Note(shutdown, "service-unbind");
        Assert.Equal(TimeSpan.FromSeconds(7), shutdown.Timeout("drain"));
        await Wait(shutdown.Run(CoordinatedShutdown.UnknownReason.Instance));

        Assert.Equal(["service-unbind", "drain", "service-stop"], _done);
    }

    [Fact]
    public void refuses_phases_that_depend_on_each_other_in_a_circle()
    {
        using var system = ActorSystem.Create("circle", "akka.coordinated-shutdown.phases { a.depends-on = [b], b.depends-on = [a] }");

        Assert.Throws<ConfigurationException>(() => CoordinatedShutdown.Get(system));
    }

    [Fact]
    public void names_the_phase_that_does_not_exist()
    {
        using var system = ActorSystem.Create("unknown");

        var mistake = Assert.Throws<ConfigurationException>(() => Note(CoordinatedShutdown.Get(system), "service-unbound"));
        Assert.Contains("service-unbound", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void takes_no_longer_in_all_than_its_phases_together()
    {
        using var system = ActorSystem.Create("total");

        Assert.Equal(TimeSpan.FromSeconds((9 * 5) + (3 * 10)), CoordinatedShutdown.Get(system).TotalTimeout);
    }

    private static Task Wait(Task task) => task.WaitAsync(Patience, TestContext.Current.CancellationToken);

    private void Note(CoordinatedShutdown shutdown, string phase) => shutdown.AddTask(phase, "note", () =>
    {
        _done.Enqueue(phase);
        return Task.FromResult(Done.Instance);
    });
}
