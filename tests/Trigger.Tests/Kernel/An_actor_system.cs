using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;

namespace Trigger.Tests.Kernel;

public sealed class An_actor_system
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task ends_when_all_its_actors_have()
    {
        var system = ActorSystem.Create("ends");
        var stopped = 0;
        for (var i = 0; i < 100; i++)
            system.ActorOf(Props.Create(() => new Leaving(() => Interlocked.Increment(ref stopped))));
        await system.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);

        Assert.Equal(100, stopped);
        Assert.Throws<InvalidOperationException>(() => system.ActorOf(Props.Create(() => new Leaving(() => { }))));
    }

    [Fact]
    public async Task runs_no_more_actors_at_once_than_it_may()
    {
        var system = ActorSystem.Create("narrow", new KernelSetup { Parallelism = 1 });
        var (running, most, done) = (0, 0, new CountdownEvent(200));
        for (var i = 0; i < 200; i++)
        {
            system.ActorOf(Props.Create(() => new Leaving(() => { }, () =>
            {
                var now = Interlocked.Increment(ref running);
                most = Math.Max(most, now);
                Thread.Yield();
                Interlocked.Decrement(ref running);
                done.Signal();
            })));
        }

        Assert.True(done.Wait(Patience, TestContext.Current.CancellationToken));
        Assert.Equal(1, most);
        await system.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task can_come_and_go_ten_thousand_times_without_a_trace()
    {
        // By reference and not by memory: other tests run in this process at the same time.
        var remains = await Cycle(10_000);
        for (var i = 0; i < 10 && remains.Count > 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Yield();
            remains.RemoveAll(system => !system.IsAlive);
        }

        // A thread of the pool may still hold the last that it worked for.
        Assert.InRange(remains.Count, 0, 4);
    }

    [Fact]
    public async Task ticks_no_timer_while_it_is_idle()
    {
        var clock = new FakeClock();
        var system = ActorSystem.Create("idle", new KernelSetup { Time = clock });
        var actor = system.ActorOf(Props.Create(() => new Leaving(() => { })));
        await actor.Ask<ActorIdentity>(new Identify(null), TestContext.Current.CancellationToken);

        Assert.Equal(0, clock.ArmedTimers);
        await system.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(0, clock.ArmedTimers);
    }

    private static async Task<List<WeakReference>> Cycle(int times)
    {
        var systems = new List<WeakReference>(times);
        for (var i = 0; i < times; i++)
            systems.Add(await CreateAndEnd());
        return systems;
    }

    private static async Task<WeakReference> CreateAndEnd()
    {
        var system = ActorSystem.Create("leaves");
        var actor = system.ActorOf(Props.Create(() => new Leaving(() => { })));
        system.Scheduler.ScheduleTellRepeatedly(TimeSpan.FromHours(1), TimeSpan.FromHours(1), actor, "tick", ActorRefs.NoSender);
        await system.Terminate().WaitAsync(Patience);
        return new WeakReference(system);
    }

    private sealed class Leaving(Action onStop, Action? onStart = null) : UntypedActor
    {
        protected override void PreStart() => onStart?.Invoke();

        protected override void PostStop() => onStop();

        protected override void OnReceive(object message)
        {
        }
    }
}
