namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// The user's messages of one mailbox: many producers, one consumer, unbounded. A chain of rings, each twice as long as the one that was too
/// short; in steady state there is one ring and nothing is allocated. An actor that was never told anything has none.
/// </summary>
internal struct MessageQueue
{
    private const int FirstCapacity = 4;

    // 24 bytes a message: longer rings would buy nothing for a backlog and cost much to clear.
    private const int MaxCapacity = 256 * 1024;

    // What a burst has left behind is given back when the queue is empty; below this it is kept.
    private const int KeptCapacity = 256;

    private MessageRing? _last;
    private MessageReader? _reader;

    /// <summary>
    /// True as soon as a producer has its place, which is before the message is in it. So a producer that finds the mailbox scheduled may
    /// leave it at that: the run that ends after it sees the place.
    /// </summary>
    internal readonly bool MayHaveMore => Volatile.Read(in _reader) is { MayHaveMore: true };

    /// <summary>For anybody to read, and true of a moment that has passed.</summary>
    internal readonly long RoughCount => Volatile.Read(in _reader)?.RoughCount ?? 0;

    internal void Enqueue(object message, IActorRef? sender)
    {
        var last = Volatile.Read(ref _last);
        if (last is null || !last.TryEnqueue(message, sender))
            EnqueueBehind(message, sender);
    }

    /// <summary>Only the consumer. False also while the next message is being put in its place.</summary>
    internal readonly bool TryDequeue(out Envelope envelope)
    {
        if (Volatile.Read(in _reader) is { } reader)
            return reader.TryDequeue(out envelope);

        envelope = default;
        return false;
    }

    /// <summary>Only the consumer: lets go of a ring that a burst has made long, if nothing is in it.</summary>
    internal void Trim()
    {
        if (_reader is not { IsEmpty: true, Ring: { Capacity: > KeptCapacity } ring } reader)
            return;

        ring.Close();
        Interlocked.CompareExchange(ref _last, ring.Follow(FirstCapacity), ring);
        reader.MoveOn();
    }

    private void EnqueueBehind(object message, IActorRef? sender)
    {
        // Many messages in one handler: their reader need not wait until it ends.
        Lane.Running?.GiveAway();
        while (true)
        {
            var last = Volatile.Read(ref _last);
            if (last is null)
            {
                // Whoever comes second may be through before there is a reader; the first one's own message, and its knock, come after.
                var first = new MessageRing(FirstCapacity);
                if (Interlocked.CompareExchange(ref _last, first, null) is null)
                    Volatile.Write(ref _reader, new MessageReader(first));
                continue;
            }

            if (last.TryEnqueue(message, sender))
                return;

            last.Close();
            Interlocked.CompareExchange(ref _last, last.Follow(Math.Min(last.Capacity * 2, MaxCapacity)), last);
        }
    }
}
