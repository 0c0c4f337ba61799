using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Pattern;

/// <summary>A failure that was reported with <see cref="CircuitBreaker.Fail"/>.</summary>
public class UserCalledFailException : AkkaException
{
    public UserCalledFailException()
        : base("User code caused [CircuitBreaker] to fail because it calls the [Fail()] method.")
    {
    }
}
