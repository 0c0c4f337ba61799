using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Kernel.Routing;

namespace Trigger.Tests.Kernel;

/// <summary>The limits of routers: none, one, the last, too many.</summary>
public sealed class What_a_router_keeps_apart() : KernelSpec(Trigger.Kernel.Actor.BootstrapSetup.Create().WithConfig(
    """
    akka.actor.deployment {
      "/deep/**" { router = round-robin-pool, nr-of-instances = 5 }
      "/deep/*/pool" { router = round-robin-pool, nr-of-instances = 3 }
      /tail { router = tail-chopping-group, routees.paths = ["/user/one"], within = 7s, tail-chopping-router.interval = 2s }
    }
    """))
{
    [Fact]
    public async Task lives_on_without_routees_when_it_may_grow_again()
    {
        var router = Named(new RoundRobinPool(1, new DefaultResizer(0, 5)), "elastic");
        Probe.Watch(router);
        await Processed(Probe.Ref);
        router.Tell(new AdjustPoolSize(-1));
        Assert.Empty(await Members(router));
        router.Tell(new AdjustPoolSize(2));
        Assert.Equal(2, (await Members(router)).Length);
        router.Tell(new AdjustPoolSize(0));
        Assert.Equal(2, (await Members(router)).Length);
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task ends_when_the_last_routee_is_taken_away()
    {
        var router = Named(new RoundRobinPool(1), "last");
        Probe.Watch(router);
        await Processed(Probe.Ref);

        router.Tell(new RemoveRoutee((await Members(router))[0]));

        Assert.Equal(router, (await Probe.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task does_not_end_with_a_guest_that_it_let_go()
    {
        var guest = Spawn((_, _) => { }, "guest");
        var router = Named(new RoundRobinPool(1), "host");
        router.Tell(new AddRoutee(Routee.FromActorRef(guest)));
        router.Tell(new RemoveRoutee((await Members(router))[0]));
        Assert.Single(await Members(router));
        Probe.Watch(router);
        Probe.Watch(guest);
        await Processed(Probe.Ref);

        // The one that stays is the guest, who is nobody's child here: the router ends when he does, and not he with its pill.
        guest.Tell(PoisonPill.Instance);
        var ended = new[] { await Probe.Expect<Terminated>(), await Probe.Expect<Terminated>() };
        Assert.Equal([guest, router], ended.Select(end => end.ActorRef).OrderBy(actor => actor.Path.Name));
    }

    [Fact]
    public async Task stops_only_children_when_it_lets_go()
    {
        var guest = Spawn((actor, message) => actor.From.Tell(message), "visitor");
        var router = Named(new RoundRobinPool(1), "house");
        router.Tell(new AddRoutee(Routee.FromActorRef(guest)));
        router.Tell(new RemoveRoutee(Routee.FromActorRef(guest)));
        Assert.Single(await Members(router));
        Clock.Advance(10 * Second);

        guest.Tell("still here", Probe.Ref);
        await Probe.Expect("still here");
    }

    [Theory]
    [InlineData("a/pool", 3)]
    [InlineData("a", 5)]
    public async Task follows_the_pattern_that_says_most_about_its_path(string path, int routees)
    {
        var deep = Spawn((actor, message) => actor.From.Tell(Make(actor, (string)message)), "deep");
        deep.Tell(path, Probe.Ref);
        var made = await Probe.Expect<IActorRef>();
        if (path.Contains('/', StringComparison.Ordinal))
        {
            made.Tell("pool", Probe.Ref);
            made = await Probe.Expect<IActorRef>();
        }

        Assert.Equal(routees, (await Members(made)).Length);

        static IActorRef Make(Scripted actor, string path) => path.Split('/') switch
        {
            [var name, _] => actor.Place.ActorOf(Script((inner, message) => inner.From.Tell(Make(inner, (string)message))), name),
            [var name] => actor.Place.ActorOf(Script((_, _) => { }).WithRouter(FromConfig.Instance), name),
            _ => ActorRefs.Nobody,
        };
    }

    [Fact]
    public async Task is_not_the_guardian_whose_name_it_has()
    {
        // A pattern is for actors below /user; "deep" itself is not below itself.
        var mistake = Assert.Throws<Trigger.Kernel.Configuration.ConfigurationException>(() => System.ActorOf(Script((_, _) => { }).WithRouter(FromConfig.Instance), "deep"));
        Assert.Contains("/user/deep", mistake.Message, StringComparison.Ordinal);
        await Processed(Probe.Ref);
    }

    [Fact]
    public async Task asks_nobody_twice_when_it_cuts_off_the_tail()
    {
        Spawn((actor, message) => Probe.Ref.Tell($"asked {message}", actor.From), "one");
        var router = System.ActorOf(FromConfig.Instance.Props(), "tail");
        router.Tell("x", Probe.Ref);
        await Probe.Expect("asked x");
        Clock.Advance(7 * Second - TimeSpan.FromTicks(1));
        await Probe.ExpectNothingBefore("marker");
        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.IsType<AskTimeoutException>((await Probe.Expect<Status.Failure>()).Cause);
    }

    [Fact]
    public async Task warns_of_a_message_without_a_key_and_loses_it_to_the_dead_letters()
    {
        System.EventStream.Subscribe<Warning>(Probe.Ref);
        var router = Named(new ConsistentHashingPool(2), "hashing");
        router.Tell("no key", Probe.Ref);

        Assert.Contains("[String] must implement [IConsistentHashable]", (await Probe.Expect<Warning>()).ToString(), StringComparison.Ordinal);
        System.EventStream.Subscribe<DeadLetter>(Probe.Ref);
        router.Tell("no key", Probe.Ref);
        await Probe.Expect<Warning>();
        Assert.Equal("no key", (await Probe.Expect<DeadLetter>()).Message);
    }

    [Fact]
    public void counts_a_routee_it_cannot_see_as_the_fullest()
    {
        var seen = Routee.FromActorRef(Spawn((_, _) => { }));
        var unseen = new ActorSelectionRoutee(System.ActorSelection("/user/elsewhere"));

        for (var next = -1; next < 4; next++)
            Assert.Same(seen, new SmallestMailboxRoutingLogic(next).Select("x", [unseen, seen]));
        Assert.Same(unseen, new SmallestMailboxRoutingLogic().Select("x", [unseen]));
        Assert.Same(Routee.NoRoutee, new SmallestMailboxRoutingLogic().Select("x", []));
    }

    [Fact]
    public async Task forgets_a_routee_that_ended_though_it_came_later()
    {
        var router = Named(new RoundRobinPool(1), "growing");
        router.Tell(new AdjustPoolSize(1));
        var later = ((ActorRefRoutee)(await Members(router))[1]).Actor;
        Probe.Watch(later);
        await Processed(Probe.Ref);
        later.Tell(PoisonPill.Instance);
        await Probe.Expect<Terminated>();

        while ((await Members(router)).Length > 1)
        {
        }
    }

    [Fact]
    public async Task chooses_the_shortest_of_several_queues_wherever_it_begins()
    {
        var (open, begun) = (new TaskCompletionSource(), new CountdownEvent(3));
        Routee[] routees = [.. new[] { 3, 1, 2 }.Select(waiting =>
        {
            var first = true;
            var actor = Spawn((self, _) =>
            {
                if (first)
                    begun.Signal();
                first = false;
                self.Run(() => open.Task);
            });
            for (var i = 0; i <= waiting; i++)
                actor.Tell("x");
            return Routee.FromActorRef(actor);
        })];
        Assert.True(begun.Wait(Patience, TestContext.Current.CancellationToken));

        for (var next = -1; next < 6; next++)
            Assert.Same(routees[1], new SmallestMailboxRoutingLogic(next).Select("x", routees));
        open.SetResult();
        await Processed(Probe.Ref);
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 1)]
    [InlineData(3, 1)]
    [InlineData(4, 0)]
    public async Task is_under_pressure_as_its_threshold_says(int threshold, int busy)
    {
        var (open, begun) = (new TaskCompletionSource(), new CountdownEvent(2));
        Scripted Worker() => new((actor, _) =>
        {
            if (!begun.IsSet)
                begun.Signal();
            actor.Run(() => open.Task);
        });
        var (alone, crowded, idle) = (System.ActorOf(Props.Create(Worker)), System.ActorOf(Props.Create(Worker)), Spawn((_, _) => { }));
        alone.Tell("in hand");
        crowded.Tell("in hand");
        Assert.True(begun.Wait(Patience, TestContext.Current.CancellationToken));
        for (var i = 0; i < 3; i++)
            crowded.Tell("waits");
        await Processed(idle);
        Assert.True(SpinWait.SpinUntil(() => !((Trigger.Kernel.Actor.Internal.LocalActorRef)idle).Cell.Mailbox.IsBusy, Patience));

        Routee[] routees = [Routee.FromActorRef(alone), Routee.FromActorRef(crowded), Routee.FromActorRef(idle), new ActorSelectionRoutee(System.ActorSelection("/user/x"))];
        Assert.Equal(busy, new DefaultResizer(1, 9, threshold).Pressure(routees));
        open.SetResult();
    }

    [Fact]
    public void is_proposed_the_size_between_its_bounds()
    {
        Routee[] idle = [.. Enumerable.Range(0, 10).Select(_ => new ActorSelectionRoutee(System.ActorSelection("/user/x")))];

        // None is busy, so it shrinks by a fifth, or to the bound.
        Assert.Equal(-2, new DefaultResizer(1, 20, backoffRate: 0.2).Resize(idle));
        Assert.Equal(-1, new DefaultResizer(9, 20, backoffRate: 0.2).Resize(idle));
        Assert.Equal(-6, new DefaultResizer(1, 4, backoffRate: 0.2).Resize(idle));
        Assert.Equal(0, new DefaultResizer(1, 20, backoffThreshold: 0).Resize(idle));
        Assert.Equal(2, new DefaultResizer(12, 20).Resize(idle));
        Assert.Equal(3, new DefaultResizer(1, 20, rampupRate: 0.25).Filter(10, 10));
        var resizer = new DefaultResizer(1, 5, messagesPerResize: 3);
        Assert.Equal([true, false, false, true], Enumerable.Range(0, 4).Select(n => resizer.IsTimeForResize(n)));
        Assert.Equal((1, 10, 1, 0.2, 0.3, 0.1, 10), Parts(DefaultResizer.FromConfig(Trigger.Kernel.Configuration.ConfigurationFactory.Empty)));
        Assert.Equal((2, 8, 3, 0.4, 0.5, 0.6, 7), Parts(DefaultResizer.FromConfig(Trigger.Kernel.Configuration.ConfigurationFactory.ParseString(
            "lower-bound = 2, upper-bound = 8, pressure-threshold = 3, rampup-rate = 0.4, backoff-threshold = 0.5, backoff-rate = 0.6, messages-per-resize = 7"))));

        static (int, int, int, double, double, double, int) Parts(DefaultResizer r) =>
            (r.LowerBound, r.UpperBound, r.PressureThreshold, r.RampupRate, r.BackoffThreshold, r.BackoffRate, r.MessagesPerResize);
    }

    [Fact]
    public void cannot_be_made_of_numbers_that_mean_nothing()
    {
        Assert.ThrowsAny<ArgumentException>(() => new DefaultResizer(-1, 5));
        Assert.ThrowsAny<ArgumentException>(() => new DefaultResizer(3, 2));
        Assert.ThrowsAny<ArgumentException>(() => new DefaultResizer(0, 0));
        Assert.ThrowsAny<ArgumentException>(() => new DefaultResizer(1, 5, rampupRate: -0.1));
        Assert.ThrowsAny<ArgumentException>(() => new DefaultResizer(1, 5, backoffThreshold: -0.1));
        Assert.ThrowsAny<ArgumentException>(() => new DefaultResizer(1, 5, backoffRate: -0.1));
        Assert.ThrowsAny<ArgumentException>(() => new DefaultResizer(1, 5, messagesPerResize: 0));
        Assert.ThrowsAny<ArgumentException>(() => new RoundRobinPool(-1));
        Assert.ThrowsAny<ArgumentException>(() => ConsistentHash.Create(["a"], 0));
        Assert.Equal(0, new RoundRobinPool(0).NrOfInstances);
    }

    [Fact]
    public void gives_each_node_of_a_ring_its_share_and_moves_only_what_it_must()
    {
        var ring = ConsistentHash.Create(["a", "b", "c", "d"], 64);
        var homes = Enumerable.Range(0, 4000).ToDictionary(i => $"key {i}", i => ring.NodeFor($"key {i}"));

        // A quarter each, and none has less than half or more than twice of it.
        Assert.All(homes.Values.GroupBy(node => node), share => Assert.InRange(share.Count(), 500, 2000));
        Assert.Equal(4, homes.Values.Distinct().Count());
        var fewer = ring - "d";
        Assert.All(homes, home => Assert.Equal(home.Value == "d" ? fewer.NodeFor(home.Key) : home.Value, fewer.NodeFor(home.Key)));
        Assert.Equal(homes.Values, (fewer + "d") is var again ? homes.Keys.Select(again.NodeFor) : []);
        Assert.Equal("only", ConsistentHash.Create(["only"], 1).NodeFor("anything"));
        Assert.Throws<InvalidOperationException>(() => ConsistentHash.Create(Array.Empty<string>(), 1).NodeFor("x"));
    }

    [Fact]
    public async Task keeps_the_routees_it_was_given_by_hand()
    {
        var (a, b) = (Spawn((actor, _) => actor.From.Tell("a")), Spawn((actor, _) => actor.From.Tell("b")));
        var router = new Router(new RoundRobinRoutingLogic(), a);
        Assert.Single(router.Routees);
        router = router.AddRoutee(b);
        router.Route("x", Probe.Ref);
        router.Route("x", Probe.Ref);
        Assert.Equal(["a", "b"], new[] { await Probe.Next(), await Probe.Next() }.Cast<string>().Order());
        router = router.RemoveRoutee(a);
        router.Route(new Broadcast("x"), Probe.Ref);
        await Probe.Expect("b");

        // With nobody to go to, it goes nowhere.
        router.RemoveRoutee(b).Route(new Broadcast("x"), Probe.Ref);
        await Probe.ExpectNothingBefore("marker");
    }

    private IActorRef Named(Pool pool, string name) => System.ActorOf(Script((actor, _) => actor.From.Tell(actor.Me.Path.Name)).WithRouter(pool), name);

    private static async Task<Routee[]> Members(IActorRef router) => [.. (await router.Ask<Routees>(GetRoutees.Instance).WaitAsync(Patience)).Members];
}
