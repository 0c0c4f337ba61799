using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Event;
using Trigger.Lab.TestKit.EventFilters;
using Trigger.Lab.TestKit.Internal;

namespace Trigger.Lab.TestKit;

/// <summary>
/// A system under test and an actor in it that speaks for the test, with Akka.NET's names and semantics and without any test framework. Derive a test class from
/// it (or from <see cref="TestKit"/>), or make a <see cref="TestKit"/> where one is needed.
/// <para>All waiting is on the machine's clock, also where the system has a <see cref="TestScheduler"/>. Asynchronous forms hold no thread while they wait.</para>
/// </summary>
public abstract class TestKitBase : TestKitActors
{
    private readonly TestEventListener? listener;
    private readonly bool ownsSystem;
    private int probes;

    /// <param name="assertions">How failures are told.</param>
    /// <param name="system">The system under test; null makes one that <see cref="Shutdown"/> ends.</param>
    /// <param name="setup">For a system made here.</param>
    /// <param name="actorSystemName">For a system made here. Default "test".</param>
    /// <param name="testActorName">The test actor's; null for one that is free.</param>
    /// <param name="settings">How patient the test is; null for what <c>akka.test</c> says in the system's configuration.</param>
    protected TestKitBase(
        ITestKitAssertions assertions, ActorSystem? system = null, ActorSystemSetup? setup = null, string? actorSystemName = null, string? testActorName = null, TestKitSettings? settings = null)
        : this(assertions, settings, system ?? ActorSystem.Create(actorSystemName ?? "test", setup ?? ActorSystemSetup.Empty), testActorName, strategy: null)
    {
        ownsSystem = system is null;
        listener = TestEventListener.Of(Sys);
        EventFilter = new EventFilterFactory(this, listener);
        if (this is not INoImplicitSender)
            TestActorContext.Enter(TestActor);
    }

    private protected TestKitBase(ITestKitAssertions assertions, TestKitSettings? settings, ActorSystem system, string? testActorName, SupervisorStrategy? strategy)
        : base(assertions, settings ?? new TestKitSettings(system.Settings.Config), system)
    {
        CallingThreadDispatcher.In(system);
        TestActor = system.SystemActorOf(Props.Create(() => new TestActor(Received.Writer, strategy)), testActorName ?? $"testActor{system.NextUid()}");
        EventFilter = null!; // A probe has none; its kit has.
    }

    public IActorRef TestActor { get; }

    public ILoggingAdapter Log => Sys.Log;

    /// <summary>Waits for log events, and swallows them meanwhile.</summary>
    public EventFilterFactory EventFilter { get; }

    /// <summary>Messages the predicate accepts never reach the test.</summary>
    public void IgnoreMessages(Predicate<object> shouldIgnoreMessage) => Ask(done => new TestActor.Ignore(shouldIgnoreMessage, done));

    public void IgnoreMessages<T>(Predicate<T>? shouldIgnoreMessage = null) =>
        IgnoreMessages(message => message is T fits && (shouldIgnoreMessage?.Invoke(fits) ?? true));

    public void IgnoreNoMessages() => Ask(done => new TestActor.Ignore(null, done));

    /// <summary>Acts on messages before the test sees them.</summary>
    public void SetAutoPilot(AutoPilot pilot) => TestActor.Tell(new TestActor.Pilot(pilot), ActorRefs.NoSender);

    /// <summary>The test actor watches; <see cref="TestKitExpecting.ExpectTerminated"/> waits for the end.</summary>
    public IActorRef Watch(IActorRef actorToWatch)
    {
        Ask(done => new TestActor.Watching(actorToWatch, Begins: true, done));
        return actorToWatch;
    }

    public async Task<IActorRef> WatchAsync(IActorRef actorToWatch)
    {
        await AskAsync(done => new TestActor.Watching(actorToWatch, Begins: true, done)).ConfigureAwait(false);
        return actorToWatch;
    }

    public IActorRef Unwatch(IActorRef actorToUnwatch)
    {
        Ask(done => new TestActor.Watching(actorToUnwatch, Begins: false, done));
        return actorToUnwatch;
    }

