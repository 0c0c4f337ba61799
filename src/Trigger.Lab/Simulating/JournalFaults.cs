namespace Trigger.Lab.Simulating;

/// <summary>How a simulated journal misbehaves. Each number is a probability, 0 by default.</summary>
public sealed record JournalFaults
{
    /// <summary>The write fails and nothing is stored.</summary>
    public double WriteFails { get; init; }

    /// <summary>Everything is stored, but the writer hears of a failure.</summary>
    public double ConfirmationLost { get; init; }

    /// <summary>One atomic write is refused and certainly not stored.</summary>
    public double WriteRejected { get; init; }

    public double ReplayFails { get; init; }

    /// <summary>A call takes up to <see cref="MaxDelay"/> before, and again after, it does its work.</summary>
    public double Slow { get; init; }

    /// <summary>Default one second.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many calls may be under way at once. Default 1.</summary>
    public int WritesInFlight { get; init; } = 1;
}
