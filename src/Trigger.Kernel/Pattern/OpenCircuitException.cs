using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Pattern;

/// <summary>The breaker is open, or half open with a call under way: nothing was called.</summary>
public class OpenCircuitException : AkkaException
{
    public OpenCircuitException(string message)
        : this(message, TimeSpan.Zero)
    {
    }

    public OpenCircuitException(string message, TimeSpan remainingDuration)
        : base(message) => RemainingDuration = remainingDuration;

    public OpenCircuitException(Exception? cause, TimeSpan remainingDuration)
        : base($"Circuit Breaker is open; calls are failing fast{(cause is null ? "" : $" since [{cause.Message}]")}. It will be tried again in {remainingDuration}.", cause) =>
        RemainingDuration = remainingDuration;

    /// <summary>How long until a call is let through; zero when one is on trial already.</summary>
    public TimeSpan RemainingDuration { get; }
}
