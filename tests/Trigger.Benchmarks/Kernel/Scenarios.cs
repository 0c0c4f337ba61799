using System.Diagnostics;
using Trigger.Kernel.Actor;

namespace Trigger.Benchmarks.Kernel;

internal static class Scenarios
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static readonly IReadOnlyList<Scenario> All =
    [
        new("ping-pong, 1 pair, 1 in flight", 9.77e6, system => PingPong(system, 1, 1, 2_000_000, Props.Create(() => new Echo()))),
        new("ping-pong, 1 pair, 100 in flight", 16.1e6, system => PingPong(system, 1, 100, 6_000_000, Props.Create(() => new Echo()))),
        new("ping-pong, 2 pairs, 100 in flight", 47.1e6, system => PingPong(system, 2, 100, 6_000_000, Props.Create(() => new Echo()))),
        new("ping-pong, 8 pairs, 100 in flight", 57.5e6, system => PingPong(system, 8, 100, 1_500_000, Props.Create(() => new Echo()))),
        new("ping-pong, receive actor, 1 pair, 100 in flight", 14.8e6, system => PingPong(system, 1, 100, 6_000_000, Props.Create(() => new TypedEcho()))),
        new("fan-in, 1 thread", 21.3e6, system => FanIn(system, 1, 4_000_000)),
        new("fan-in, 2 threads", 14.8e6, system => FanIn(system, 2, 2_000_000)),
        new("fan-in, 8 threads", 13.6e6, system => FanIn(system, 8, 500_000)),
        new("fan-in, 100 actors", 14.1e6, system => FanInOfActors(system, 100, 40_000)),
        new("ask, one after the other", 1.17e6, system => Ask(system, 200_000, timeout: null)),
        new("ask with a timeout, one after the other", 0.982e6, system => Ask(system, 200_000, TimeSpan.FromSeconds(5))),
        new("ask, 64 at a time", 1.65e6, system => Ask64(system, 8_000)),
        new("start a child", 78e3, system => Spawn(system, 100_000)),
        new("stop a child", 82e3, system => Stop(system, 100_000)),
        new("drain, untyped actor", 19.8e6, system => Drain(system, Props.Create(() => new Sink()), 2_000_000, Token.Instance)),
        new("drain, receive actor, tenth handler", 16.0e6, system => Drain(system, Props.Create(() => new TenHandlers()), 2_000_000, Token.Instance)),
        new("drain, async handler", 4.99e6, system => Drain(system, Props.Create(() => new Waiter()), 500_000, Token.Instance)),
        new("become", 10.7e6, system => Drain(system, Props.Create(() => new Changer()), 1_000_000, Token.Instance)),
        new("FSM stay", 10.3e6, system => Drain(system, Props.Create(() => new Coin(null)), 1_000_000, "stay")),
        new("FSM goto", 13.4e6, system => Drain(system, Props.Create(() => new Coin(null)), 1_000_000, Token.Instance)),
        new("FSM goto with state timeout", 3.22e6, system => Drain(system, Props.Create(() => new Coin(Patience)), 500_000, Token.Instance)),
        new("receive timeout", 5.36e6, system => Drain(system, Props.Create(() => new Impatient()), 500_000, Token.Instance)),
        new("timer, replaced", 3.85e6, system => Drain(system, Props.Create(() => new Rearming()), 200_000, Token.Instance)),
    ];

    private static async Task<(long, TimeSpan)> PingPong(ActorSystem system, int pairs, int window, long messages, Props echo)
    {
        var done = new List<Task>();
        var players = new List<IActorRef>();
        for (var i = 0; i < pairs; i++)
        {
            var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var partner = system.ActorOf(echo);
            var player = system.ActorOf(Props.Create(() => new Player(partner, messages / 2, finished)));
            await player.Ask("ready?");
            done.Add(finished.Task);
            players.Add(player);
        }

        var watch = Stopwatch.StartNew();
        foreach (var player in players)
            player.Tell(new Begin(window), ActorRefs.NoSender);
        await Task.WhenAll(done);
        return (messages * pairs, watch.Elapsed);
    }

    private static async Task<(long, TimeSpan)> FanIn(ActorSystem system, int threads, long each)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var counter = system.ActorOf(Props.Create(() => new Counter(threads * each, done)));
        await counter.Ask("ready?");
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < threads; i++)
        {
            new Thread(() =>
            {
                for (var sent = 0L; sent < each; sent++)
                    counter.Tell(Token.Instance, ActorRefs.NoSender);
            }).Start();
        }

        await done.Task;
        return (threads * each, watch.Elapsed);
    }

    private static async Task<(long, TimeSpan)> FanInOfActors(ActorSystem system, int actors, long each)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var counter = system.ActorOf(Props.Create(() => new Counter(actors * each, done)));
        var producers = Enumerable.Range(0, actors).Select(_ => system.ActorOf(Props.Create(() => new Producer(counter)))).ToList();
        foreach (var producer in producers)
            await producer.Ask("ready?");
        var watch = Stopwatch.StartNew();
        foreach (var producer in producers)
            producer.Tell(each, ActorRefs.NoSender);
        await done.Task;
        return (actors * each, watch.Elapsed);
    }

    private static async Task<(long, TimeSpan)> Ask(ActorSystem system, int count, TimeSpan? timeout)
    {
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < count; i++)
            await echo.Ask<object>(Token.Instance, timeout).ConfigureAwait(false);
        return (count, watch.Elapsed);
    }

    private static async Task<(long, TimeSpan)> Ask64(ActorSystem system, int each)
    {
        const int Askers = 64;
        var echo = system.ActorOf(Props.Create(() => new Echo()));
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Askers).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < each; i++)
                await echo.Ask<object>(Token.Instance);
        })));
        return (Askers * (long)each, watch.Elapsed);
    }

    private static async Task<(long, TimeSpan)> Spawn(ActorSystem system, int count)
    {
        using var started = new CountdownEvent(count);
        var parent = system.ActorOf(Props.Create(() => new Parent(started)));
        await parent.Ask("ready?");
        var watch = Stopwatch.StartNew();
        parent.Tell(count, ActorRefs.NoSender);
        started.Wait();
        return (count, watch.Elapsed);
    }

    private static async Task<(long, TimeSpan)> Stop(ActorSystem system, int count)
    {
        using var started = new CountdownEvent(count);
        var parent = system.ActorOf(Props.Create(() => new Parent(started)));
        parent.Tell(count, ActorRefs.NoSender);
        started.Wait();
        var watch = Stopwatch.StartNew();
        await parent.GracefulStop(Patience);
        return (count, watch.Elapsed);
    }

    private static async Task<(long, TimeSpan)> Drain(ActorSystem system, Props props, long count, object message)
    {
        var actor = system.ActorOf(props);
        await actor.Ask("ready?");
        var watch = Stopwatch.StartNew();
        for (var i = 0L; i < count; i++)
            actor.Tell(message, ActorRefs.NoSender);
        await actor.Ask("done?");
        return (count, watch.Elapsed);
    }
}
