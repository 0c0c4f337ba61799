namespace Trigger.Jobs;

/// <summary>Cuts a run's devices into batches: the canary, then the rest, so many at a time.</summary>
public static class RunBatches
{
    /// <summary>How large each batch is, in order. Together they are all devices; none is empty.</summary>
    public static IReadOnlyList<int> Sizes(int devices, RunAmount? canary, RunAmount? batch)
    {
        var sizes = new List<int>();
        var left = devices;
        if (canary is { } first)
            Cut(first.Of(devices));
        while (left > 0)
            Cut(batch?.Of(devices) ?? left);
        return sizes;

        void Cut(int wanted)
        {
            // A batch of nobody would never end the cutting.
            var size = Math.Min(left, Math.Max(1, wanted));
            if (size == 0)
                return;

            sizes.Add(size);
            left -= size;
        }
    }

    /// <summary>The batch's name in a sentence: "the canary", "batch 2 of 5".</summary>
    public static string Name(RunPolicy? policy, int batch, int batches) =>
        batches <= 1 ? "the run" : batch == 0 && policy?.Canary is not null ? "the canary" : $"batch {batch + 1} of {batches}";
}
