namespace Trigger.Kernel.Actor.Internal;

/// <summary>One thing to do later. It is its own cancelable, so that scheduling costs one object.</summary>
internal abstract class ScheduledEntry(TimerQueue queue) : ICancelable
{
    private CancellationTokenSource? _token;
    private int _cancelled;

    public bool IsCancellationRequested => Volatile.Read(ref _cancelled) != 0;

    public CancellationToken Token
    {
        get
        {
            var token = _token ?? Interlocked.CompareExchange(ref _token, new CancellationTokenSource(), null) ?? _token;
            if (IsCancellationRequested)
                token.Cancel();
            return token.Token;
        }
    }

    internal long Due { get; set; }

    /// <summary>Zero for what happens once.</summary>
    internal long Interval { get; set; }

    internal long Sequence { get; set; }

    /// <summary>Whether the queue still holds it, so that it counts as rubbish when it is cancelled.</summary>
    internal bool IsQueued { get; set; }

    /// <summary>Cancelled by someone who shares one cancelable among several entries.</summary>
    internal ICancelable? Shared { get; set; }

    internal bool IsOff => IsCancellationRequested || Shared is { IsCancellationRequested: true };

    public void Cancel() => TryCancel();

    public void Cancel(bool throwOnFirstException) => TryCancel();

    public void CancelAfter(TimeSpan delay) => queue.Add(delay, interval: null, Cancel);

    public void CancelAfter(int millisecondsDelay) => CancelAfter(TimeSpan.FromMilliseconds(millisecondsDelay));

    internal abstract void Fire();

    private void TryCancel()
    {
        if (Interlocked.Exchange(ref _cancelled, 1) != 0)
            return;

        _token?.Cancel();
        queue.NoteCancelled(this);
    }

    internal sealed class Sending(TimerQueue queue, ICanTell receiver, object message, IActorRef? sender) : ScheduledEntry(queue)
    {
        internal override void Fire() => receiver.Tell(message, sender);
    }

    internal sealed class Expiring(TimerQueue queue, PromiseActorRef promise, TimeSpan timeout, ICanTell asked, Type question) : ScheduledEntry(queue)
    {
        internal override void Fire() => promise.Expire($"Timeout after {timeout} asking {asked} with [{question.Name}].");
    }

    internal sealed class Acting(TimerQueue queue, Action action) : ScheduledEntry(queue)
    {
        internal override void Fire() => action();
    }
}
