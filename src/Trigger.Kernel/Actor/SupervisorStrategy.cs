using Trigger.Kernel.Actor.Internal;
using Trigger.Kernel.Event;
using Trigger.Kernel.Hosting;

namespace Trigger.Kernel.Actor;

/// <summary>How an actor judges the failures of its children.</summary>
public abstract class SupervisorStrategy
{
    /// <summary>Stops what could not be made, was killed or broke a death pact; restarts everything else.</summary>
    public static readonly IDecider DefaultDecider = Actor.Decider.From(cause => cause switch
    {
        ActorInitializationException or ActorKilledException or DeathPactException => Directive.Stop,
        _ => Directive.Restart,
    });

    public static readonly SupervisorStrategy DefaultStrategy = new OneForOneStrategy(DefaultDecider);

    public static readonly OneForOneStrategy StoppingStrategy = new OneForOneStrategy(_ => Directive.Stop);

    private protected SupervisorStrategy(IDecider decider, int maxNumberOfRetries, TimeSpan withinTimeRange, bool loggingEnabled)
    {
        Decider = decider;
        MaxNumberOfRetries = maxNumberOfRetries;
        WithinTimeRange = withinTimeRange;
        LoggingEnabled = loggingEnabled;
    }

    public IDecider Decider { get; }

    /// <summary>Negative without a limit; 0 stops at the first failure.</summary>
    public int MaxNumberOfRetries { get; }

    /// <summary>The window in which restarts are counted; negative for the child's whole life.</summary>
    public TimeSpan WithinTimeRange { get; }

    public int WithinTimeRangeMilliseconds => (int)WithinTimeRange.TotalMilliseconds;

    protected bool LoggingEnabled { get; }

    private protected abstract void Apply(
        Directive directive, IActorContext context, TimeProvider time, ChildRestartStats failed, Exception cause, IReadOnlyList<ChildRestartStats> all);

    /// <returns>False to escalate.</returns>
    internal bool HandleFailure(ActorCell cell, LocalActorRef child, Exception cause, ChildRestartStats stats, IReadOnlyList<ChildRestartStats> all)
    {
        var directive = Decider.Decide(cause);
        if (LoggingEnabled)
            Log(cell, child, cause, directive);

        switch (directive)
        {
            case Directive.Escalate:
                return false;
            case Directive.Resume:
                child.SendSystem(new SystemMessage.Resume(clearsFailure: true));
                return true;
            default:
                Apply(directive, cell, cell.System.Time, stats, cause, all);
                return true;
        }
    }

    private protected static void Restart(ChildRestartStats child, Exception cause, bool suspendFirst)
    {
        // Read before the suspended child is woken. A sibling may be in the midst of anything, and none of it failed.
        var message = suspendFirst ? null : child.LocalChild.Cell.Current.Message;
        child.LocalChild.Cell.System.EventStream.Publish(new ChildRestarted(child.LocalChild.Path, cause, message, child.NoteRestart()));
        if (suspendFirst)
            child.LocalChild.SendSystem(new SystemMessage.Suspend());
        child.LocalChild.SendSystem(new SystemMessage.Recreate(cause));
    }

    private static void Log(ActorCell cell, LocalActorRef child, Exception cause, Directive directive)
    {
        var source = child.Path.ToString();
        switch (directive)
        {
            case Directive.Resume:
                cell.System.EventStream.Publish(new Warning(cause, source, typeof(SupervisorStrategy), $"[{cause.Message}] {source} goes on after {cause.GetType().Name}"));
                break;
            case Directive.Escalate:
                // Whoever decides in the end will log it.
                break;
            default:
                cell.System.EventStream.Publish(new Error(cause, source, typeof(SupervisorStrategy), cause.Message));
                break;
        }
    }
}
