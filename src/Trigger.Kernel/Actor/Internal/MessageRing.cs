namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// A bounded ring for many producers and one consumer (D. Vyukov's bounded queue). The sequence of a slot tells whose turn it is: equal to the
/// position, a producer's; one more, the consumer's; a whole round more, the next producer's.
/// </summary>
internal sealed class MessageRing
{
    private const long Closed = long.MinValue;

    // A few hundred nanoseconds.
    private const int ContendedSpins = 10;

    private long _tail;
    private MessageRing? _next;

#pragma warning disable CS0169, IDE0051, CA1823 // Room, not a value.
    private readonly CacheLine _beforeTheSlots;
#pragma warning restore CS0169, IDE0051, CA1823

    /// <param name="capacity">A power of two.</param>
    internal MessageRing(int capacity)
    {
        Slots = new Slot[capacity];
        for (var i = 0; i < capacity; i++)
            Slots[i].Sequence = i;
    }

    internal Slot[] Slots { get; }

    internal int Capacity => Slots.Length;

    /// <summary>The position that the next producer takes; all before it are taken.</summary>
    internal long Tail => Volatile.Read(ref _tail) & ~Closed;

    internal bool IsClosed => Volatile.Read(ref _tail) < 0;

    internal MessageRing? Next => Volatile.Read(ref _next);

    /// <summary>False when the ring is full or closed.</summary>
    internal bool TryEnqueue(object message, IActorRef? sender)
    {
        var slots = Slots;
        while (true)
        {
            var tail = Volatile.Read(ref _tail);
            if (tail < 0)
                return false;

            ref var slot = ref slots[(int)tail & (slots.Length - 1)];
            var ahead = Volatile.Read(ref slot.Sequence) - (int)tail;
            if (ahead < 0)
                return false;

            // Ahead of us: another producer took the place between our two reads.
            if (ahead == 0 && Interlocked.CompareExchange(ref _tail, tail + 1, tail) == tail)
            {
                slot.Message = message;
                slot.Sender = sender;
                Volatile.Write(ref slot.Sequence, (int)tail + 1);
                return true;
            }

            // Whoever has the line of the cache should put in several before it goes to the next core: without this pause two producers are slower together than one alone.
            Thread.SpinWait(ContendedSpins);
        }
    }

    /// <summary>From now on nobody gets a place here.</summary>
    internal void Close() => Interlocked.Or(ref _tail, Closed);

    /// <summary>The ring after this one, made if nobody has made it yet. Under a lock, since rings are large and made by all who find this one full.</summary>
    internal MessageRing Follow(int capacity)
    {
        lock (Slots)
        {
            if (_next is null)
                Volatile.Write(ref _next, new MessageRing(capacity));
            return _next;
        }
    }

    internal struct Slot
    {
        internal object? Message;
        internal IActorRef? Sender;
        internal int Sequence;
    }
}
