using Trigger.Kernel.Actor.Internal;

namespace Trigger.Kernel.Actor;

/// <summary>How often a child was restarted lately.</summary>
public sealed class ChildRestartStats
{
    // Made at the first failure: most children never have one.
    private RestartHistory? _history;

    internal ChildRestartStats(LocalActorRef child) => LocalChild = child;

    public IActorRef Child => LocalChild;

    public long Uid => LocalChild.Path.Uid;

    internal LocalActorRef LocalChild { get; }

    internal bool IsStopping { get; set; }

    internal int Restarts => _history?.Total ?? 0;

    /// <param name="maxNrOfRetries">0 never, negative without a count.</param>
    /// <param name="window">Zero or negative: the child's whole life. A negative count with a window means one restart per window, as in Akka.NET.</param>
    internal bool RequestRestartPermission(int maxNrOfRetries, TimeSpan window, TimeProvider time) =>
        maxNrOfRetries != 0 && (_history ??= new RestartHistory()).RequestPermission(maxNrOfRetries, window, time);

    /// <returns>How many restarts there were, this one included.</returns>
    internal int NoteRestart() => ++(_history ??= new RestartHistory()).Total;
}
