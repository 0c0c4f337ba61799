namespace Trigger.Kernel.Pattern;

internal static class BackoffDelay
{
    /// <summary>The smallest wait times two to the power of the attempts so far, a little lengthened by chance, and no longer than the longest.</summary>
    internal static TimeSpan After(int attempts, TimeSpan min, TimeSpan max, double randomFactor, Random random)
    {
        var chance = 1.0 + (random.NextDouble() * randomFactor);
        var ticks = min.Ticks * Math.Pow(2, attempts) * chance;

        // Compared as a fraction: after a few dozen attempts it is longer than any time span.
        return ticks >= max.Ticks ? max : TimeSpan.FromTicks((long)ticks);
    }
}
