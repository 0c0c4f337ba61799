namespace Trigger.Wire.Ssh;

/// <summary>
/// The deadlines of one reactor's sessions: a heap, and one timer for the earliest. Nothing ticks while nothing is due. Entries are never taken
/// out early; a session knows which of its entries still counts.
/// </summary>
internal sealed class SshDeadlines : IDisposable
{
    private readonly TimeProvider time;
    private readonly PriorityQueue<ulong, long> due = new();
    private readonly ITimer timer;
    private long armedFor = long.MaxValue;

    /// <param name="ring">Called on a timer thread when something may be due.</param>
    internal SshDeadlines(TimeProvider time, Action ring)
    {
        this.time = time;
        timer = time.CreateTimer(_ => ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Registers a moment and returns it, as a timestamp of the clock.</summary>
    internal long Add(ulong session, TimeSpan patience)
    {
        var moment = time.GetTimestamp() + (long)(Math.Max(0, patience.TotalSeconds) * time.TimestampFrequency);
        due.Enqueue(session, moment);
        Arm();
        return moment;
    }

    /// <summary>Takes the next moment that has come.</summary>
    internal bool TryTake(out ulong session, out long moment)
    {
        if (due.TryPeek(out session, out moment) && moment <= time.GetTimestamp())
        {
            due.Dequeue();
            return true;
        }

        armedFor = long.MaxValue;
        Arm();
        return false;
    }

    internal TimeSpan Until(long moment) => time.GetElapsedTime(time.GetTimestamp(), moment);

    public void Dispose() => timer.Dispose();

    private void Arm()
    {
        if (!due.TryPeek(out _, out var next) || next >= armedFor)
            return;

        armedFor = next;
        var wait = Until(next);

        // A timer has millisecond steps and may ring a little early; the extra one spares a second, vain wake-up.
        timer.Change(wait > TimeSpan.Zero ? wait + TimeSpan.FromMilliseconds(1) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
