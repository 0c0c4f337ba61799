using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Tests.Kernel;

public sealed class An_inbox() : KernelSpec(BootstrapSetup.Create().WithConfig("akka.actor.inbox.inbox-size = 2"))
{
    [Fact]
    public async Task gets_the_answers_to_what_it_sent()
    {
        using var inbox = Inbox.Create(System);
        inbox.Send(Spawn((actor, message) => actor.From.Tell($"{message}!")), "hello");

        Assert.Equal("hello!", await inbox.ReceiveAsync());
    }

    [Fact]
    public async Task answers_a_failure_when_its_time_is_up_and_not_a_tick_before()
    {
        using var inbox = Inbox.Create(System);
        var received = inbox.ReceiveAsync(Second);
        Clock.Advance(Second - TimeSpan.FromTicks(1));
        Assert.False(received.IsCompleted);
        Clock.Advance(TimeSpan.FromTicks(1));

        Assert.IsType<TimeoutException>(Assert.IsType<Status.Failure>(await received.WaitAsync(Patience, TestContext.Current.CancellationToken)).Cause);
    }

    [Fact]
    public async Task leaves_what_is_not_wanted_for_later()
    {
        using var inbox = Inbox.Create(System);
        inbox.Receiver.Tell("first");
        inbox.Receiver.Tell("second");
        await Processed(inbox.Receiver);

        Assert.Equal("second", inbox.ReceiveWhere(message => message is "second"));
        Assert.Equal("first", inbox.Receive());
    }

    [Fact]
    public async Task watches_actors()
    {
        using var inbox = Inbox.Create(System);
        var actor = Spawn((_, _) => { });
        inbox.Watch(actor);
        await Processed(inbox.Receiver);
        System.Stop(actor);

        Assert.Equal(actor, Assert.IsType<Terminated>(await inbox.ReceiveAsync()).ActorRef);
    }

    [Fact]
    public async Task makes_a_dead_letter_of_what_it_cannot_hold()
    {
        System.EventStream.Subscribe<DeadLetter>(Probe.Ref);
        using var inbox = Inbox.Create(System);
        foreach (var message in new[] { "one", "two", "three" })
            inbox.Receiver.Tell(message);

        Assert.Equal("three", (await Probe.Expect<DeadLetter>()).Message);
    }
}
