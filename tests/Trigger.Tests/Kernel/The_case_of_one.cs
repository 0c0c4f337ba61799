using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Routing;

namespace Trigger.Tests.Kernel;

/// <summary>One routee, one permit, one pending handler: what holds for several must hold for one.</summary>
public sealed class The_case_of_one : KernelSpec
{
    private readonly SteppedJournal.Desk _desk;

    public The_case_of_one()
        : this(new SteppedJournal.Desk())
    {
    }

    private The_case_of_one(SteppedJournal.Desk desk)
        : base(new JournalSetup(() => Props.Create(() => new SteppedJournal(desk))) { MaxConcurrentRecoveries = 1 }) => _desk = desk;

    [Fact]
    public void routee_is_chosen_by_every_logic_and_none_of_none()
    {
        RoutingLogic[] logics =
        [
            new RoundRobinRoutingLogic(), new RandomLogic(), new BroadcastRoutingLogic(), new SmallestMailboxRoutingLogic(),
            new ConsistentHashingRoutingLogic(System, 3, message => message), new ScatterGatherFirstCompletedRoutingLogic(Second), new TailChopping(System.Scheduler, Second, Second),
        ];
        var only = Routee.FromActorRef(Probe.Ref);
        foreach (var logic in logics)
        {
            Assert.Same(Routee.NoRoutee, logic.Select("x", []));
            Assert.NotSame(Routee.NoRoutee, logic.Select("x", [only]));
        }
    }

    [Fact]
    public void set_of_routees_is_forgotten_with_the_next()
    {
        var logic = new ConsistentHashingRoutingLogic(System, 3, message => message);
        var (before, after) = (Routee.FromActorRef(Probe.Ref), Routee.FromActorRef(Spawn((_, _) => { })));
        Routee[] first = [before];
        Assert.Equal(before, logic.Select("x", first));
        Assert.Equal(before, logic.Select("y", first));
        Assert.Equal(after, logic.Select("x", [after]));
        Assert.Equal((7, 7), (new ConsistentHashingPool(2).WithVirtualNodesFactor(7).VirtualNodesFactor, new ConsistentHashingGroup("/user/a").WithVirtualNodesFactor(7).VirtualNodesFactor));
        Assert.Equal((Second, 2 * Second), (new TailChoppingGroup(["/user/a"], Second, 2 * Second).Within, new TailChoppingGroup(["/user/a"], Second, 2 * Second).Interval));
    }

    [Fact]
    public async Task recovery_at_a_time_leaves_the_others_waiting_for_their_turn()
    {
        _desk.Highest = 1;
        foreach (var id in new[] { "a", "b", "c" })
        {
            System.ActorOf(Props.Create(() => new Ledger(id, Probe.Ref)), id);
            await Processed(Probe.Ref);
        }

        Assert.True(SpinWait.SpinUntil(() => !_desk.Notes.IsEmpty, Patience));
        var journal = Trigger.Kernel.Persistence.Persistence.Instance.Apply(System).Journal;
        for (var i = 0; i < 20; i++)
            await Processed(journal);
        Assert.Equal(1, _desk.Notes.Count(note => note.StartsWith("highest", StringComparison.Ordinal)));
        _desk.Events.Writer.Complete();
        await Probe.Expect("recovered 1", "recovered 1", "recovered 1");
        Assert.Equal(3, _desk.Notes.Count(note => note.StartsWith("highest", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task handler_that_awaits_is_abandoned_when_a_sibling_s_failure_restarts_its_actor()
    {
        var never = new TaskCompletionSource();
        var parent = Spawn(
            (self, message) => self.Place.Child((string)message).Tell("go"),
            onStart: self =>
            {
                self.Place.ActorOf(Script(
                    (child, _) =>
                    {
                        Probe.Ref.Tell("begun");
                        child.Run(() => never.Task);
                    },
                    Probe), "waiting");
                self.Place.ActorOf(Script((_, _) => Fail("told to")), "failing");
            },
            strategy: new AllForOneStrategy(_ => Directive.Restart));
        await Probe.Expect("waiting.PreStart");
        parent.Tell("waiting");
        await Probe.Expect("begun");
        parent.Tell("failing");
        await Probe.Expect("waiting.PreRestart(go)", "waiting.PostStop", "waiting.PostRestart", "waiting.PreStart");

        // What awaited is the old one's; the new one answers.
        await Processed(await System.ActorSelection(parent.Path / "waiting").ResolveOne(Patience, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task rejection_in_a_group_meets_the_one_whose_write_it_is()
    {
        _desk.Events.Writer.Complete();
        var actors = new List<IActorRef>();
        foreach (var id in new[] { "a", "b", "c", "d" })
        {
            actors.Add(System.ActorOf(Props.Create(() => new Ledger(id, Probe.Ref)), id));
            await Probe.Expect("recovered 0");
        }

        var journal = Trigger.Kernel.Persistence.Persistence.Instance.Apply(System).Journal;
        var calls = new List<GatedJournal.Call>();
        foreach (var actor in actors)
        {
            actor.Tell("async");
            await Processed(actor);
            await Processed(journal);
            if (calls.Count < 2)
                calls.Add(await NextWrite());
        }

        calls[0].End.SetResult(null);
        await Probe.Expect("1@1");
        (await NextWrite()).End.SetResult([null, new FormatException("no")]);
        await Probe.Expect("1@1", "rejected 1 1");
        calls[1].End.SetResult(null);
        await Probe.Expect("1@1");
    }

    [Fact]
    public async Task mapping_sends_every_message_of_a_group_to_the_same_routee()
    {
        foreach (var name in new[] { "one", "two", "three" })
            Spawn((self, _) => Probe.Ref.Tell(self.Me.Path.Name), name);
        var router = System.ActorOf(new ConsistentHashingGroup("/user/one", "/user/two", "/user/three").WithHashMapping(_ => "same").Props());
        System.EventStream.Subscribe<DeadLetter>(Probe.Ref); // What was delivered is not lost as well.
        var heard = new HashSet<string>();
        for (var i = 0; i < 12; i++)
        {
            router.Tell(i);
            heard.Add(await Probe.Expect<string>());
        }

        Assert.Single(heard);
    }

    [Fact]
    public async Task actor_that_never_was_is_known_not_to_have_been()
    {
        Probe.Watch(System.DeadLetters);
        Assert.False((await Probe.Expect<Terminated>()).ExistenceConfirmed);
        Assert.True(new Terminated(Probe.Ref, true, true).AddressTerminated);
        var journal = Trigger.Kernel.Persistence.Persistence.Instance.Apply(System).Journal;
        System.ActorSelection("/system/journal").Tell(new Identify(1), Probe.Ref);
        Assert.Equal(journal, (await Probe.Expect<ActorIdentity>()).Subject);
    }

    [Fact]
    public void depth_more_or_less_is_another_parent()
    {
        var path = ActorPath.Parse("akka://s/user/a/b");
        Assert.Equal((path.Root, path, path.Parent), (path.ParentOf(0), path.ParentOf(path.Depth), path.ParentOf(-1)));
        Assert.All(ActorTree.Of(System), node => Assert.Equal(0, node.Restarts));
        System.IgnoreRef.Tell("nothing comes of it", Probe.Ref);
    }

    private async Task<GatedJournal.Call> NextWrite()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _desk.Writes.Reader.ReadAsync(patience.Token);
    }
}
