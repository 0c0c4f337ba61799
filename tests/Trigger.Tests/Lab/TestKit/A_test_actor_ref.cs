using Trigger.Kernel.Actor;
using Trigger.Kernel.Dispatch;
using Trigger.Lab.TestKit;
using Trigger.Lab.TestKit.Configs;

namespace Trigger.Tests.Lab.TestKit;

public sealed class A_test_actor_ref : Trigger.Lab.TestKit.TestKit
{
    private static readonly TimeSpan Generous = TimeSpan.FromSeconds(60);

    [Fact]
    public void has_done_what_it_was_told_on_this_very_thread_when_the_telling_returns()
    {
        var actor = ActorOfAsTestActorRef<Notebook>();

        actor.Tell("one");
        actor.Tell("two", ActorRefs.NoSender);

        Assert.Equal(["one", "two"], actor.UnderlyingActor.Notes);
        Assert.Equal([Environment.CurrentManagedThreadId], actor.UnderlyingActor.Threads.Distinct());
        Assert.Equal(TestActor, actor.UnderlyingActor.Senders[0]);
        Assert.StartsWith("$$", actor.Path.Name, StringComparison.Ordinal);
        Assert.True(actor.Ask("answer").IsCompletedSuccessfully);
    }

    [Fact]
    public async Task is_the_actor_s_own_reference_to_everybody()
    {
        var actor = ActorOfAsTestActorRef<Notebook>("known");

        Assert.Equal(actor.Ref, actor);
        Assert.True(actor == actor.Ref && actor.Ref == actor && !(actor != actor.Ref) && !(actor.Ref != actor));
        Assert.Equal(actor.Ref.GetHashCode(), actor.GetHashCode());
        Assert.Equal(await Sys.ActorSelection("/user/known").ResolveOne(Generous, TestContext.Current.CancellationToken), actor.Ref);
        Assert.Equal(0, actor.CompareTo(actor.Ref));
        Watch(actor);
        Sys.Stop(actor);
        Assert.Equal(actor.Ref, ExpectTerminated(actor, Generous).ActorRef);
        Assert.Throws<IllegalActorStateException>(() => actor.UnderlyingActor);
        Assert.Throws<IllegalActorStateException>(() => actor.Receive("too late"));
    }

    [Fact]
    public void can_be_handed_a_message_directly_and_then_throws_what_the_actor_throws()
    {
        var actor = ActorOfAsTestActorRef<Notebook>();
        var before = actor.UnderlyingActor;

        Assert.Throws<InvalidOperationException>(() => actor.Receive("fail"));
        actor.Receive("answer", TestActor);

        ExpectMsg("answered", Generous);
        Assert.Same(before, actor.UnderlyingActor);
        Assert.Throws<ArgumentNullException>(() => actor.Receive(null!));
    }

    [Fact]
    public void fails_and_restarts_like_any_other_when_it_is_told()
    {
        var boss = ActorOfAsTestActorRef(() => new Boss());
        var child = boss.UnderlyingActor.Child;
        var before = child.UnderlyingActor;

        // The supervisor runs on this thread too, so the child has been restarted when this returns.
        boss.Tell("fail");

        Assert.NotSame(before, child.UnderlyingActor);
        Assert.Equal(boss.Path / "child", child.Path);
        Assert.Equal(1, boss.UnderlyingActor.Failures);
    }

    [Fact]
    public void watches_for_its_actor()
    {
        var actor = ActorOfAsTestActorRef<Notebook>();
        var (kept, left) = (ActorOfAsTestActorRef<Notebook>(), ActorOfAsTestActorRef<Notebook>());
        actor.Watch(kept);
        actor.Watch(left);
        actor.Unwatch(left);

        Sys.Stop(left);
        Sys.Stop(kept);

        Assert.Equal([$"end of {kept.Path.Name}"], actor.UnderlyingActor.Notes);
    }

