namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// All that a system does later: a heap ordered by due time and, among equals, by age, above one timer that sleeps until the earliest of them.
/// With nothing scheduled nothing ticks. Cancelled entries stay in the heap until they are half of it.
/// </summary>
internal sealed class TimerQueue(TimeProvider time, Action<Exception> onFailure) : IDisposable
{
    private const int RubbishWorthSweeping = 64;

    private readonly Lock _gate = new();
    private readonly double _ticksPerTimeSpanTick = time.TimestampFrequency / (double)TimeSpan.TicksPerSecond;
    private ScheduledEntry[] _heap = new ScheduledEntry[16];
    private int _count;
    private int _rubbish;
    private long _sequence;
    private long _armedFor = long.MaxValue;
    private ITimer? _timer;
    private bool _disposed;

    internal long Now => time.GetTimestamp();

    internal TimeProvider Time => time;

    internal bool IsMachineTime { get; } = ReferenceEquals(time, TimeProvider.System);

    internal int Count
    {
        get
        {
            lock (_gate)
                return _count - _rubbish;
        }
    }

    internal ScheduledEntry Add(TimeSpan delay, TimeSpan? interval, ICanTell receiver, object message, IActorRef? sender, ICancelable? shared = null) =>
        Add(delay, interval, new ScheduledEntry.Sending(this, receiver, message, sender) { Shared = shared });

    internal ScheduledEntry Add(TimeSpan delay, TimeSpan? interval, Action action, ICancelable? shared = null) =>
        Add(delay, interval, new ScheduledEntry.Acting(this, action) { Shared = shared });

    internal ScheduledEntry AddExpiry(TimeSpan timeout, PromiseActorRef promise, ICanTell asked, Type question) =>
        Add(timeout, interval: null, new ScheduledEntry.Expiring(this, promise, timeout, asked, question));

    internal long ToTicks(TimeSpan span) => span >= TimeSpan.FromDays(36500) ? long.MaxValue / 4 : (long)(span.Ticks * _ticksPerTimeSpanTick);

    internal TimeSpan ToTimeSpan(long ticks) => TimeSpan.FromTicks((long)Math.Ceiling(ticks / _ticksPerTimeSpanTick));

    internal void NoteCancelled(ScheduledEntry entry)
    {
        lock (_gate)
        {
            if (entry.IsQueued && ++_rubbish > RubbishWorthSweeping && _rubbish > _count / 2)
                Sweep();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _timer?.Dispose();
            _timer = null;
            _heap = [];
            _count = 0;
            _rubbish = 0;
        }
    }

    private ScheduledEntry Add(TimeSpan delay, TimeSpan? interval, ScheduledEntry entry)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        if (interval is { } every)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(every, TimeSpan.Zero, nameof(interval));

        entry.Due = Now + ToTicks(delay);
        entry.Interval = interval is { } i ? Math.Max(1, ToTicks(i)) : 0;
        lock (_gate)
        {
            // A system that has ended sends nothing any more.
            if (_disposed)
                return entry;

            Push(entry);
            ArmFor(_heap[0].Due);
        }

        return entry;
    }

    private void Ring()
    {
        List<ScheduledEntry>? due = null;
        lock (_gate)
        {
            if (_disposed)
                return;

            _armedFor = long.MaxValue;
            var now = Now;
            while (_count > 0 && (_heap[0].Due <= now || _heap[0].IsOff))
            {
                var entry = Pop();
                if (entry.IsOff)
                    continue;

                (due ??= []).Add(entry);
                if (entry.Interval > 0)
                {
                    // A fixed rate, but what was slept through is not made up for in a burst.
                    entry.Due = entry.Due + entry.Interval > now ? entry.Due + entry.Interval : now + entry.Interval;
                    Push(entry);
                }
            }

            if (_count > 0)
                ArmFor(_heap[0].Due);
        }

        foreach (var entry in due ?? [])
            Fire(entry);
    }

    private void Fire(ScheduledEntry entry)
    {
        try
        {
            if (!entry.IsOff)
                entry.Fire();
        }
        catch (Exception failure)
        {
            onFailure(failure);
        }
    }

    private void ArmFor(long due)
    {
        if (due >= _armedFor)
            return;

        _armedFor = due;
        var delay = ToTimeSpan(Math.Max(0, due - Now));

        // The machine's timer cuts off fractions of a millisecond: it would ring early, find nothing due, and ring again at once.
        if (IsMachineTime)
            delay = TimeSpan.FromMilliseconds(Math.Min(Math.Ceiling(delay.TotalMilliseconds), int.MaxValue));
        else if (delay > TimeSpan.FromMilliseconds(int.MaxValue))
            delay = TimeSpan.FromMilliseconds(int.MaxValue);

        if (_timer is null)
            _timer = CreateTimer(delay);
        else
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    private ITimer CreateTimer(TimeSpan delay)
    {
        // The system is made in somebody's request; its timer must not keep that request's ambient values alive.
        using (ExecutionContext.SuppressFlow())
            return time.CreateTimer(static queue => ((TimerQueue)queue!).Ring(), this, delay, Timeout.InfiniteTimeSpan);
    }

    private void Push(ScheduledEntry entry)
    {
        if (_count == _heap.Length)
            Array.Resize(ref _heap, _count * 2);
        entry.Sequence = _sequence++;
        entry.IsQueued = true;
        _heap[_count] = entry;
        SiftUp(_count++);
    }

    private ScheduledEntry Pop()
    {
        var first = _heap[0];
        _heap[0] = _heap[--_count];
        _heap[_count] = null!;
        if (_count > 0)
            SiftDown(0);
        first.IsQueued = false;
        if (first.IsCancellationRequested)
            _rubbish = Math.Max(0, _rubbish - 1);
        return first;
    }

    private void Sweep()
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
        {
            if (_heap[i].IsOff)
                _heap[i].IsQueued = false;
            else
                _heap[kept++] = _heap[i];
        }

        Array.Clear(_heap, kept, _count - kept);
        _count = kept;
        _rubbish = 0;
        for (var i = (_count / 2) - 1; i >= 0; i--)
            SiftDown(i);
    }

    private void SiftUp(int at)
    {
        var entry = _heap[at];
        while (at > 0 && Before(entry, _heap[(at - 1) / 2]))
        {
            _heap[at] = _heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }

        _heap[at] = entry;
    }

    private void SiftDown(int at)
    {
        var entry = _heap[at];
        while ((2 * at) + 1 < _count)
        {
            var child = (2 * at) + 1;
            if (child + 1 < _count && Before(_heap[child + 1], _heap[child]))
                child++;
            if (!Before(_heap[child], entry))
                break;
            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = entry;
    }

    private static bool Before(ScheduledEntry a, ScheduledEntry b) => a.Due < b.Due || (a.Due == b.Due && a.Sequence < b.Sequence);
}
