using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Tests.Kernel;

public sealed class An_event_bus : KernelSpec
{
    private readonly Paths _bus = new();

    [Fact]
    public async Task tells_the_subscribers_of_a_class_and_of_what_contains_it()
    {
        Assert.True(_bus.Subscribe(Probe.Ref, "a"));
        _bus.Publish("b/x");
        _bus.Publish("a/x");
        _bus.Publish("a");

        await Probe.Expect("a/x", "a");
    }

    [Fact]
    public async Task tells_each_subscriber_once()
    {
        Assert.True(_bus.Subscribe(Probe.Ref, "a"));
        Assert.True(_bus.Subscribe(Probe.Ref, "a/b"));
        Assert.False(_bus.Subscribe(Probe.Ref, "a"));
        _bus.Publish("a/b");

        await Probe.Expect("a/b");
        await Probe.ExpectNothingBefore("marker");
    }

    [Fact]
    public async Task tells_nothing_to_those_who_left()
    {
        _bus.Subscribe(Probe.Ref, "a");
        _bus.Subscribe(Probe.Ref, "b");
        Assert.True(_bus.Unsubscribe(Probe.Ref, "a"));
        Assert.False(_bus.Unsubscribe(Probe.Ref, "a"));
        _bus.Publish("a");
        _bus.Publish("b");
        await Probe.Expect("b");

        Assert.True(_bus.Unsubscribe(Probe.Ref));
        Assert.False(_bus.Unsubscribe(Probe.Ref));
        _bus.Publish("b");
        await Probe.ExpectNothingBefore("marker");
    }

    private sealed class Paths : ActorEventBus<string, string>
    {
        protected override bool IsSubClassification(string parent, string child) => child.StartsWith(parent + "/", StringComparison.Ordinal);

        protected override void Publish(string @event, IActorRef subscriber) => subscriber.Tell(@event);

        protected override bool Classify(string @event, string classifier) => @event.StartsWith(classifier, StringComparison.Ordinal);

        protected override string GetClassifier(string @event) => @event;
    }
}
