namespace Trigger.Kernel.Pattern;

/// <summary>Whom to tell of a breaker's turns.</summary>
internal sealed class BreakerCallbacks
{
    private readonly Lock _gate = new();
    private readonly List<(BreakerState.Position When, Action Call)> _all = [];

    internal void Add(BreakerState.Position when, Action call)
    {
        ArgumentNullException.ThrowIfNull(call);
        lock (_gate)
            _all.Add((when, call));
    }

    // Elsewhere, as the one who turned it is in the middle of a call that is not about this.
    internal void Tell(BreakerState.Position now)
    {
        lock (_gate)
        {
            foreach (var (when, call) in _all)
            {
                if (when == now)
                    Task.Run(call);
            }
        }
    }
}
