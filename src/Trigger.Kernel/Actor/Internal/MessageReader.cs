namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// The consumer's place in the chain of rings. An object of its own, so that the producers' lines of the cache are not written with every
/// message taken out.
/// </summary>
internal sealed class MessageReader(MessageRing first)
{
    private MessageRing _ring = first;
    private MessageRing.Slot[] _slots = first.Slots;
    private long _head;

#pragma warning disable CS0169, IDE0051, CA1823 // Room, not a value.
    private readonly CacheLine _afterTheHead;
#pragma warning restore CS0169, IDE0051, CA1823

    internal MessageRing Ring => _ring;

    internal bool IsEmpty => _ring.Tail == _head;

    internal bool MayHaveMore => _ring.Tail != _head || (_ring.IsClosed && _ring.Next is not null);

    internal long RoughCount
    {
        get
        {
            // A foreign thread may see the ring of one moment and the place of another; never less than nothing comes of it.
            var ring = Volatile.Read(ref _ring);
            var count = Math.Max(0, ring.Tail - Volatile.Read(ref _head));
            for (var next = ring.Next; next is not null; next = next.Next)
                count += next.Tail;
            return count;
        }
    }

    internal bool TryDequeue(out Envelope envelope)
    {
        do
        {
            var slots = _slots;
            var head = (int)_head;
            ref var slot = ref slots[head & (slots.Length - 1)];
            if (Volatile.Read(ref slot.Sequence) == head + 1)
            {
                envelope = new Envelope(slot.Message!, slot.Sender);
                slot.Message = null;
                slot.Sender = null;
                Volatile.Write(ref slot.Sequence, head + slots.Length);
                _head++;
                return true;
            }
        }
        while (MoveOn());

        envelope = default;
        return false;
    }

    internal bool MoveOn()
    {
        // Closed and empty: whoever closed it has linked, or is about to link, the next one, and knocks when it is done.
        if (!_ring.IsClosed || !IsEmpty || _ring.Next is not { } next)
            return false;

        _ring = next;
        _slots = next.Slots;
        _head = 0;
        return true;
    }
}
