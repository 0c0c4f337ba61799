using System.Globalization;

namespace Trigger.Cli.Run;

/// <summary>How fast a run goes, and how long its steps take.</summary>
internal sealed class RunPace(TimeProvider time)
{
    private static readonly TimeSpan Recent = TimeSpan.FromSeconds(10);

    private readonly long began = time.GetTimestamp();
    private readonly Queue<long> ends = new();

    /// <summary>Of the steps that were sent.</summary>
    public Percentiles Steps { get; } = new();

    public int Devices { get; private set; }

    public TimeSpan Elapsed => time.GetElapsedTime(began);

    public void StepEnded(long microseconds)
    {
        // What was never sent took no time.
        if (microseconds > 0)
            Steps.Add(microseconds);
    }

    public void DeviceEnded()
    {
        Devices++;
        ends.Enqueue(time.GetTimestamp());
        Forget();
    }

    /// <summary>Devices a second, of late.</summary>
    public double Rate
    {
        get
        {
            Forget();
            var over = Elapsed < Recent ? Elapsed : Recent;
            return over > TimeSpan.Zero ? ends.Count / over.TotalSeconds : 0;
        }
    }

    /// <summary>In a few words, for a line that is drawn again and again.</summary>
    public string Short => string.Create(CultureInfo.InvariantCulture, $"{Rate:0.#} devices/s, a step takes {Told(Steps.At(0.5))}, 1 in 20 over {Told(Steps.At(0.95))}");

    /// <summary>For the end.</summary>
    public string Whole => string.Create(
        CultureInfo.InvariantCulture,
        $"took {Told(Elapsed)}, {Devices / Math.Max(0.001, Elapsed.TotalSeconds):0.#} devices/s; steps: p50 {Told(Steps.At(0.5))}, p95 {Told(Steps.At(0.95))}");

    private static string Told(TimeSpan span) => span.TotalSeconds switch
    {
        < 1 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMilliseconds:0.#} ms"),
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.#} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{span.TotalMinutes:0.#} min"),
    };

    private void Forget()
    {
        while (ends.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > Recent)
            ends.Dequeue();
    }
}
