using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Kernel.Routing;

namespace Trigger.Tests.Kernel;

public sealed class A_router : KernelSpec
{
    [Fact]
    public async Task gives_each_routee_its_turn()
    {
        var router = Route(new RoundRobinPool(3));

        Assert.Equal([2, 2, 2], (await Answers(router, 6)).GroupBy(name => name).Select(turns => turns.Count()));
    }

    [Fact]
    public async Task chooses_any_routee_at_random()
    {
        var router = Route(new RandomPool(3));

        Assert.InRange((await Answers(router, 100)).Distinct().Count(), 2, 3);
    }

    [Fact]
    public async Task tells_every_routee_when_it_broadcasts()
    {
        var router = Route(new BroadcastPool(3));
        router.Tell("x", Probe.Ref);

        Assert.Equal(3, (await Names(3)).Distinct().Count());
    }

    [Fact]
    public async Task tells_every_routee_what_is_in_a_broadcast_envelope()
    {
        var router = Route(new RoundRobinPool(3));
        router.Tell(new Broadcast("x"), Probe.Ref);

        Assert.Equal(3, (await Names(3)).Distinct().Count());
    }

    [Fact]
    public async Task prefers_the_routee_with_the_smallest_mailbox()
    {
        var open = new TaskCompletionSource();
        var router = System.ActorOf(
            Script((actor, message) =>
            {
                actor.From.Tell(actor.Me.Path.Name);
                if (message is "block")
                    actor.Run(() => open.Task);
            }).WithRouter(new SmallestMailboxPool(2)),
            "router");
        router.Tell("block", Probe.Ref);
        var blocked = (string)await Probe.Next();
        for (var i = 0; i < 3; i++)
            System.ActorSelection($"/user/router/{blocked}").Tell("waits", ActorRefs.Nobody);

        Assert.DoesNotContain(blocked, await Answers(router, 10));
        open.SetResult();
    }

    [Fact]
    public async Task sends_equal_keys_to_the_same_routee()
    {
        var router = Route(new ConsistentHashingPool(5).WithHashMapping(message => message is int number ? number % 10 : null));
        var homes = new Dictionary<int, HashSet<string>>();
        for (var number = 0; number < 100; number++)
        {
            router.Tell(number, Probe.Ref);
            homes.TryAdd(number % 10, []);
            homes[number % 10].Add((string)await Probe.Next());
        }

        Assert.All(homes.Values, home => Assert.Single(home));
        Assert.NotEqual(1, homes.Values.SelectMany(home => home).Distinct().Count());
    }

    [Fact]
    public async Task hashes_the_key_of_an_envelope_and_passes_on_what_is_inside()
    {
        var router = System.ActorOf(Script((actor, message) => actor.From.Tell(message)).WithRouter(new ConsistentHashingPool(2)));
        router.Tell(new ConsistentHashableEnvelope("inside", "key"), Probe.Ref);

        await Probe.Expect("inside");
    }

    [Fact]
    public async Task passes_on_the_first_answer_of_all_it_asked()
    {
        var made = 0;
        var router = System.ActorOf(
            Props.Create(() => new Scripted(Interlocked.Increment(ref made) == 1 ? (_, _) => { } : (actor, _) => actor.From.Tell("answer"))).WithRouter(new ScatterGatherFirstCompletedPool(2, 5 * Second)));
        router.Tell("x", Probe.Ref);

        await Probe.Expect("answer");
    }

    [Fact]
    public async Task says_that_nobody_answered_at_the_limit_and_not_a_tick_before()
    {
        var router = System.ActorOf(Script((_, _) => { }).WithRouter(new ScatterGatherFirstCompletedPool(2, 5 * Second)));
        router.Tell("x", Probe.Ref);
        Clock.Advance((5 * Second) - TimeSpan.FromTicks(1));
        await Probe.ExpectNothingBefore("marker");
        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.IsType<AskTimeoutException>((await Probe.Expect<Status.Failure>()).Cause);
    }

    [Fact]
    public async Task asks_another_routee_when_the_first_takes_its_time()
    {
        var router = System.ActorOf(
            Script((actor, message) => Probe.Ref.Tell("asked " + message, actor.From)).WithRouter(new TailChoppingPool(2, 5 * Second, Second)));
        router.Tell("x", Probe.Ref);
        await Probe.Expect("asked x");
        Clock.Advance(Second - TimeSpan.FromTicks(1));
        await Probe.ExpectNothingBefore("marker");
        Clock.Advance(TimeSpan.FromTicks(1));
        await Probe.Expect("asked x");
        Probe.LastSender.Tell("answer");

        await Probe.Expect("answer");
    }

