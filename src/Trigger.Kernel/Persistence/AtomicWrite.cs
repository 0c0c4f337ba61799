using System.Collections.Immutable;

namespace Trigger.Kernel.Persistence;

/// <summary>Events of one persistent actor that are stored together or not at all.</summary>
public sealed class AtomicWrite
{
    public AtomicWrite(IPersistentRepresentation @event)
        : this(ImmutableArray.Create(@event))
    {
    }

    /// <exception cref="ArgumentException">There is no event, or there are events of several actors.</exception>
    public AtomicWrite(IImmutableList<IPersistentRepresentation> payload)
    {
        if (payload.Count == 0)
            throw new ArgumentException("An atomic write needs at least one event.", nameof(payload));

        if (payload.Any(e => e.PersistenceId != payload[0].PersistenceId))
            throw new ArgumentException($"An atomic write must not mix persistence ids; it begins with [{payload[0].PersistenceId}].", nameof(payload));

        Payload = payload;
    }

    public IImmutableList<IPersistentRepresentation> Payload { get; }

    public int Size => Payload.Count;

    public string PersistenceId => Payload[0].PersistenceId;

    public long LowestSequenceNr => Payload[0].SequenceNr;

    public long HighestSequenceNr => Payload[^1].SequenceNr;
}
