namespace Trigger.Kernel.Actor;

/// <summary>The verdict on one child falls on all its siblings too.</summary>
public sealed class AllForOneStrategy : SupervisorStrategy
{
    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, withinTimeRange, Actor.Decider.From(localOnlyDecider), loggingEnabled)
    {
    }

    public AllForOneStrategy(int? maxNrOfRetries, TimeSpan? withinTimeRange, IDecider decider, bool loggingEnabled = true)
        : base(decider, maxNrOfRetries ?? -1, withinTimeRange ?? Timeout.InfiniteTimeSpan, loggingEnabled)
    {
    }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, Func<Exception, Directive> localOnlyDecider, bool loggingEnabled = true)
        : this(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds), localOnlyDecider, loggingEnabled)
    {
    }

    public AllForOneStrategy(int maxNrOfRetries, int withinTimeMilliseconds, IDecider decider, bool loggingEnabled = true)
        : this(maxNrOfRetries, TimeSpan.FromMilliseconds(withinTimeMilliseconds), decider, loggingEnabled)
    {
    }

    public AllForOneStrategy(Func<Exception, Directive> localOnlyDecider)
        : this(-1, Timeout.InfiniteTimeSpan, localOnlyDecider)
    {
    }

    public AllForOneStrategy(IDecider decider)
        : this(-1, Timeout.InfiniteTimeSpan, decider)
    {
    }

    private protected override void Apply(
        Directive directive, IActorContext context, TimeProvider time, ChildRestartStats failed, Exception cause, IReadOnlyList<ChildRestartStats> all)
    {
        // Every sibling is asked even after one refused, so that all their counts stay equal.
        var mayRestart = directive == Directive.Restart
            && all.Count(child => child.RequestRestartPermission(MaxNumberOfRetries, WithinTimeRange, time)) == all.Count;

        foreach (var child in all)
        {
            if (mayRestart)
                Restart(child, cause, suspendFirst: !ReferenceEquals(child, failed));
            else
                context.Stop(child.Child);
        }
    }
}
