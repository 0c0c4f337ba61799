namespace Trigger.Node.Telemetry;

/// <summary>A histogram with one set of labels, as Prometheus counts: each bucket has everything up to its bound.</summary>
/// <param name="bounds">Ascending.</param>
internal sealed class HistogramCells(IReadOnlyList<double> bounds)
{
    private readonly Lock gate = new();
    private readonly long[] counts = new long[bounds.Count + 1];
    private double sum;

    public IReadOnlyList<double> Bounds => bounds;

    public void Note(double value)
    {
        var bucket = 0;
        while (bucket < bounds.Count && value > bounds[bucket])
            bucket++;
        lock (gate)
        {
            counts[bucket]++;
            sum += value;
        }
    }

    /// <summary>How many were at most each bound, and at last all; and their sum.</summary>
    public (long[] UpTo, double Sum) Read()
    {
        lock (gate)
        {
            var upTo = (long[])counts.Clone();
            for (var bucket = 1; bucket < upTo.Length; bucket++)
                upTo[bucket] += upTo[bucket - 1];
            return (upTo, sum);
        }
    }
}
