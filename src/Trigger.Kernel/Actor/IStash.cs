namespace Trigger.Kernel.Actor;

/// <summary>Messages put aside for later, in the order they came.</summary>
public interface IStash
{
    int Count { get; }

    bool IsEmpty { get; }

    bool NonEmpty { get; }

    bool IsFull { get; }

    /// <summary>How many messages may wait; -1 without a limit.</summary>
    int Capacity { get; }

    /// <summary>Puts the message in progress aside.</summary>
    /// <exception cref="IllegalActorStateException">It is already stashed.</exception>
    /// <exception cref="StashOverflowException">A bounded stash is full.</exception>
    void Stash();

    /// <summary>Gives the oldest message back, in front of the queue.</summary>
    void Unstash();

    /// <summary>Gives all back, in front of the queue and in their order.</summary>
    void UnstashAll();

    void UnstashAll(Func<Envelope, bool> predicate);

    IEnumerable<Envelope> ClearStash();

    void Prepend(IEnumerable<Envelope> envelopes);
}
