using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Configuration;
using Trigger.Kernel.Hosting;
using Trigger.Lab.TestKit;
using Trigger.Lab.TestKit.TestActors;

namespace Trigger.Tests.Lab.TestKit;

public sealed class A_test_kit : Trigger.Lab.TestKit.TestKit
{
    private static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(30);

    [Fact]
    public async Task is_the_sender_of_what_a_test_tells_also_after_an_await()
    {
        var echo = Sys.ActorOf(EchoActor.Props(this));

        echo.Tell("first");
        await ExpectMsgAsync("first", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(TestActor, LastSender);
        echo.Tell("second");
        await ExpectMsgFromAsync(TestActor, "second", cancellationToken: TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task takes_one_message_for_one_expectation_and_fails_at_once_on_another_type()
    {
        TestActor.Tell("text");
        TestActor.Tell(42);

        var failure = await Assert.ThrowsAsync<TestKitException>(async () => await ExpectMsgAsync<int>(TimeSpan.FromHours(1), "a number"));
        Assert.Contains("received {text} (type System.String)", failure.Message, StringComparison.Ordinal);
        Assert.Contains("(a number)", failure.Message, StringComparison.Ordinal);
        Assert.Equal(42, ExpectMsg<int>());
    }

    [Fact]
    public void is_as_patient_as_the_configuration_says()
    {
        var settings = new TestKitSettings(ConfigurationFactory.ParseString("akka.test { timefactor = 2.5, single-expect-default = 40ms, default-timeout = 1s, filter-leeway = 70ms }"));

        Assert.Equal((2.5, TimeSpan.FromMilliseconds(40)), (settings.TestTimeFactor, settings.SingleExpectDefault));
        Assert.Equal((TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(70)), (settings.DefaultTimeout, settings.TestEventFilterLeeway));
        Assert.Equal(new TestKitSettings(), new TestKitSettings(ConfigurationFactory.Empty));
        Assert.Throws<ConfigurationException>(() => new TestKitSettings(ConfigurationFactory.ParseString("akka.test.timefactor = 0")));
    }

    [Fact]
    public void says_what_was_missing()
    {
        Assert.Contains("Timeout 00:00:00.0300000", Assert.Throws<TestKitException>(() => ExpectMsg<string>(Brief)).Message, StringComparison.Ordinal);
        TestActor.Tell("x");
        Assert.Contains("Expected [y], got [x]", Assert.Throws<TestKitException>(() => ExpectMsg("y")).Message, StringComparison.Ordinal);
        TestActor.Tell("x");
        Assert.Throws<TestKitException>(() => ExpectMsg<string>(text => text.Length > 1));
        TestActor.Tell("x");
        AwaitCondition(() => HasMessages);
        Assert.Throws<TestKitException>(() => ExpectNoMsg(Brief));
        ExpectNoMsg(Brief);
    }

    [Fact]
    public async Task collects_messages_by_number_by_condition_and_in_any_order()
    {
        foreach (var i in Enumerable.Range(0, 10))
            TestActor.Tell(i);

        Assert.Equal([0, 1], ReceiveN(2).Cast<int>());
        Assert.Equal([2, 3, 4], ReceiveWhile(message => (int)message < 5).Cast<int>());
        Assert.Equal([6, 5], (await ExpectMsgAllOfAsync(6, 5).ToListAsync(TestContext.Current.CancellationToken)).Order().Reverse());
        Assert.Equal(8, FishForMessage<int>(n => n == 8));
        Assert.Equal(9, PeekOne());
        Assert.True(TryReceiveOne(out var envelope));
        Assert.Equal(9, envelope.Message);
        Assert.Null(ReceiveOne(Brief));
        Assert.Throws<TestKitException>(() => ReceiveN(1, Brief));
        TestActor.Tell(1);
        TestActor.Tell(2);
        Assert.Contains("Did not receive [3], but [2]", Assert.Throws<TestKitException>(() => ExpectMsgAllOf(1, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ignores_what_it_is_told_to()
    {
        IgnoreMessages<string>();
        TestActor.Tell("no");
        TestActor.Tell(1);
        Assert.Equal(1, await ExpectMsgAsync<int>(cancellationToken: TestContext.Current.CancellationToken));
        IgnoreNoMessages();
        TestActor.Tell("yes");
        ExpectMsg("yes");
        TestActor.Tell("rest");
        Assert.Equal(["rest"], await WaitForRadioSilenceAsync(Brief, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void gives_a_block_one_limit_for_all_its_expectations()
    {
        Assert.Throws<InvalidOperationException>(() => Remaining);
        Within(TimeSpan.FromSeconds(30), () =>
        {
            Assert.InRange(Remaining, TimeSpan.Zero, TimeSpan.FromSeconds(30));
            Within(TimeSpan.FromHours(1), () => Assert.InRange(Remaining, TimeSpan.Zero, TimeSpan.FromSeconds(30)));
        });
        Assert.Throws<TestKitException>(() => Within(Brief, () => ExpectMsg<string>()));
        Assert.Contains("at least", Assert.Throws<TestKitException>(() => Within(Brief, TimeSpan.FromSeconds(30), () => { })).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => Remaining);
    }

    [Fact]
    public async Task looks_again_until_a_condition_or_an_assertion_holds()
    {
        var asked = 0;
        await AwaitConditionAsync(() => ++asked == 3, interval: TimeSpan.FromMilliseconds(1), cancellationToken: TestContext.Current.CancellationToken);
        await AwaitAssertAsync(() => Assert.Equal(6, ++asked), interval: TimeSpan.FromMilliseconds(1), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Throws<TestKitException>(() => AwaitCondition(() => false, Brief));
        Assert.False(AwaitConditionNoThrow(() => false, Brief));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AwaitAssert(() => Assert.Fail("never"), Brief));
    }

    [Fact]
    public async Task watches_and_supervises()
    {
        var child = await WatchAsync(await ChildActorOfAsync(BlackHoleActor.Props, "child", TestContext.Current.CancellationToken));
        Assert.Equal(TestActor.Path / "child", child.Path);
        child.Tell(PoisonPill.Instance);
        Assert.True(ExpectTerminated(child).ExistenceConfirmed);
        await Assert.ThrowsAsync<InvalidActorNameException>(() => ChildActorOfAsync(BlackHoleActor.Props, "a b", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task has_latches_and_barriers()
    {
        var latch = CreateTestLatch(2);
        latch.CountDown();
        Assert.False(latch.IsOpen);
        Assert.Throws<TimeoutException>(() => latch.Ready(Brief));
        latch.CountDown();
        await latch.ReadyAsync();
        latch.Reset();
        Assert.False(latch.IsOpen);

        var barrier = CreateTestBarrier(2);
        await Assert.ThrowsAsync<TimeoutException>(() => barrier.AwaitAsync(Brief));
        await barrier.AwaitAsync();
    }

    [Fact]
    public void can_move_the_time_of_its_system()
    {
        var clock = new TestScheduler();
        using var kit = new Trigger.Lab.TestKit.TestKit(setup: ActorSystemSetup.Create(new KernelSetup { Time = clock }));
        kit.Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(1), kit.TestActor, "late", ActorRefs.NoSender);

        clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        kit.ExpectNoMsg(Brief);
        clock.Advance(TimeSpan.FromTicks(1));
        kit.ExpectMsg("late");
    }

    [Fact]
    public void multiplies_its_patience()
    {
        using var kit = new Trigger.Lab.TestKit.TestKit(settings: new TestKitSettings { TestTimeFactor = 2 });
        Assert.Equal(TimeSpan.FromSeconds(6), kit.RemainingOrDefault);
        Assert.Equal(TimeSpan.FromSeconds(2), kit.Dilated(TimeSpan.FromSeconds(1)));
    }
}
