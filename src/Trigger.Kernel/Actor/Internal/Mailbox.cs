using Trigger.Kernel.Hosting;

namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// The queues of one actor and the turn-taking on them. Many producers, one consumer: whoever moves <c>_scheduled</c> from 0 to 1 puts the
/// mailbox on the dispatcher, and only its run touches what is marked as the consumer's.
/// <para>User messages wait in a <see cref="MessageQueue"/>; system messages form a stack that is taken whole and reversed.</para>
/// </summary>
internal sealed class Mailbox : IThreadPoolWorkItem
{
    // Milliseconds. Long enough for an actor with a backlog to get through it beside those who fill it.
    private const int Streak = 10;

    private readonly ActorCell _cell;
    private readonly ActorDispatcher _dispatcher;

    private MessageQueue _user;
    private SystemMessage? _system;
    private int _scheduled;

    // The consumer's own.
    private LinkedList<Envelope>? _prepended;
    private Queue<Envelope>? _signals;
    private Queue<Envelope>? _waiting;
    private int _suspensions;
    private bool _held;
    private bool _closed;
    private byte _activations;
    private int _sharedAt;

    internal Mailbox(ActorCell cell, ActorDispatcher dispatcher)
    {
        _cell = cell;
        _dispatcher = dispatcher;
    }

    /// <summary>While true only system messages are processed. Counted, because a failing parent suspends what may have failed itself.</summary>
    internal bool IsSuspended => _suspensions > 0;

    /// <summary>While true the user's queue waits, and only signals and what the cell itself answers are processed: a persistent actor awaits its journal.</summary>
    internal bool IsHeld
    {
        get => _held;
        set => _held = value;
    }

    private bool MayReceive => _suspensions == 0 && !_cell.IsAwaiting;

    /// <summary>At its turn, waiting for it, or in the midst of an asynchronous handler. For a router's choice: true at one moment says nothing about the next.</summary>
    internal bool IsBusy => Volatile.Read(ref _scheduled) != 0 || _cell.IsAwaiting;

    /// <summary>How many user messages wait, as far as a foreign thread can tell. What is put in front of the queue is not seen.</summary>
    internal long RoughCount => _user.RoughCount;

    internal void Enqueue(object message, IActorRef? sender)
    {
        _user.Enqueue(message, sender);
        Schedule(preferLocal: true);
    }

    internal void EnqueueSystem(SystemMessage message)
    {
        SystemMessage? top;
        do
        {
            top = Volatile.Read(ref _system);
            message.Next = top;
        }
        while (Interlocked.CompareExchange(ref _system, message, top) != top);

        Schedule(preferLocal: true);
    }

    /// <summary>Puts messages in front of the queue; the first given will be the first received. Only from the actor's own run.</summary>
    internal void Prepend(IReadOnlyList<Envelope> envelopes)
    {
        _prepended ??= new LinkedList<Envelope>();
        for (var i = envelopes.Count - 1; i >= 0; i--)
            _prepended.AddFirst(envelopes[i]);
    }

    internal void AddSignal(Envelope signal) => (_signals ??= new Queue<Envelope>()).Enqueue(signal);

    internal void Suspend() => _suspensions++;

    internal void Resume()
    {
        if (_suspensions > 0)
            _suspensions--;
    }

    /// <summary>From now on whatever is queued becomes a dead letter, at the end of this run and of every later one.</summary>
    internal void Close() => _closed = true;

    public void Execute() => Lane.Run(this);

    /// <summary>One turn.</summary>
    internal void Run(Lane lane)
    {
        AmbientCell.Current = _cell;
        bool mayReceive;
        try
        {
            ProcessSystemMessages();
            if (!_closed)
                ProcessUserMessages(lane);
            if (_closed)
                BuryQueue();
            _cell.EndTurn();
        }
        finally
        {
            AmbientCell.Current = null;
            mayReceive = _closed || MayReceive;
        }

        // A full fence: either we see the place that a producer took, or the producer sees that nobody is scheduled.
        Interlocked.Exchange(ref _scheduled, 0);
        if (Volatile.Read(ref _system) is not null || (mayReceive && HasUserWork()))
            Schedule(preferLocal: true);
    }

