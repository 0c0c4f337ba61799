namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// The user's messages of one mailbox: many producers, one consumer, unbounded. A chain of rings, each twice as long as the one that was too
/// short; in steady state there is one ring and nothing is allocated. An actor that was never told anything has none.
/// </summary>
internal struct MessageQueue
{
    private const int FirstCapacity = 4;

    // 24 bytes a message: longer rings would buy nothing for a backlog and cost much to clear.
    private const int MaxCapacity = 4 * 1024;

    // What a burst has left behind is given back when the queue is empty; below this it is kept.
    private const int KeptCapacity = 256;

    private MessageRing? _last;

    // The consumer's own. The slots are here as well, since the ring's line is the producers' to write.
    private MessageRing? _first;
    private MessageRing.Slot[]? _slots;
    private long _head;

    /// <summary>
    /// True as soon as a producer has its place, which is before the message is in it. So a producer that finds the mailbox scheduled may
    /// leave it at that: the run that ends after it sees the place.
    /// </summary>
    internal readonly bool MayHaveMore
    {
        get
        {
            var ring = Volatile.Read(in _first);
            return ring is not null && (ring.Tail != _head || (ring.IsClosed && ring.Next is not null));
        }
    }

    internal void Enqueue(object message, IActorRef? sender)
    {
        var last = Volatile.Read(ref _last);
        if (last is null || !last.TryEnqueue(message, sender))
            EnqueueBehind(message, sender);
    }

    /// <summary>Only the consumer. False also while the next message is being put in its place.</summary>
    internal bool TryDequeue(out Envelope envelope)
    {
        var slots = _slots;
        if (slots is not null)
        {
            ref var slot = ref slots[(int)_head & (slots.Length - 1)];
            if (Volatile.Read(ref slot.Sequence) == (int)_head + 1)
            {
                envelope = new Envelope(slot.Message!, slot.Sender);
                slot.Message = null;
                slot.Sender = null;
                Volatile.Write(ref slot.Sequence, (int)_head + slots.Length);
                _head++;
                return true;
            }
        }

        if (MoveOn())
            return TryDequeue(out envelope);

        envelope = default;
        return false;
    }

    /// <summary>Only the consumer: lets go of a ring that a burst has made long, if nothing is in it.</summary>
    internal void Trim()
    {
        var ring = _first;
        if (ring is null || ring.Capacity <= KeptCapacity || ring.Tail != _head)
            return;

        ring.Close();
        Interlocked.CompareExchange(ref _last, ring.Follow(FirstCapacity), ring);
        MoveOn();
    }

    private bool MoveOn()
    {
        var ring = Volatile.Read(ref _first);
        if (ring is null)
            return false;

        if (_slots is null)
        {
            _slots = ring.Slots;
            return true;
        }

        // Closed and empty: whoever closed it has linked, or is about to link, the next one, and knocks when it is done.
        if (!ring.IsClosed || ring.Tail != _head || ring.Next is not { } next)
            return false;

        _first = next;
        _slots = next.Slots;
        _head = 0;
        return true;
    }

    private void EnqueueBehind(object message, IActorRef? sender)
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            if (last is null)
            {
                var first = new MessageRing(FirstCapacity);
                first = Interlocked.CompareExchange(ref _first, first, null) ?? first;
                Interlocked.CompareExchange(ref _last, first, null);
                continue;
            }

            if (last.TryEnqueue(message, sender))
                return;

            last.Close();
            Interlocked.CompareExchange(ref _last, last.Follow(Math.Min(last.Capacity * 2, MaxCapacity)), last);
        }
    }
}
