using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Pattern;

/// <summary>How a <see cref="BackoffSupervisor"/> behaves. Immutable; each method answers a changed copy.</summary>
public abstract class BackoffOptions
{
    private protected BackoffOptions()
    {
    }

    /// <summary>The backoff begins anew when the child has lived for so long. Default: the smallest pause.</summary>
    public abstract BackoffOptions WithAutoReset(TimeSpan resetBackoff);

    /// <summary>The backoff begins anew only when told so with <see cref="BackoffSupervisor.Reset"/>.</summary>
    public abstract BackoffOptions WithManualReset();

    /// <summary>Who judges the child's failures, and how often it may be started anew.</summary>
    public abstract BackoffOptions WithSupervisorStrategy(OneForOneStrategy supervisorStrategy);

    /// <summary>The child is stopped whenever it fails.</summary>
    public abstract BackoffOptions WithDefaultStoppingStrategy();

    /// <summary>What is answered in place of a child that pauses. Default: nothing, and the message is a dead letter.</summary>
    public abstract BackoffOptions WithReplyWhileStopped(object replyWhileStopped);

    /// <summary>Messages after which the child is to stop for good, and its supervisor with it.</summary>
    public abstract BackoffOptions WithFinalStopMessage(Func<object, bool> isFinalStopMessage);

    public abstract BackoffOptions WithMaxNrOfRetries(int maxNrOfRetries);

    internal abstract Props Props();
}

internal enum BackoffKind
{
    OnFailure,
    OnStop,
}

internal sealed record BackoffPlan(Props ChildProps, string ChildName, TimeSpan Min, TimeSpan Max, double RandomFactor, IBackoffReset Reset, object? Reply, Func<object, bool>? IsFinal);

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
