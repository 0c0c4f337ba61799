using Trigger.Kernel.Actor;
using Trigger.Kernel.Hosting;
using Trigger.Kernel.Persistence.Journal;

namespace Trigger.Tests.Kernel;

public sealed class Event_adapters
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task stand_between_an_actor_and_its_journal()
    {
        var events = new MemoryEvents();
        await Run(events, EventAdapters.None.Bind<string>(new Doubling()), ["e"], "recovered 0", "e@1");
        await Run(events, EventAdapters.None, [], "recover stored e", "recovered 1");
        await Run(events, EventAdapters.None.Bind<string>(new Doubling()), [], "recover e", "recover e", "recovered 1");
    }

    [Fact]
    public void take_the_most_derived_type_that_was_bound()
    {
        var (wide, narrow) = (new Doubling(), new Doubling());
        var adapters = EventAdapters.None.Bind<ArgumentNullException>(narrow).Bind<Exception>(wide);

        Assert.Same(narrow, adapters.Get<ArgumentNullException>());
        Assert.Same(wide, adapters.Get<ArgumentException>());
        Assert.Same(IdentityEventAdapter.Instance, adapters.Get<string>());
    }

    private static async Task Run(MemoryEvents events, EventAdapters adapters, string[] commands, params object[] expected)
    {
        var memory = JournalSetup.InMemory(events);
        var system = ActorSystem.Create("adapted", new JournalSetup(memory.Journal) { EventAdapters = adapters });
        var probe = new Probe(system);
        var ledger = system.ActorOf(Props.Create(() => new Ledger("id", probe.Ref)));
        foreach (var command in commands)
            ledger.Tell(command);

        await probe.Expect(expected);
        await system.Terminate().WaitAsync(Patience, TestContext.Current.CancellationToken);
    }

    private sealed class Doubling : IEventAdapter
    {
        public string Manifest(object evt) => "v1";

        public object ToJournal(object evt) => "stored " + evt;

        public IEventSequence FromJournal(object evt, string manifest)
        {
            Assert.Equal("v1", manifest);
            var text = ((string)evt)["stored ".Length..];
            return EventSequence.Create(text, text);
        }
    }
}
