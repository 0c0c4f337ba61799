namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// A deadline that is moved on every message without touching the timer queue: moving it later only notes the new moment, and the one timer
/// under way, when it fires too early, is set again for what is left. Everything runs in the cell's turn but the timer's knock.
/// </summary>
internal sealed class LazyDeadline(ActorCell cell, Action due)
{
    private long _deadline;
    private long _armedFor;
    private int _arming;
    private ScheduledEntry? _entry;

    internal bool IsActive { get; private set; }

    internal void Set(TimeSpan timeout)
    {
        var queue = cell.System.TimerQueue;
        _deadline = queue.Now + queue.ToTicks(timeout);
        IsActive = true;
        if (_entry is not null && _armedFor <= _deadline)
            return;

        _entry?.Cancel();
        Arm(timeout);
    }

    internal void Clear() => IsActive = false;

    /// <param name="arming">A knock of an earlier arming was under way when it was replaced; it is nobody's.</param>
    internal void Check(int arming)
    {
        if (arming != _arming)
            return;

        _entry = null;
        if (!IsActive)
            return;

        var queue = cell.System.TimerQueue;
        var left = _deadline - queue.Now;
        if (left > 0)
        {
            Arm(queue.ToTimeSpan(left));
            return;
        }

        IsActive = false;
        due();
    }

    private void Arm(TimeSpan delay)
    {
        _armedFor = _deadline;
        var arming = ++_arming;
        _entry = cell.System.TimerQueue.Add(
            delay, interval: null, () => cell.LocalSelf.SendSystem(new SystemMessage.DeadlineCheck(this, arming)));
    }
}
