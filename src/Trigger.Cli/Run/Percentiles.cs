using System.Numerics;

namespace Trigger.Cli.Run;

/// <summary>How long things took, in buckets of at most an eighth of their value: a million times need no more room than one.</summary>
internal sealed class Percentiles
{
    private const int Parts = 8;

    private readonly long[] buckets = new long[64 * Parts];

    public long Count { get; private set; }

    /// <param name="microseconds">Not negative.</param>
    public void Add(long microseconds)
    {
        buckets[Bucket(Math.Max(0, microseconds))]++;
        Count++;
    }

    /// <summary>So many of them took no longer, up to the bucket's width; zero when there are none.</summary>
    /// <param name="share">From 0 to 1.</param>
    public TimeSpan At(double share)
    {
        var wanted = Math.Max(1, (long)Math.Ceiling(share * Count));
        var sofar = 0L;
        for (var bucket = 0; bucket < buckets.Length && Count > 0; bucket++)
        {
            sofar += buckets[bucket];
            if (sofar >= wanted)
                return TimeSpan.FromMicroseconds(Largest(bucket));
        }

        return TimeSpan.Zero;
    }

    private static int Bucket(long value)
    {
        if (value < Parts)
            return (int)value;

        var power = BitOperations.Log2((ulong)value);
        return ((power - 2) * Parts) + (int)((value >> (power - 3)) & (Parts - 1));
    }

    private static double Largest(int bucket)
    {
        if (bucket < Parts)
            return bucket;

        var power = (bucket / Parts) + 2;
        return ((Parts + (bucket % Parts) + 1) * Math.Pow(2, power - 3)) - 1;
    }
}
