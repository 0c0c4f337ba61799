using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence;

namespace Trigger.Tests.Kernel;

public sealed class At_least_once_delivery() : KernelSpec(SnapshotSetup.InMemory())
{
    private static readonly PersistenceSettings.AtLeastOnceDeliverySettings Settings = new(
        redeliverInterval: 10 * Second, redeliveryBurstLimit: 100, warnAfterNumberOfUnconfirmedAttempts: 3, maxUnconfirmedMessages: 3);

    [Fact]
    public async Task sends_again_what_nobody_confirmed_at_its_interval_and_not_a_tick_before()
    {
        var sender = Start();
        sender.Tell("a");
        Assert.Equal(("a", 1), await Delivered());
        await Processed(sender);

        Clock.Advance((10 * Second) - TimeSpan.FromTicks(1));
        await Processed(sender);
        await Probe.ExpectNothingBefore("marker");
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(("a", 1), await Delivered());
    }

    [Fact]
    public async Task sends_nothing_again_that_was_confirmed()
    {
        var sender = Start();
        sender.Tell("a");
        sender.Tell("b");
        await Delivered();
        await Delivered();
        sender.Tell(1L);
        await Processed(sender);
        Clock.Advance(10 * Second);

        Assert.Equal(("b", 2), await Delivered());
    }

    [Fact]
    public async Task goes_on_after_a_restart_with_the_same_ids()
    {
        var sender = Start();
        sender.Tell("a");
        sender.Tell("b");
        await Delivered();
        await Delivered();
        sender.Tell(1L);
        await sender.GracefulStop(Patience);
        Start().Tell("c");

        Assert.Equal(("b", 2), await Delivered());
        Assert.Equal(("c", 3), await Delivered());
    }

    [Fact]
    public async Task remembers_its_unconfirmed_messages_in_a_snapshot()
    {
        var sender = Start();
        sender.Tell("a");
        await Delivered();
        sender.Tell("save");
        await Probe.Expect("saved");
        await sender.GracefulStop(Patience);
        Start();

        Assert.Equal(("a", 1), await Delivered());
    }

    [Fact]
    public async Task warns_of_what_stays_unconfirmed()
    {
        var sender = Start();
        sender.Tell("a");
        await Delivered();
        for (var attempt = 2; attempt <= 3; attempt++)
        {
            await Processed(sender);
            Clock.Advance(10 * Second);
            await Delivered();
        }

        await Processed(sender);
        Clock.Advance(10 * Second);
        await Delivered();
        await Probe.Expect("warned of 1");
    }

    [Fact]
    public async Task sends_no_more_at_a_time_than_its_burst()
    {
        var sender = System.ActorOf(Props.Create(() => new Courier(Probe.Ref, Settings.WithRedeliveryBurstLimit(2))));
        foreach (var message in new[] { "a", "b", "c" })
        {
            sender.Tell(message);
            await Delivered();
        }

        // It looks twice in an interval, and finds nothing overdue the first time.
        for (var looks = 0; looks < 2; looks++)
        {
            await Processed(sender);
            Clock.Advance(5 * Second);
        }

        Assert.Equal([("a", 1), ("b", 2)], [await Delivered(), await Delivered()]);
        await Processed(sender);
        await Probe.ExpectNothingBefore("marker");
        Clock.Advance(5 * Second);
        Assert.Equal(("c", 3), await Delivered());
    }

    [Fact]
    public async Task refuses_more_unconfirmed_messages_than_it_may_have()
    {
        var sender = Start();
        foreach (var message in new[] { "a", "b", "c" })
        {
            sender.Tell(message);
            await Delivered();
        }

        sender.Tell("d");
        await Probe.Expect("too many");
    }

    private IActorRef Start() => System.ActorOf(Props.Create(() => new Courier(Probe.Ref, Settings)));

    private async Task<(string Text, long Id)> Delivered() => await Probe.Expect<(string, long)>();

    private sealed class Courier : AtLeastOnceDeliveryReceiveActor
    {
        private readonly IActorRef _probe;

        public Courier(IActorRef probe, PersistenceSettings.AtLeastOnceDeliverySettings settings)
            : base(settings)
        {
            _probe = probe;
            Recover<string>(Send);
            Recover<long>(id => ConfirmDelivery(id));
            Recover<SnapshotOffer>(offer => SetDeliverySnapshot((AtLeastOnceDeliverySnapshot)offer.Snapshot));
            Command<string>(text => text == "save", _ => SaveSnapshot(GetDeliverySnapshot()));
            Command<string>(text => Persist(text, Send));
            Command<long>(id => Persist(id, confirmed => ConfirmDelivery(confirmed)));
            Command<SaveSnapshotSuccess>(_ => probe.Tell("saved"));
            Command<UnconfirmedWarning>(warning => probe.Tell($"warned of {string.Join(",", warning.UnconfirmedDeliveries.Select(d => d.DeliveryId))}"));
        }

        public override string PersistenceId => "courier";

        private void Send(string text)
        {
            try
            {
                Deliver(_probe.Path, id => (text, id));
            }
            catch (MaxUnconfirmedMessagesExceededException)
            {
                _probe.Tell("too many");
            }
        }
    }
}
