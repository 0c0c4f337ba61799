using Trigger.Kernel;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Kernel.Pattern;
using Trigger.Kernel.Util;

namespace Trigger.Tests.Kernel;

/// <summary>Breakers, backoffs, retries and shutdowns at their limits.</summary>
public sealed class Edges_of_patterns : KernelSpec
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task a_child_that_fails_gets_as_many_new_beginnings_as_were_granted(int granted)
    {
        var child = Script((_, _) => Fail("told to"), Probe);
        var supervisor = System.ActorOf(BackoffSupervisor.Props(Backoff.OnFailure(child, "child", Second, Second, 0.0, granted).WithManualReset()));
        Probe.Watch(supervisor);
        for (var begun = 0; begun <= granted; begun++)
        {
            await Probe.Expect("child.PreStart");
            Assert.Equal(begun, (await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, TestContext.Current.CancellationToken)).Count);
            supervisor.Tell("fail");
            await Probe.Expect("child.PostStop");
            if (begun < granted)
            {
                while ((await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, TestContext.Current.CancellationToken)).Count <= begun)
                {
                }

                Clock.Advance(Second);
            }
        }

        Assert.Equal(supervisor, (await Probe.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task what_a_child_tells_its_parent_goes_to_the_parent_s_parent_and_the_rest_to_the_child()
    {
        var child = Script((actor, message) =>
        {
            if (message is "ask above")
                actor.Place.Parent.Tell("from below", actor.Me);
            else
                Probe.Ref.Tell($"child got {message}");
        });
        var top = Spawn(
            (_, message) => Probe.Ref.Tell($"top got {message}"),
            onStart: self => self.Place.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(child, "child", Second, Second, 0.0)), "backoff"));
        await Processed(top);
        var supervisor = await System.ActorSelection(top.Path / "backoff").ResolveOne(Patience, TestContext.Current.CancellationToken);
        supervisor.Tell("ask above");
        await Probe.Expect("top got from below");
        supervisor.Tell("work");
        await Probe.Expect("child got work");
    }

    [Fact]
    public async Task a_final_message_ends_a_supervisor_whose_child_pauses_and_no_other_message_does()
    {
        var child = Script((self, _) => self.Place.Stop(self.Me), Probe);
        var supervisor = System.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(child, "child", Second, Second, 0.0).WithFinalStopMessage(message => message is "final").WithReplyWhileStopped("paused")));
        Probe.Watch(supervisor);
        await Probe.Expect("child.PreStart");
        supervisor.Tell("stop");
        await Probe.Expect("child.PostStop");
        while ((await supervisor.Ask<BackoffSupervisor.CurrentChild>(BackoffSupervisor.GetCurrentChild.Instance, TestContext.Current.CancellationToken)).Ref.IsNobody() is false)
        {
        }

        supervisor.Tell("not final", Probe.Ref);
        await Probe.Expect("paused");
        supervisor.Tell("final", Probe.Ref);
        await Probe.Expect("paused");
        Assert.Equal(supervisor, (await Probe.Expect<Terminated>()).ActorRef);
    }

    [Fact]
    public async Task a_reset_by_hand_begins_the_count_anew()
    {
        var supervisor = System.ActorOf(BackoffSupervisor.Props(Backoff.OnStop(Script((self, _) => self.Place.Stop(self.Me), Probe), "child", Second, Second, 0.0).WithManualReset()));
        await Probe.Expect("child.PreStart");
        supervisor.Tell("stop");
        await Probe.Expect("child.PostStop");
        while ((await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, TestContext.Current.CancellationToken)).Count == 0)
        {
        }

        supervisor.Tell(BackoffSupervisor.Reset.Instance);
        Assert.Equal(0, (await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public void backoffs_are_refused_whose_longest_pause_is_shorter_than_the_shortest()
    {
        Assert.ThrowsAny<ArgumentException>(() => Backoff.OnStop(Props.Empty, "child", 2 * Second, Second, 0.0));
        Assert.ThrowsAny<ArgumentException>(() => Backoff.OnFailure(Props.Empty, "child", TimeSpan.Zero, Second, 0.0));
        Assert.ThrowsAny<ArgumentException>(() => Backoff.OnFailure(Props.Empty, "child", Second, Second, 1.1));
        Assert.NotNull(Backoff.OnFailure(Props.Empty, "child", Second, Second, 1.0));
    }

    [Fact]
    public async Task a_breaker_tells_each_turn_to_those_who_asked_for_it_and_counts_anew_when_it_closes()
    {
        var breaker = CircuitBreaker.Create(System.Scheduler, 2, 10 * Second, Second)
            .OnOpen(() => Probe.Ref.Tell("open")).OnHalfOpen(() => Probe.Ref.Tell("half")).OnClose(() => Probe.Ref.Tell("closed"));
        breaker.Fail();
        Assert.Equal(1, breaker.CurrentFailureCount);
        breaker.Fail();
        await Probe.Expect("open");
        Clock.Advance(Second);
        await Probe.Expect("half");
        Assert.Equal(7, breaker.WithSyncCircuitBreaker(() => 7));
        await Probe.Expect("closed");
        Assert.Equal(0, breaker.CurrentFailureCount);

        // One failure is borne again.
        breaker.Fail();
        Assert.True(breaker.IsClosed);
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task a_retry_tries_as_often_as_it_may_and_gives_the_last_failure()
    {
        var tried = 0;
        Task<int> Attempt() => ++tried < 3 ? Task.FromException<int>(new InvalidOperationException($"{tried}")) : Task.FromResult(tried);
        Assert.Equal(3, await RetrySupport.Retry(Attempt, 2));
        tried = 0;
        Assert.Equal("2", (await Assert.ThrowsAsync<InvalidOperationException>(() => RetrySupport.Retry(Attempt, 1))).Message);
        Assert.Equal(2, tried);
        await Assert.ThrowsAsync<ArgumentNullException>(() => RetrySupport.Retry<int>(null!, 1));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => RetrySupport.Retry(Attempt, -1));
        var waits = new List<int>();
        tried = 0;
        await RetrySupport.Retry(Attempt, 5, n =>
        {
            waits.Add(n);
            return Option<TimeSpan>.None;
        }, null);
        Assert.Equal([1, 2], waits);
    }

    [Fact]
    public async Task a_phase_that_is_switched_off_does_nothing_and_a_failed_or_late_task_is_said_in_the_log()
    {
        var system = ActorSystem.Create("phases", Trigger.Kernel.Actor.Setup.ActorSystemSetup.Create(
            new Trigger.Kernel.Hosting.KernelSetup { Time = Clock },
            BootstrapSetup.Create().WithConfig("akka.coordinated-shutdown { default-phase-timeout = 1s, phases.service-unbind.enabled = off }")));
        var probe = new Probe(system);
        system.EventStream.Subscribe<Warning>(Probe.Ref);
        var shutdown = CoordinatedShutdown.Get(system);
        Assert.Equal(39 * Second, shutdown.TotalTimeout);
        Assert.Equal((Second, 10 * Second), (shutdown.Timeout("service-stop"), shutdown.Timeout("cluster-exiting")));
        var never = new TaskCompletionSource<Done>();
        shutdown.AddTask("service-unbind", "off", () =>
        {
            Probe.Ref.Tell("ran though switched off");
            return Task.FromResult(Done.Instance);
        });
        shutdown.AddTask("service-requests-done", "breaks", () => throw new InvalidOperationException("broken"));
        shutdown.AddTask("service-stop", "hangs", () =>
        {
            Probe.Ref.Tell("hanging");
            return never.Task;
        });

        var run = shutdown.Run(CoordinatedShutdown.UnknownReason.Instance);
        Assert.Contains("Task [breaks] failed in phase [service-requests-done]: broken", (await Probe.Expect<Warning>()).ToString(), StringComparison.Ordinal);
        await Probe.Expect("hanging");
        await Processed(Probe.Ref);
        while (Clock.ArmedTimers == 0)
            await Task.Yield();
        Clock.Advance(Second);
        Assert.Contains("phase [service-stop] timed out after 00:00:01", (await Probe.Expect<Warning>()).ToString(), StringComparison.Ordinal);
        await run.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.True(system.WhenTerminated.IsCompleted);
        _ = probe;
    }

    [Fact]
    public async Task a_bus_asks_twice_whether_an_event_belongs_to_a_class()
    {
        var bus = new Doubtful();
        bus.Subscribe(Probe.Ref, 'a');
        bus.Subscribe(Probe.Ref, 'b');
        bus.Publish("axx");
        bus.Publish("a secret");
        bus.Publish("bxx");

        await Probe.Expect("axx", "bxx");
        await Probe.ExpectNothingBefore("marker");
    }

    private sealed class Doubtful : ActorEventBus<string, char>
    {
        protected override bool IsSubClassification(char parent, char child) => false;

        protected override void Publish(string @event, IActorRef subscriber) => subscriber.Tell(@event);

        protected override bool Classify(string @event, char classifier) => !@event.Contains("secret", StringComparison.Ordinal);

        protected override char GetClassifier(string @event) => @event[0];
    }
}