    [Fact]
    public async Task finds_the_members_of_a_group_by_their_paths()
    {
        Spawn(Name, "first");
        Spawn(Name, "second");
        var router = System.ActorOf(new RoundRobinGroup("/user/first", "/user/second").Props());

        Assert.Equal(["first", "first", "second", "second"], (await Answers(router, 4)).Order());
    }

    [Fact]
    public async Task tells_who_its_routees_are_as_they_come_and_go()
    {
        var router = Route(new RoundRobinPool(2));
        Assert.Equal(2, await Size(router));

        router.Tell(new AdjustPoolSize(2));
        Assert.Equal(4, await Size(router));

        router.Tell(new AdjustPoolSize(-3));
        Assert.Equal(1, await Size(router));

        router.Tell(new AddRoutee(Routee.FromActorRef(Spawn(Name, "guest"))));
        Assert.Equal(2, await Size(router));

        router.Tell(new RemoveRoutee((await Members(router))[0]));
        Assert.Equal(1, await Size(router));
        Assert.Equal(["guest", "guest"], await Answers(router, 2));
    }

    [Fact]
    public async Task stops_a_removed_child_after_what_it_was_sent_before()
    {
        var router = Route(new RoundRobinPool(2));
        var leaving = (ActorRefRoutee)(await Members(router))[1];
        Probe.Watch(leaving.Actor);
        router.Tell(new RemoveRoutee(leaving));
        await Size(router);
        leaving.Send("late", Probe.Ref);
        await Probe.Expect(leaving.Actor.Path.Name);
        Clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal(leaving.Actor, (await Probe.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task stops_with_its_routees_when_it_is_poisoned()
    {
        var router = Route(new RoundRobinPool(2));
        Probe.Watch(((ActorRefRoutee)(await Members(router))[0]).Actor);
        Probe.Watch(router);
        await Processed(Probe.Ref);
        router.Tell(PoisonPill.Instance);

        var ended = new[] { await Probe.Expect<Terminated>(), await Probe.Expect<Terminated>() };
        Assert.Contains(ended, notice => notice.ActorRef.Equals(router));
    }

    [Fact]
    public async Task ends_when_the_last_of_its_pool_has()
    {
        var router = Route(new RoundRobinPool(2));
        Probe.Watch(router);
        await Processed(Probe.Ref);
        router.Tell(new Broadcast(PoisonPill.Instance));

        Assert.Equal(router, (await Probe.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task loses_nothing_in_silence_when_it_has_no_routees()
    {
        System.EventStream.Subscribe<DeadLetter>(Probe.Ref);
        var router = System.ActorOf(new RoundRobinGroup(Array.Empty<string>()).Props());
        router.Tell("lost", Probe.Ref);

        var letter = await Probe.Expect<DeadLetter>();
        Assert.Equal(("lost", router, Probe.Ref), (letter.Message, letter.Recipient, letter.Sender));
    }

    [Fact]
    public async Task judges_a_failing_routee_by_the_strategy_of_its_pool()
    {
        var router = System.ActorOf(
            Script((_, _) => Fail("boom")).WithRouter(new RoundRobinPool(1).WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy)));
        Probe.Watch(router);
        await Processed(Probe.Ref);
        router.Tell("x");

        Assert.Equal(router, (await Probe.Expect<Terminated>()).ActorRef);
    }

    private static void Name(Scripted actor, object message) => actor.From.Tell(actor.Me.Path.Name);

    private static async Task<Routee[]> Members(IActorRef router) => [.. (await router.Ask<Routees>(GetRoutees.Instance).WaitAsync(Patience)).Members];

    private static async Task<int> Size(IActorRef router) => (await Members(router)).Length;

    private IActorRef Route(Pool pool) => System.ActorOf(Script(Name).WithRouter(pool), "router");

    private async Task<List<string>> Answers(IActorRef router, int messages)
    {
        var names = new List<string>();
        for (var i = 0; i < messages; i++)
        {
            router.Tell(i, Probe.Ref);
            names.Add((string)await Probe.Next());
        }

        return names;
    }

    private async Task<List<string>> Names(int count)
    {
        var names = new List<string>();
        for (var i = 0; i < count; i++)
            names.Add((string)await Probe.Next());
        return names;
    }
}
