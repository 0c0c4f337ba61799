namespace Trigger.Wire.Telnet;

/// <summary>Dials Telnet lines. No thread belongs to a line, and an idle one holds no buffer.</summary>
/// <param name="time">The clock of the deadlines; null for the system's.</param>
public sealed class TelnetDialer(TimeProvider? time = null)
{
    private readonly TimeProvider clock = time ?? TimeProvider.System;

    /// <summary>Begins a call and returns at once; everything else is told to the observer, from pool threads.</summary>
    public TelnetLine Dial(TelnetDial dial, ILineObserver observer)
    {
        ArgumentNullException.ThrowIfNull(dial);
        ArgumentNullException.ThrowIfNull(observer);
        var line = new TelnetLine(dial, observer, clock);

        // A line outlives the caller's context by far and must not keep it alive.
        using (ExecutionContext.SuppressFlow())
            _ = Task.Run(line.Run);

        return line;
    }
}
