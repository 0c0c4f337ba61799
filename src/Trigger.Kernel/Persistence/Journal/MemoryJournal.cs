using System.Collections.Immutable;
using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Persistence.Journal;

/// <summary>A journal that forgets with the process.</summary>
public class MemoryJournal : AsyncWriteJournal
{
    private readonly MemoryEvents _events;

    public MemoryJournal()
        : this(new MemoryEvents())
    {
    }

    public MemoryJournal(MemoryEvents events) => _events = events;

    public override Task ReplayMessagesAsync(
        IActorContext context, string persistenceId, long fromSequenceNr, long toSequenceNr, long max, Action<IPersistentRepresentation> recoveryCallback)
    {
        foreach (var @event in _events.Between(persistenceId, fromSequenceNr, toSequenceNr, max))
            recoveryCallback(@event);
        return Task.CompletedTask;
    }

    public override Task<long> ReadHighestSequenceNrAsync(string persistenceId, long fromSequenceNr) => Task.FromResult(_events.Highest(persistenceId));

    protected override Task<IImmutableList<Exception?>?> WriteMessagesAsync(IEnumerable<AtomicWrite> messages)
    {
        _events.Append(messages);
        return Task.FromResult<IImmutableList<Exception?>?>(null);
    }

    protected override Task DeleteMessagesToAsync(string persistenceId, long toSequenceNr)
    {
        _events.DeleteTo(persistenceId, toSequenceNr);
        return Task.CompletedTask;
    }
}
