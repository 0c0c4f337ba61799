using Trigger.Kernel.Actor;
using Trigger.Kernel.Actor.Setup;
using Trigger.Kernel.Persistence.Journal;

namespace Trigger.Kernel.Hosting;

/// <summary>Which journal a system writes to. Ours alone; without it each system has one in memory.</summary>
/// <param name="journal">Makes the props of an <see cref="AsyncWriteJournal"/>; called once per system.</param>
public sealed class JournalSetup(Func<Props> journal) : Setup
{
    internal const string InMemoryPlugin = "akka.persistence.journal.inmem";

    public Func<Props> Journal { get; } = journal;

    /// <summary>More journals, by the id that an actor names as its JournalPluginId.</summary>
    public IReadOnlyDictionary<string, Func<Props>> Others { get; init; } = new Dictionary<string, Func<Props>>();

    /// <summary>How many actors may recover at once. Default 50.</summary>
    public int MaxConcurrentRecoveries { get; init; } = 50;

    /// <summary>How long a recovering actor waits for its next event before it gives up and stops. Default 30 s.</summary>
    public TimeSpan RecoveryEventTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What stands between the actors' events and what is stored. Default: nothing.</summary>
    public EventAdapters EventAdapters { get; init; } = EventAdapters.None;

    /// <summary>What is done when two incarnations wrote at the same time. Default: what the older one still wrote is left out.</summary>
    public ReplayFilterMode ReplayFilter { get; init; } = ReplayFilterMode.RepairByDiscardOld;

    /// <param name="events">Shared, they outlive the system; null for events of its own.</param>
    public static JournalSetup InMemory(MemoryEvents? events = null)
    {
        events ??= new MemoryEvents();
        return new JournalSetup(() => Props.Create(() => new MemoryJournal(events)));
    }
}
