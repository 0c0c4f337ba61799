namespace Trigger.Kernel.Persistence.Journal;

/// <summary>The events of a journal in memory. Given to two systems in turn, the second recovers what the first wrote.</summary>
public sealed class MemoryEvents
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Stream> _streams = [];

    internal void Append(IEnumerable<AtomicWrite> writes)
    {
        lock (_gate)
        {
            foreach (var write in writes)
            {
                var stream = StreamOf(write.PersistenceId);
                stream.Events.AddRange(write.Payload);
                stream.Highest = Math.Max(stream.Highest, write.HighestSequenceNr);
            }
        }
    }

    internal long Highest(string persistenceId)
    {
        lock (_gate)
            return _streams.TryGetValue(persistenceId, out var stream) ? stream.Highest : 0;
    }

    internal IReadOnlyList<IPersistentRepresentation> Between(string persistenceId, long from, long to, long max)
    {
        lock (_gate)
        {
            return _streams.TryGetValue(persistenceId, out var stream)
                ? [.. stream.Events.Where(e => e.SequenceNr >= from && e.SequenceNr <= to).Take((int)Math.Min(max, int.MaxValue))]
                : [];
        }
    }

    internal void DeleteTo(string persistenceId, long toSequenceNr)
    {
        lock (_gate)
            StreamOf(persistenceId).Events.RemoveAll(e => e.SequenceNr <= toSequenceNr);
    }

    private Stream StreamOf(string persistenceId)
    {
        if (!_streams.TryGetValue(persistenceId, out var stream))
            _streams.Add(persistenceId, stream = new Stream());
        return stream;
    }

    private sealed class Stream
    {
        internal List<IPersistentRepresentation> Events { get; } = [];

        // Survives deletion, as the numbers must never be used again.
        internal long Highest { get; set; }
    }
}
