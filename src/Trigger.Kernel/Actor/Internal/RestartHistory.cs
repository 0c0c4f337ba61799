namespace Trigger.Kernel.Actor.Internal;

/// <summary>The restarts of one child: all of them, and those that count against its limit.</summary>
internal sealed class RestartHistory
{
    private int _restarts;
    private long _windowStart;
    private bool _windowOpen;

    internal int Total { get; set; }

    internal bool RequestPermission(int maxNrOfRetries, TimeSpan window, TimeProvider time)
    {
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
