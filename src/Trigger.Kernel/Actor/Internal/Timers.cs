namespace Trigger.Kernel.Actor.Internal;

/// <summary>The timers an actor started by key, and its receive timeout.</summary>
internal sealed class Timers(ActorCell cell) : ITimerScheduler
{
    private Dictionary<object, TimerTick>? _active;
    private LazyDeadline? _receiveDeadline;

    internal TimeSpan? ReceiveTimeout { get; private set; }

    public IReadOnlyCollection<object> ActiveTimers => _active is null ? [] : [.. _active.Keys];

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => Start(key, msg, interval, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef? sender) => Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) => Start(key, msg, initialDelay, interval, ActorRefs.NoSender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef? sender) =>
        Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, interval: null, ActorRefs.NoSender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef? sender) => Start(key, msg, timeout, interval: null, sender);

    public bool IsTimerActive(object key) => _active is not null && _active.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_active is not null && _active.Remove(key, out var tick))
            tick.Entry?.Cancel();
    }

    public void CancelAll()
    {
        foreach (var tick in _active?.Values ?? Enumerable.Empty<TimerTick>())
            tick.Entry?.Cancel();
        _active = null;
    }

    internal bool Claim(TimerTick tick)
    {
        if (!ReferenceEquals(tick.Owner, this) || _active is null || !_active.TryGetValue(tick.Key, out var active) || !ReferenceEquals(active, tick))
            return false;

        if (!tick.Repeats)
            _active.Remove(tick.Key);
        return true;
    }

    internal void SetReceiveTimeout(TimeSpan? timeout)
    {
        ReceiveTimeout = timeout is { } t && t > TimeSpan.Zero ? timeout : null;
        if (ReceiveTimeout is null)
            _receiveDeadline?.Clear();
        else
            Touch();
    }

    /// <summary>Something was received: the silence begins anew.</summary>
    internal void Touch()
    {
        if (ReceiveTimeout is not { } timeout)
            return;

        _receiveDeadline ??= new LazyDeadline(cell, () => cell.LocalSelf.Tell(Actor.ReceiveTimeout.Instance, ActorRefs.NoSender));
        _receiveDeadline.Set(timeout);
    }

    internal void Stop()
    {
        CancelAll();
        ReceiveTimeout = null;
        _receiveDeadline?.Clear();
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan? interval, IActorRef? sender)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(message);
        Cancel(key);
        var tick = new TimerTick(this, key, message, interval is not null);
        tick.Entry = cell.System.TimerQueue.Add(delay, interval, cell.LocalSelf, tick, sender);
        (_active ??= [])[key] = tick;
    }
}