    [Fact]
    public async Task goes_on_after_an_await()
    {
        var (actor, waited) = (ActorOfAsTestActorRef<Notebook>(), new TaskCompletionSource());
        actor.Tell(waited.Task);
        actor.Tell("later");
        Assert.Equal(["waiting"], actor.UnderlyingActor.Notes);

        waited.SetResult();

        await AwaitAssertAsync(() => Assert.Equal(["waiting", "waited", "later"], actor.UnderlyingActor.Notes), Generous, cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public void leaves_its_thread_to_the_test_when_it_wakes_others()
    {
        // The worker blocks until the test lets it go; run by the test's thread, it would block the test.
        using var gate = new ManualResetEventSlim();
        var worker = Sys.ActorOf(Props.Create(() => new Blocking(gate)));
        var actor = ActorOfAsTestActorRef<Notebook>();

        actor.Tell(worker);
        gate.Set();

        AwaitAssert(() => Assert.Equal(["done"], actor.UnderlyingActor.Notes), Generous);
    }

    [Fact]
    public void runs_elsewhere_when_its_props_name_a_dispatcher()
    {
        var actor = ActorOfAsTestActorRef<Notebook>(Props.Create<Notebook>().WithDispatcher("another"));

        Assert.Empty(actor.UnderlyingActor.Notes);
        actor.Tell("thread?");
        AwaitAssert(() => Assert.Single(actor.UnderlyingActor.Threads), Generous);
    }

    [Fact]
    public void lends_its_dispatcher_to_any_actor_that_asks_for_it_by_name()
    {
        var actor = Sys.ActorOf(Props.Create<Notebook>().WithDispatcher(CallingThreadDispatcher.Id));

        Assert.True(actor.Ask("answer").IsCompletedSuccessfully);
        Assert.Equal("akka.actor.default-dispatcher", Dispatchers.DefaultDispatcherId);
    }

    [Fact]
    public void tells_itself_ten_thousand_times_without_going_deeper()
    {
        var actor = ActorOfAsTestActorRef<Notebook>();

        actor.Tell(10_000);

        Assert.Equal(10_000, actor.UnderlyingActor.Threads.Count);
    }

    [Fact]
    public void cannot_be_a_router_s_nor_the_child_of_nobody()
    {
        Assert.Throws<ArgumentException>(() => ActorOfAsTestActorRef<Notebook>(Props.Create<Notebook>().WithRouter(new Trigger.Kernel.Routing.RoundRobinPool(2))));
        Assert.Throws<ArgumentException>(() => ActorOfAsTestActorRef<Notebook>(ActorRefs.Nobody));
        ActorOfAsTestActorRef<Notebook>("once");
        Assert.Throws<InvalidActorNameException>(() => ActorOfAsTestActorRef<Notebook>("once"));
    }

    [Fact]
    public void meets_a_scheduler_that_the_configuration_names()
    {
        using var kit = new Trigger.Lab.TestKit.TestKit(TestConfigs.TestSchedulerConfig);
        var scheduler = Assert.IsType<TestScheduler>(kit.Sys.Scheduler);
        var actor = kit.ActorOfAsTestActorRef<Notebook>();
        using var cancelled = new Cancelable(scheduler.Advanced);
        scheduler.ScheduleTellRepeatedly(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), actor, "tick", ActorRefs.NoSender, cancelled);
        scheduler.Advanced.ScheduleOnce(TimeSpan.FromSeconds(3), () => throw new InvalidOperationException("thrown"));

        scheduler.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Empty(actor.UnderlyingActor.Notes);
        scheduler.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(["tick"], actor.UnderlyingActor.Notes);
        Assert.Equal("thrown", Assert.Throws<InvalidOperationException>(() => scheduler.AdvanceTo(scheduler.Now.AddSeconds(4))).Message);
        Assert.Equal(["tick", "tick", "tick"], actor.UnderlyingActor.Notes);
        cancelled.Cancel();
        scheduler.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, actor.UnderlyingActor.Notes.Count);
        Assert.Throws<InvalidOperationException>(() => scheduler.AdvanceTo(scheduler.Now.AddTicks(-1)));
        Assert.IsNotType<TestScheduler>(Sys.Scheduler);
    }

    private sealed class Notebook : ReceiveActor
    {
        public Notebook()
        {
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("told to"));
            Receive<string>(text => text == "answer", _ => Sender.Tell("answered"));
            Receive<string>(Note);
            Receive<IActorRef>(worker => worker.Tell("work"));
            Receive<Terminated>(end => Note($"end of {end.ActorRef.Path.Name}"));
            Receive<int>(left =>
            {
                Threads.Add(Environment.CurrentManagedThreadId);
                if (left > 1)
                    Self.Tell(left - 1);
            });
            ReceiveAsync<Task>(async awaited =>
            {
                Note("waiting");
                await awaited;
                Note("waited");
            });
        }

        public List<string> Notes { get; } = [];

        public List<int> Threads { get; } = [];

        public List<IActorRef> Senders { get; } = [];

        private void Note(string text)
        {
            Notes.Add(text);
            Senders.Add(Sender);
            Threads.Add(Environment.CurrentManagedThreadId);
        }
    }

    private sealed class Blocking(ManualResetEventSlim gate) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            Assert.True(gate.Wait(Generous));
            Sender.Tell("done");
        }
    }

    private sealed class Boss : ReceiveActor
    {
        public Boss()
        {
            Child = new TestActorRef<Notebook>(Context.System, Props.Create<Notebook>(), Self, "child");
            ReceiveAny(message => Child.Tell(message));
        }

        public TestActorRef<Notebook> Child { get; }

        public int Failures { get; private set; }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ =>
        {
            Failures++;
            return Directive.Restart;
        });
    }
}
