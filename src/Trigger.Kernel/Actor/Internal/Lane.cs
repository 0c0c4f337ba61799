namespace Trigger.Kernel.Actor.Internal;

/// <summary>
/// One thread on its way through mailboxes. The first mailbox that a handler wakes is run by the same thread when the handler's own mailbox has nothing more: two actors in conversation then cost no
/// trip through the thread pool, and what they share stays in this core's cache. What is put by never waits for more than the handler that put it there: a mailbox with further messages hands it to the
/// pool first (<see cref="GiveAway"/>), so does a question that a handler might wait for, and so does the <see cref="Watch"/> when a handler blocks.
/// </summary>
#pragma warning disable CA1001 // A lane ends with its thread, of which nobody tells it; a timer that is not set holds nothing.
internal sealed class Lane
#pragma warning restore CA1001
{
    // Then the thread goes back to its pool, where others may wait for it.
    private const int LongestWay = 256;

    private readonly Timer _watch;
    private Mailbox? _next;
    private bool _isRunning;
    private int _isWatched;
    private long _putBy;
    private long _putByWhenSeen;

    /// <summary>One on which nothing is put by, for a dispatcher that keeps its thread to itself; all others are made by <see cref="Run"/>.</summary>
    internal Lane() => _watch = new Timer(static lane => ((Lane)lane!).Watch(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>The thread that runs this runs mailboxes; null on all others.</summary>
    internal static Lane? Running => AmbientCell.Lane is { _isRunning: true } lane ? lane : null;

    /// <summary>Something waits for this thread. Only the thread itself asks.</summary>
    internal bool HasNext => _next is not null;

    /// <summary>The machine's clock, in milliseconds: a device against threads that are blocked, of which there is nothing to see in any actor's time.</summary>
    private static TimeSpan Patience => TimeSpan.FromMilliseconds(5);

    /// <summary>Runs a mailbox, and then whatever it and its followers put by.</summary>
    internal static void Run(Mailbox mailbox)
    {
        var lane = AmbientCell.Lane ??= new Lane();
        lane._isRunning = true;
        try
        {
            mailbox.Run(lane);
            for (var way = 1; lane.Take() is { } next; way++)
            {
                if (way == LongestWay)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(next, preferLocal: false);
                    return;
                }

                next.Run(lane);
            }
        }
        finally
        {
            lane._isRunning = false;
            // Only after a failure that nobody may survive.
            lane.GiveAway();
        }
    }

    /// <summary>False when another waits here already.</summary>
    internal bool TryPutBy(Mailbox mailbox)
    {
        if (_next is not null)
            return false;

        Volatile.Write(ref _putBy, _putBy + 1);
        // A full fence: either we see that the watch has ended, or it sees what we have put by.
        Interlocked.Exchange(ref _next, mailbox);
        if (Volatile.Read(ref _isWatched) == 0)
            BeginWatch();
        return true;
    }

    /// <summary>Lets another thread run what waits for this one.</summary>
    internal void GiveAway()
    {
        if (Take() is { } next)
            ThreadPool.UnsafeQueueUserWorkItem(next, preferLocal: true);
    }

    private Mailbox? Take() => _next is null ? null : Interlocked.Exchange(ref _next, null);

    private void BeginWatch()
    {
        if (Interlocked.Exchange(ref _isWatched, 1) == 0)
            _watch.Change(Patience, Timeout.InfiniteTimeSpan);
    }

    // Ends by itself when the lane has been quiet for one round, so that an idle system has no timers.
    private void Watch()
    {
        var putBy = Volatile.Read(ref _putBy);
        if (putBy != _putByWhenSeen)
        {
            _putByWhenSeen = putBy;
            _watch.Change(Patience, Timeout.InfiniteTimeSpan);
            return;
        }

        // The same as a round ago, so it has waited for a whole one: its thread is busy with one handler, or blocked.
        if (Interlocked.Exchange(ref _next, null) is { } stuck)
            ThreadPool.UnsafeQueueUserWorkItem(stuck, preferLocal: false);
        Interlocked.Exchange(ref _isWatched, 0);
        if (Volatile.Read(ref _putBy) != putBy)
            BeginWatch();
    }
}
