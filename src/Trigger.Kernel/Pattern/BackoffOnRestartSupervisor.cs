using Trigger.Kernel.Actor;
using Trigger.Kernel.Event;

namespace Trigger.Kernel.Pattern;

/// <summary>Starts its child anew, with growing pauses, when its strategy would restart it. A child that stops ends its supervisor too.</summary>
internal sealed class BackoffOnRestartSupervisor(BackoffPlan plan, OneForOneStrategy strategy) : BackoffSupervisorBase(plan)
{
    // The child that was stopped on purpose; its end is no news.
    private IActorRef? _stopping;

    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(strategy.MaxNumberOfRetries, strategy.WithinTimeRange, Judge);

    protected override bool Receive(object message)
    {
        if (message is not Terminated terminated)
            return HandleBackoff(message);

        if (terminated.ActorRef.Equals(_stopping))
        {
            _stopping = null;
            StartLater();
        }
        else if (terminated.ActorRef.Equals(Child))
        {
            Child = null;
            Context.Stop(Self);
        }

        return true;
    }

    private Directive Judge(Exception cause)
    {
        var directive = strategy.Decider.Decide(cause);
        if (directive != Directive.Restart || Child is not { } child)
            return directive;

        if (strategy.MaxNumberOfRetries >= 0 && RestartCountN >= strategy.MaxNumberOfRetries)
        {
            Context.GetLogger().Debug("Terminating, as restart #{0} would exceed the {1} that are allowed", RestartCountN + 1, strategy.MaxNumberOfRetries);
            Context.Stop(Self);
        }
        else
        {
            _stopping = child;
            Child = null;
        }

        return Directive.Stop;
    }
}
