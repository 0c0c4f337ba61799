using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Pattern;

internal sealed class ChosenBackoff(
    BackoffKind kind,
    Props childProps,
    string childName,
    TimeSpan min,
    TimeSpan max,
    double randomFactor,
    IBackoffReset reset,
    OneForOneStrategy strategy,
    object? reply,
    Func<object, bool>? isFinal) : BackoffOptions
{
    public override BackoffOptions WithAutoReset(TimeSpan resetBackoff) =>
        new ChosenBackoff(kind, childProps, childName, min, max, randomFactor, new AutoReset(resetBackoff), strategy, reply, isFinal);

    public override BackoffOptions WithManualReset() =>
        new ChosenBackoff(kind, childProps, childName, min, max, randomFactor, ManualReset.Instance, strategy, reply, isFinal);

    public override BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy) =>
        new ChosenBackoff(kind, childProps, childName, min, max, randomFactor, reset, supervisorStrategy, reply, isFinal);

    public override BackoffOptions WithDefaultStoppingStrategy() =>
        WithSupervisorStrategy(new OneForOneStrategy(strategy.MaxNumberOfRetries, null, SupervisorStrategy.StoppingStrategy.Decider));

    public override BackoffOptions WithReplyWhileStopped(object replyWhileStopped) =>
        new ChosenBackoff(kind, childProps, childName, min, max, randomFactor, reset, strategy, replyWhileStopped, isFinal);

    public override BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage) =>
        new ChosenBackoff(kind, childProps, childName, min, max, randomFactor, reset, strategy, reply, isFinalStopMessage);

    public override BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries) => WithSupervisorStrategy(strategy.WithMaxNrOfRetries(maxNrOfRetries));

    internal override Props Props()
    {
        if (reset is AutoReset auto && (auto.ResetBackoff < min || auto.ResetBackoff > max))
            throw new ArgumentException($"The reset time {auto.ResetBackoff} must be between the smallest pause {min} and the longest {max}.");

        var plan = new BackoffPlan(childProps, childName, min, max, randomFactor, reset, reply, isFinal);
        return kind == BackoffKind.OnStop
            ? Actor.Props.Create(() => new BackoffSupervisor(plan, strategy))
            : Actor.Props.Create(() => new BackoffOnRestartSupervisor(plan, strategy));
    }
}
