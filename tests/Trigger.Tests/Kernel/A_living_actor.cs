using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Tests.Kernel;

public sealed class A_living_actor : KernelSpec
{
    [Fact]
    public async Task restarts_through_its_hooks_and_keeps_its_queue_and_name()
    {
        var actor = Spawn((_, m) => { if (m is "boom") Fail("boom"); else Probe.Ref.Tell(m); }, "p", Probe);
        actor.Tell("boom");
        actor.Tell("after");

        await Probe.Expect("p.PreStart", "p.PreRestart(boom)", "p.PostStop", "p.PostRestart", "p.PreStart", "after");
    }

    [Fact]
    public async Task starts_anew_only_when_its_children_have_stopped()
    {
        var parent = Spawn(
            (_, m) => { if (m is "boom") Fail("boom"); },
            "p",
            Probe,
            self => self.Place.ActorOf(Script((_, _) => { }, Probe), "c"));
        await Probe.Expect("p.PreStart", "c.PreStart");

        parent.Tell("boom");

        await Probe.Expect("p.PreRestart(boom)", "p.PostStop", "c.PostStop", "p.PostRestart", "p.PreStart", "c.PreStart");
    }

    [Fact]
    public async Task stops_after_its_children()
    {
        var parent = Spawn((_, _) => { }, "p", Probe, self => self.Place.ActorOf(Script((_, _) => { }, Probe), "c"));
        await Probe.Expect("p.PreStart", "c.PreStart");

        System.Stop(parent);

        await Probe.Expect("c.PostStop", "p.PostStop");
    }

    [Fact]
    public async Task processes_what_came_before_a_poison_pill_and_buries_what_came_after()
    {
        var letters = new Probe(System);
        System.EventStream.Subscribe<DeadLetter>(letters.Ref);
        var actor = Spawn((_, m) => Probe.Ref.Tell(m), hooks: Probe);
        await Probe.Expect("$b.PreStart".Replace("$b", actor.Path.Name, StringComparison.Ordinal));

        actor.Tell("before");
        actor.Tell(PoisonPill.Instance);
        await Probe.Expect("before", actor.Path.Name + ".PostStop");
        actor.Tell("after");

        var letter = await letters.Expect<DeadLetter>();
        Assert.Equal(("after", actor), (letter.Message, letter.Recipient));
    }

    [Fact]
    public async Task is_stopped_by_kill_without_a_restart()
    {
        var actor = Spawn((_, _) => { }, "k", Probe);
        actor.Tell(Kill.Instance);

        await Probe.Expect("k.PreStart", "k.PostStop");
    }

    [Fact]
    public async Task keeps_the_order_of_each_sender()
    {
        var actor = Spawn((_, m) => Probe.Ref.Tell(m));
        for (var i = 0; i < 1000; i++)
            actor.Tell(i);

        for (var i = 0; i < 1000; i++)
            await Probe.Expect(i);
    }

    [Fact]
    public void refuses_a_null_message() =>
        Assert.Throws<InvalidMessageException>(() => Probe.Ref.Tell(null!, ActorRefs.NoSender));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("$x")]
    [InlineData("é")]
    public void refuses_a_name_that_is_no_path_element(string name) =>
        Assert.Throws<InvalidActorNameException>(() => Spawn((_, _) => { }, name));

    [Fact]
    public async Task frees_its_name_before_a_graceful_stop_completes()
    {
        var first = Spawn((_, _) => { }, "re");
        Assert.Throws<InvalidActorNameException>(() => Spawn((_, _) => { }, "re"));
        Assert.True(await first.GracefulStop(Second).WaitAsync(Patience, TestContext.Current.CancellationToken));

        var second = Spawn((_, _) => { }, "re");

        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task publishes_what_it_does_not_handle()
    {
        System.EventStream.Subscribe<UnhandledMessage>(Probe.Ref);
        Spawn((self, m) => self.NotHandled(m)).Tell("what?");

        Assert.Equal("what?", (await Probe.Expect<UnhandledMessage>()).Message);
    }

    [Fact]
    public async Task stacks_its_behaviours_and_never_loses_the_first()
    {
        var actor = Spawn((self, m) => Switch("base", self, m));
        foreach (var m in new[] { "push A", "x", "push B", "y", "pop", "z", "pop", "w", "pop", "v", "replace C", "u", "pop", "q" })
            actor.Tell(m);

        await Probe.Expect("A:x", "B:y", "A:z", "base:w", "base:v", "C:u", "base:q");

        void Switch(string name, Scripted self, object m)
        {
            switch (((string)m).Split(' '))
            {
                case ["push", var next]: self.Place.BecomeStacked(n => Switch(next, self, n)); break;
                case ["replace", var next]: self.Place.Become(n => Switch(next, self, n)); break;
                case ["pop"]: self.Place.UnbecomeStacked(); break;
                default: Probe.Ref.Tell($"{name}:{m}"); break;
            }
        }
    }

    [Fact]
    public async Task gets_stashed_messages_back_before_what_is_queued()
    {
        var open = false;
        var actor = Spawn((self, m) =>
        {
            if (m is "open")
            {
                open = true;
                self.Stash.UnstashAll();
            }
            else if (open)
                Probe.Ref.Tell(m);
            else
                self.Stash.Stash();
        });
        foreach (var m in new[] { "1", "2", "open", "3" })
            actor.Tell(m);

        await Probe.Expect("1", "2", "3");
    }

    [Fact]
    public async Task cannot_stash_a_message_twice_or_beyond_its_capacity()
    {
        var actor = System.ActorOf(Script((self, m) =>
        {
            self.Stash.Stash();
            Probe.Ref.Tell(Record.Exception(self.Stash.Stash)!.GetType());
        }).WithStashCapacity(2));
        actor.Tell("1");
        actor.Tell("2");
        await Probe.Expect(typeof(IllegalActorStateException), typeof(IllegalActorStateException));

        var full = System.ActorOf(Script((self, m) => Probe.Ref.Tell(Record.Exception(self.Stash.Stash)?.GetType() ?? typeof(void))).WithStashCapacity(1));
        full.Tell("1");
        full.Tell("2");
        await Probe.Expect(typeof(void), typeof(StashOverflowException));
    }

    [Fact]
    public async Task runs_an_asynchronous_handler_alone_and_knows_itself_after_each_await()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Spawn((self, m) => self.Run(async () =>
        {
            var from = self.From;
            Probe.Ref.Tell($"{m}.begin");
            await gate.Task;
            Probe.Ref.Tell($"{m}.end {from.Equals(self.From)} {self.Place.Self.Equals(self.Me)}");
        }));
        actor.Tell("a", Probe.Ref);
        actor.Tell("b", Probe.Ref);
        await Probe.Expect("a.begin");
        gate.SetResult();

        await Probe.Expect("a.end True True", "b.begin", "b.end True True");
    }

    [Fact]
    public async Task fails_with_the_message_when_an_asynchronous_handler_throws()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = Spawn(
            (self, m) =>
            {
                if (m is "boom")
                    self.Run(async () => { await gate.Task; Fail("late"); });
                else
                    Probe.Ref.Tell(m);
            },
            "a",
            Probe);
        actor.Tell("boom");
        actor.Tell("next");
        gate.SetResult();

        await Probe.Expect("a.PreStart", "a.PreRestart(boom)", "a.PostStop", "a.PostRestart", "a.PreStart", "next");
    }
}
