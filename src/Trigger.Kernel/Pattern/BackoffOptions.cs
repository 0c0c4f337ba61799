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
