using System.Text.RegularExpressions;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;
using Trigger.Lab.TestKit;

namespace Trigger.Tests.Lab.TestKit;

public sealed class An_event_filter : Trigger.Lab.TestKit.TestKit
{
    public An_event_filter()
        : base(settings: new TestKitSettings { TestEventFilterLeeway = TimeSpan.FromSeconds(20) })
    {
    }

    [Fact]
    public async Task counts_events_by_level_text_and_source()
    {
        await EventFilter.Error("gone wrong").ExpectOneAsync(() => Log.Error("gone wrong"));
        await EventFilter.Warning(start: "care").ExpectOneAsync(() => Log.Warning("careful"));
        await EventFilter.Info(contains: "b").ExpectAsync(2, () =>
        {
            Log.Info("abc");
            Log.Info("xyz");
            Log.Info("{0}", "b");
        });
        EventFilter.Info(new Regex("^n[0-9]$")).ExpectOne(() => Log.Info("n7"));
        EventFilter.Custom<Info>(info => info.LogSource == "akka://test").ExpectOne(() => Log.Info("here"));
        EventFilter.Warning(source: "akka://test").And.Error().Expect(2, () =>
        {
            Log.Error("one");
            Log.Warning("two");
        });
    }

    [Fact]
    public void counts_exceptions_with_their_inner_ones()
    {
        var actor = ActorOf(() => new Failing());
        EventFilter.Exception<InvalidOperationException>(contains: "deep").ExpectOne(() => actor.Tell("now"));
        EventFilter.Exception<Exception>(source: actor.Path.ToString()).ExpectOne(() => actor.Tell("again"));
    }

    [Fact]
    public void counts_dead_letters()
    {
        var dead = ActorOf<Failing>();
        Watch(dead);
        Sys.Stop(dead);
        ExpectTerminated(dead);
        EventFilter.DeadLetter<string>(text => text == "lost").ExpectOne(() => dead.Tell("lost"));
        EventFilter.DeadLetter<int>(source: dead.Path.ToString()).And.DeadLetter<long>().Expect(2, () =>
        {
            dead.Tell(1);
            dead.Tell(2L);
        });
    }

    [Fact]
    public void fails_on_fewer_and_on_more()
    {
        using var kit = new Trigger.Lab.TestKit.TestKit(Sys, settings: new TestKitSettings { TestEventFilterLeeway = TimeSpan.FromMilliseconds(200) });
        Assert.Contains("Received only 1", Assert.Throws<TestKitException>(() => kit.EventFilter.Error().Expect(2, () => Log.Error("x"))).Message, StringComparison.Ordinal);
        Assert.Contains("1 too many", Assert.Throws<TestKitException>(() => kit.EventFilter.Error().Expect(0, () => Log.Error("x"))).Message, StringComparison.Ordinal);
        kit.EventFilter.Error().Expect(0, () => Log.Info("x"));
    }

    [Fact]
    public async Task swallows_events_while_it_is_muting()
    {
        using (EventFilter.Error("special").Mute())
        {
            var general = EventFilter.Error();
            await general.ExpectOneAsync(() =>
            {
                Log.Error("special");
                Log.Error("other");
            });
        }

        Assert.Equal(3, await EventFilter.Error("special").ExpectOneAsync(() =>
        {
            Log.Error("special");
            return Task.FromResult(3);
        }));
    }

    private sealed class Failing : UntypedActor
    {
        protected override void OnReceive(object message) => throw new InvalidOperationException("outer", new ArgumentException("deep"));
    }
}