    private bool HasUserWork() =>
        _signals is { Count: > 0 } || _user.MayHaveMore || ((!_held || _closed) && (_prepended is { Count: > 0 } || _waiting is { Count: > 0 }));

    private void Schedule(bool preferLocal)
    {
        // The plain look first: most messages come while others are waiting, and a failed exchange costs as much as a good one.
        if (Volatile.Read(ref _scheduled) != 0 || Interlocked.CompareExchange(ref _scheduled, 1, 0) != 0)
            return;

        _dispatcher.Schedule(this, preferLocal && !MustShare());
    }

    // Thread-local queues are last in, first out; two actors in endless conversation would starve everybody else of that thread. So one that has been about for a while goes to the end of the
    // common queue, and looks at the clock only now and then. The machine's clock: nothing that can be seen of an actor depends on it.
    private bool MustShare()
    {
        if ((++_activations & 63) != 0)
            return false;

        var now = Environment.TickCount;
        if (now - _sharedAt < Streak)
            return false;

        _sharedAt = now;
        return true;
    }

    private void ProcessUserMessages(Lane lane)
    {
        for (var left = _dispatcher.Turn(_cell.System.Settings.Throughput); left > 0 && !_closed && MayReceive; left--)
        {
            if (!TryDequeue(out var envelope))
            {
                _user.Trim();
                return;
            }

            _cell.Invoke(envelope);
            if (lane.HasNext && HasUserWork())
                lane.GiveAway();

            if (Volatile.Read(ref _system) is not null)
                ProcessSystemMessages();
        }
    }

    private bool TryDequeue(out Envelope envelope)
    {
        if (_signals is not null && _signals.TryDequeue(out envelope))
            return true;

        return _held ? TryTakeWhatCannotWait(out envelope) : TryTake(out envelope);
    }

    // What the cell itself answers goes past a held queue, as it goes past Akka.NET's internal stash: a pill given to a persistent actor
    // takes effect before the handlers of what it is still writing. So do the answers of a journal that is a plain actor.
    private bool TryTakeWhatCannotWait(out Envelope envelope)
    {
        while (_user.TryDequeue(out envelope))
        {
            if (_cell.Actor is not { } actor || actor.CannotWait(envelope.Message))
                return true;
            (_waiting ??= new Queue<Envelope>()).Enqueue(envelope);
        }

        return false;
    }

    private bool TryTake(out Envelope envelope)
    {
        if (_prepended is { First: { } first })
        {
            _prepended.RemoveFirst();
            envelope = first.Value;
            return true;
        }

        if (_waiting is not null && _waiting.TryDequeue(out envelope))
            return true;

        return _user.TryDequeue(out envelope);
    }

    private void ProcessSystemMessages()
    {
        while (Interlocked.Exchange(ref _system, null) is { } newest)
        {
            SystemMessage? next = Reverse(newest);
            while (next is not null)
            {
                var message = next;
                next = message.Next;
                message.Next = null;
                if (_closed)
                    ActorCell.ReceiveAfterEnd(_cell.Self, message);
                else
                    _cell.InvokeSystem(message);
            }
        }
    }

    private void BuryQueue()
    {
        // Answers of a journal that nobody awaits any more. Left where they are, they would count as work for ever.
        _signals = null;
        while (TryTake(out var envelope))
            _cell.Bury(envelope);
    }

    public override string ToString() => _cell.Self.Path.ToString();

    private static SystemMessage Reverse(SystemMessage newest)
    {
        SystemMessage? reversed = null;
        SystemMessage? at = newest;
        while (at is not null)
        {
            var older = at.Next;
            at.Next = reversed;
            reversed = at;
            at = older;
        }

        return reversed!;
    }
}
