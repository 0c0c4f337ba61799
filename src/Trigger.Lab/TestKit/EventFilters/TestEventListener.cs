using System.Runtime.CompilerServices;
using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Lab.TestKit.EventFilters;

/// <summary>One per system: hears every log event and dead letter and lets the filters count.</summary>
internal sealed class TestEventListener
{
    private static readonly ConditionalWeakTable<ActorSystem, TestEventListener> All = [];

    private readonly Lock gate = new();
    private EventFilterBase[] filters = [];

    private TestEventListener(ActorSystem system)
    {
        var ear = system.SystemActorOf(Props.Create(() => new Ear(this)), $"testEventListener{system.NextUid()}");
        system.EventStream.Subscribe<LogEvent>(ear);
        system.EventStream.Subscribe<DeadLetter>(ear);
        system.EventStream.Subscribe<UnhandledMessage>(ear);
    }

    public static TestEventListener Of(ActorSystem system) => All.GetValue(system, static system => new TestEventListener(system));

    public void Add(IEnumerable<EventFilterBase> more)
    {
        lock (gate)
            filters = [.. filters, .. more];
    }

    public void Remove(IEnumerable<EventFilterBase> gone)
    {
        lock (gate)
            filters = [.. filters.Except(gone)];
    }

    // Only the first filter that accepts an event counts it, so that a special one may stand before a general one.
    private void Hear(object heard)
    {
        LogEvent? seen = heard switch
        {
            LogEvent line => line,
            DeadLetter letter => new Warning(letter.Recipient.Path.ToString(), typeof(DeadLetter), letter),
            UnhandledMessage message => new Warning(message.Recipient.Path.ToString(), typeof(UnhandledMessage), message),
            _ => null,
        };
        if (seen is not null)
            _ = Array.Exists(filters, filter => filter.Counts(seen));
    }

    private sealed class Ear(TestEventListener listener) : UntypedActor
    {
        protected override void OnReceive(object message) => listener.Hear(message);
    }
}
