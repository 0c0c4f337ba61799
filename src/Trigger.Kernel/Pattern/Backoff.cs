using Trigger.Kernel.Actor;

namespace Trigger.Kernel.Pattern;

/// <summary>Supervision with growing pauses. Give the options to <see cref="BackoffSupervisor.Props(BackoffOptions)"/>.</summary>
public static class Backoff
{
    /// <summary>The child is started anew, after a pause, when it fails. Its supervisor's decider is asked, and a restart becomes a stop and a later start.</summary>
    /// <param name="minBackoff">The first pause; it doubles with each further one.</param>
    /// <param name="maxBackoff">The longest.</param>
    /// <param name="randomFactor">By which part a pause is lengthened by chance, at most; 0.2 for a fifth.</param>
    /// <param name="maxNrOfRetries">How often within the reset time; -1 without a limit.</param>
    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        Options(BackoffKind.OnFailure, childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries);

    public static BackoffOptions OnFailure(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        OnFailure(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries: -1);

    /// <summary>The child is started anew, after a pause, when it stops: the one for actors that stop when they fail, as persistent ones do.</summary>
    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor, int maxNrOfRetries) =>
        Options(BackoffKind.OnStop, childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries);

    public static BackoffOptions OnStop(Props childProps, string childName, TimeSpan minBackoff, TimeSpan maxBackoff, double randomFactor) =>
        OnStop(childProps, childName, minBackoff, maxBackoff, randomFactor, maxNrOfRetries: -1);

    private static ChosenBackoff Options(BackoffKind kind, Props childProps, string childName, TimeSpan min, TimeSpan max, double randomFactor, int maxNrOfRetries)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(min, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(max, min);
        if (randomFactor is < 0.0 or > 1.0)
            throw new ArgumentException($"The random factor is {randomFactor}; it must be between 0 and 1.", nameof(randomFactor));

        var strategy = new OneForOneStrategy(maxNrOfRetries, null, SupervisorStrategy.DefaultDecider);
        return new ChosenBackoff(kind, childProps, childName, min, max, randomFactor, new AutoReset(min), strategy, null, null);
    }
}
