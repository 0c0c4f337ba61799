namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// A deadline that is moved on every message without touching the timer queue, and without reading the clock more than once a turn: setting it
/// only notes the time it shall run, which begins when the cell's turn ends. The one timer under way, when it fires too early, is set again
/// for what is left. Everything runs in the cell's turn but the timer's knock.
/// </summary>
internal sealed class LazyDeadline(ActorCell cell, Action due)
{
    private TimeSpan _timeout;
    private bool _isUnsettled;
    private long _deadline;
    private long _armedFor;
    private int _arming;
    private ScheduledEntry? _entry;

    internal bool IsActive { get; private set; }

    /// <summary>The next of those that were set in this turn.</summary>
    internal LazyDeadline? NextUnsettled { get; private set; }

    internal void Set(TimeSpan timeout)
    {
        _timeout = timeout;
        IsActive = true;

        // Whoever moves a clock by hand may do so before this turn has ended.
        if (!cell.System.TimerQueue.IsMachineTime)
        {
            Settle();
            return;
        }

        if (_isUnsettled)
            return;

        _isUnsettled = true;
        NextUnsettled = cell.Unsettled;
        cell.Unsettled = this;
    }

    internal void Clear() => IsActive = false;

    /// <summary>The turn is over and the time begins.</summary>
    internal void Settle()
    {
        _isUnsettled = false;
        NextUnsettled = null;
        if (!IsActive)
            return;

        var queue = cell.System.TimerQueue;
        _deadline = queue.Now + queue.ToTicks(_timeout);
        if (_entry is not null && _armedFor <= _deadline)
            return;

        _entry?.Cancel();
        Arm(_timeout);
    }

    /// <param name="arming">A knock of an earlier arming was under way when it was replaced; it is nobody's.</param>
    internal void Check(int arming)
    {
        if (arming != _arming)
            return;

        _entry = null;

        // Set anew in this very turn, it will be armed at its end.
        if (!IsActive || _isUnsettled)
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
