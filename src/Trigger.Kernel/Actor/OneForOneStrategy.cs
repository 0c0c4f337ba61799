namespace Trigger.Kernel.Actor;

/// <summary>The verdict falls on the child that failed alone.</summary>
public sealed class OneForOneStrategy : SupervisorStrategy
{
    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeRange, Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    public OneForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider, bool loggingEnabled = true)
        : base(decider, maxNrOfRetries ?? -1, withinTimeRange ?? Timeout.InfiniteTimeSpan, loggingEnabled)
    {
    }

    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds), localOnlyDecider, loggingEnabled)
    {
    }

    public OneForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
        : this(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds), decider, loggingEnabled)
    {
    }

    public OneForOneStrategy(Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(-1, Timeout.InfiniteTimeSpan, localOnlyDecider, loggingEnabled)
    {
    }

    public OneForOneStrategy(IDecider decider)
        : this(-1, Timeout.InfiniteTimeSpan, decider)
    {
    }

    public OneForOneStrategy WithMaxNrOfRetries(int maxNrOfRetries) => new(maxNrOfRetries, WithinTimeRange, Decider, LoggingEnabled);

    private protected override void Apply(
        Directive directive, IActorContext context, TimeProvider time, ChildRestartStats failed, Exception cause, IReadOnlyList<ChildRestartStats> all)
    {
        if (directive == Directive.Restart && failed.RequestRestartPermission(MaxNumberOfRetries, WithinTimeRange, time))
            Restart(failed, cause, suspendFirst: false);
        else
            context.Stop(failed.Child);
    }
}
