using Trigger.Kernel.Actor;
using Trigger.Kernel.Util;

namespace Trigger.Kernel.Pattern;

/// <summary>Tries again.</summary>
public static class RetrySupport
{
    /// <param name="attempts">How often to try again after the first failure.</param>
    /// <returns>The first success, or the last failure.</returns>
    public static Task<T> Retry<T>(Func<Task<T>> attempt, int attempts) => Retry(attempt, attempts, static _ => Option<TimeSpan>.None, null);

    /// <param name="minBackoff">The wait before the second attempt; it doubles.</param>
    /// <param name="maxBackoff">The longest wait.</param>
    /// <param name="randomFactor">By which part a wait is lengthened by chance, at most: 0 or 1.</param>
    public static Task<T> Retry<T>(Func<Task<T>> attempt, int attempts, TimeSpan minBackoff, TimeSpan maxBackoff, int randomFactor, IScheduler scheduler)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(minBackoff, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBackoff, minBackoff);
        if (randomFactor is < 0 or > 1)
            throw new ArgumentException($"The random factor is {randomFactor}; it must be 0 or 1.", nameof(randomFactor));

        return Retry(attempt, attempts, tried => new Option<TimeSpan>(BackoffDelay.After(tried, minBackoff, maxBackoff, randomFactor, Random.Shared)), scheduler);
    }

    public static Task<T> Retry<T>(Func<Task<T>> attempt, int attempts, TimeSpan delay, IScheduler scheduler) =>
        Retry(attempt, attempts, _ => new Option<TimeSpan>(delay), scheduler);

    /// <param name="delayFunction">The wait after the n-th failure, n from 1; none for no wait.</param>
    public static Task<T> Retry<T>(Func<Task<T>> attempt, int attempts, Func<int, Option<TimeSpan>> delayFunction, IScheduler? scheduler)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        ArgumentOutOfRangeException.ThrowIfNegative(attempts);
        return Again(attempt, attempts, delayFunction, scheduler);
    }

    private static async Task<T> Again<T>(Func<Task<T>> attempt, int attempts, Func<int, Option<TimeSpan>> delayFunction, IScheduler? scheduler)
    {
        var wait = Option<TimeSpan>.None;
        for (var tried = 1; ; tried++)
        {
            try
            {
                return wait.HasValue && scheduler is not null
                    ? await FutureTimeoutSupport.After(wait.Value, scheduler, attempt).ConfigureAwait(false)
                    : await attempt().ConfigureAwait(false);
            }
            catch (Exception) when (tried <= attempts)
            {
                wait = delayFunction(tried);
            }
        }
    }
}
