using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Actor;

/// <summary>How often a child was restarted lately.</summary>
public sealed class ChildRestartStats
{
    private int _restarts;
    private long _windowStart;
    private bool _windowOpen;

    internal ChildRestartStats(LocalActorRef child) => LocalChild = child;

    public IActorRef Child => LocalChild;

    public long Uid => LocalChild.Path.Uid;

    internal LocalActorRef LocalChild { get; }

    internal bool IsStopping { get; set; }

    /// <param name="maxNrOfRetries">0 never, negative without a count.</param>
    /// <param name="window">Zero or negative: the child's whole life. A negative count with a window means one restart per window, as in Akka.NET.</param>
    internal bool RequestRestartPermission(int maxNrOfRetries, TimeSpan window, TimeProvider time)
    {
        if (maxNrOfRetries == 0)
            return false;

        if (window <= TimeSpan.Zero)
            return maxNrOfRetries < 0 || ++_restarts <= maxNrOfRetries;

        var allowed = maxNrOfRetries < 0 ? 1 : maxNrOfRetries;
        var now = time.GetTimestamp();
        if (!_windowOpen || time.GetElapsedTime(_windowStart, now) > window)
        {
            _windowOpen = true;
            _windowStart = now;
            _restarts = 1;
            return true;
        }

        return ++_restarts <= allowed;
    }
}