    public async Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch)
    {
        await AskAsync(done => new TestActor.Watching(actorToUnwatch, Begins: false, done)).ConfigureAwait(false);
        return actorToUnwatch;
    }

    /// <summary>An actor below the test actor, which thereby supervises it.</summary>
    public IActorRef ChildActorOf(Props props, string? name = null, CancellationToken cancellationToken = default) =>
        ChildActorOfAsync(props, name, cancellationToken).GetAwaiter().GetResult();

    public IActorRef ChildActorOf<T>(string? name = null, CancellationToken cancellationToken = default)
        where T : ActorBase, new() => ChildActorOf(Props.Create(static () => new T()), name, cancellationToken);

    public Task<IActorRef> ChildActorOfAsync(Props props, string? name = null, CancellationToken cancellationToken = default)
    {
        var born = new TaskCompletionSource<IActorRef>(TaskCreationOptions.RunContinuationsAsynchronously);
        TestActor.Tell(new TestActor.Spawn(props, name, born), ActorRefs.NoSender);
        return born.Task.WaitAsync(Dilated(TestKitSettings.DefaultTimeout), cancellationToken);
    }

    /// <summary>A further test actor with its own queue.</summary>
    /// <param name="name">Null for one that is free.</param>
    /// <param name="supervisorStrategy">For children made with <see cref="ChildActorOf(Props, string?, CancellationToken)"/>.</param>
    public virtual TestProbe CreateTestProbe(string? name = null, SupervisorStrategy? supervisorStrategy = null) => CreateTestProbe(Sys, name, supervisorStrategy);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null, SupervisorStrategy? supervisorStrategy = null) =>
        new(system, Assertions, TestKitSettings, name ?? $"testProbe-{Interlocked.Increment(ref probes)}-{system.NextUid()}", supervisorStrategy);

    public TestLatch CreateTestLatch(int count = 1) => new(this, count);

    public TestBarrier CreateTestBarrier(int count) => new(this, count);

    /// <summary>Filters the log of another system.</summary>
    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, TestEventListener.Of(system));

    public void AwaitCondition(Func<bool> conditionIsFulfilled, TimeSpan? max = null, TimeSpan? interval = null, string? message = null, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(conditionIsFulfilled, max, interval, message, cancellationToken).GetAwaiter().GetResult();

    public Task AwaitConditionAsync(Func<bool> conditionIsFulfilled, TimeSpan? max = null, TimeSpan? interval = null, string? message = null, CancellationToken cancellationToken = default) =>
        AwaitConditionAsync(() => Task.FromResult(conditionIsFulfilled()), max, interval, message, cancellationToken);

    /// <summary>Looks again and again until the condition holds.</summary>
    /// <param name="conditionIsFulfilled">Asked at once and then after every interval.</param>
    /// <param name="max">Then the test fails.</param>
    /// <param name="interval">Default a tenth of <paramref name="max"/>, at most 100 ms.</param>
    /// <param name="message">For the failure.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task AwaitConditionAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan? max = null, TimeSpan? interval = null, string? message = null, CancellationToken cancellationToken = default)
    {
        var limit = RemainingOrDilated(max);
        if (!await HoldsWithin(conditionIsFulfilled, limit, interval, cancellationToken).ConfigureAwait(false))
            throw Failure($"Timeout {limit} expired while waiting for condition.", message);
    }

    public bool AwaitConditionNoThrow(Func<bool> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitConditionNoThrowAsync(() => Task.FromResult(conditionIsFulfilled()), max, interval, cancellationToken).GetAwaiter().GetResult();

    public Task<bool> AwaitConditionNoThrowAsync(Func<Task<bool>> conditionIsFulfilled, TimeSpan max, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        HoldsWithin(conditionIsFulfilled, RemainingOrDilated(max), interval, cancellationToken);

    public void AwaitAssert(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitAssertAsync(assertion, duration, interval, cancellationToken).GetAwaiter().GetResult();

    public Task AwaitAssertAsync(Action assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default) =>
        AwaitAssertAsync(
            () =>
            {
                assertion();
                return Task.CompletedTask;
            },
            duration,
            interval,
            cancellationToken);

    /// <summary>Tries again and again until the assertion does not throw; its last exception is the failure.</summary>
    public async Task AwaitAssertAsync(Func<Task> assertion, TimeSpan? duration = null, TimeSpan? interval = null, CancellationToken cancellationToken = default)
    {
        var patience = new Patience(RemainingOrDilated(duration));
        while (true)
        {
            try
            {
                // Without ConfigureAwait, here and below: the assertion is the test's own and sends as the test actor.
                await assertion();
                return;
            }
            catch (Exception) when (patience.Left > TimeSpan.Zero && !cancellationToken.IsCancellationRequested)
            {
            }

            await Pause(interval ?? TimeSpan.FromMilliseconds(100), patience.Left, cancellationToken);
        }
    }

    /// <summary>Ends a system, by default the one under test.</summary>
    public virtual void Shutdown(ActorSystem? system = null, TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        ShutdownAsync(system, duration, verifySystemShutdown).GetAwaiter().GetResult();

    /// <param name="system">Null for the one under test.</param>
    /// <param name="duration">How long to wait for its end. Default <see cref="TestKitSettings.DefaultTimeout"/>.</param>
    /// <param name="verifySystemShutdown">Whether to fail when it has not ended then.</param>
    public async Task ShutdownAsync(ActorSystem? system = null, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        var ending = (system ?? Sys).Terminate();
        try
        {
            await ending.WaitAsync(Dilated(duration ?? TestKitSettings.DefaultTimeout)).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!verifySystemShutdown)
        {
        }
    }

    internal TestKitException FilterFailure(string text) => Failure(text, hint: null);

    private protected void EndTest()
    {
        TestActorContext.Leave();
        if (ownsSystem)
            Shutdown();
    }

    private static async Task<bool> HoldsWithin(Func<Task<bool>> condition, TimeSpan limit, TimeSpan? interval, CancellationToken cancellationToken)
    {
        var patience = new Patience(limit);
        var pause = interval ?? TimeSpan.FromMilliseconds(Math.Clamp(limit.TotalMilliseconds / 10, 1, 100));
        while (!await condition())
        {
            if (patience.Left <= TimeSpan.Zero && patience.Left != Timeout.InfiniteTimeSpan)
                return false;
            await Pause(pause, patience.Left, cancellationToken);
        }

        return true;
    }

    private static Task Pause(TimeSpan pause, TimeSpan left, CancellationToken cancellationToken) =>
        Task.Delay(left >= TimeSpan.Zero && left < pause ? left : pause, TimeProvider.System, cancellationToken);

    private void Ask(Func<TaskCompletionSource, object> message) => AskAsync(message).GetAwaiter().GetResult();

    private Task AskAsync(Func<TaskCompletionSource, object> message)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        TestActor.Tell(message(done), ActorRefs.NoSender);
        return done.Task.WaitAsync(Dilated(TestKitSettings.DefaultTimeout));
    }
}
