using System.Diagnostics.Metrics;

namespace Trigger.Sessions.Telemetry;

/// <summary>What a node counts and measures of its sessions.</summary>
/// <param name="meter">The node's; stays the caller's.</param>
public sealed class SessionFigures(Meter meter)
{
    /// <summary>The bounds of a histogram of durations in seconds: OpenTelemetry's own, and further ones for what devices take.</summary>
    public static InstrumentAdvice<double> Durations { get; } = new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60, 300] };

    private readonly UpDownCounter<long> states =
        meter.CreateUpDownCounter<long>(TelemetryNames.SessionsByState, null, "Sessions with devices by what they are doing: dialing, logging-in, enabling, preparing, ready, running, handed-over, hanging-up.");

    private readonly Histogram<double> dial = meter.CreateHistogram(TelemetryNames.DialDuration, "s", "From the first packet to a device until it asks who we are.", advice: Durations);
    private readonly Histogram<double> login = meter.CreateHistogram(TelemetryNames.LoginDuration, "s", "From the device's asking who we are until its prompt is ready for commands.", advice: Durations);
    private readonly Counter<long> faults = meter.CreateCounter<long>(TelemetryNames.SessionFaults, null, "Sessions that ended early, by kind of fault.");

    internal void Move(SessionState from, SessionState to)
    {
        if (from != SessionState.Idle)
            states.Add(-1, new KeyValuePair<string, object?>(TelemetryNames.State, NameOf(from)));
        if (to != SessionState.Idle)
            states.Add(1, new KeyValuePair<string, object?>(TelemetryNames.State, NameOf(to)));
    }

    internal void Dialled(TimeSpan took) => dial.Record(took.TotalSeconds);

    internal void LoggedIn(TimeSpan took) => login.Record(took.TotalSeconds);

    internal void Failed(DeviceFault fault) => faults.Add(1, new KeyValuePair<string, object?>(TelemetryNames.ErrorType, fault.Kind));

    private static string NameOf(SessionState state) => state switch
    {
        SessionState.LoggingIn => "logging-in",
        SessionState.HandedOver => "handed-over",
        SessionState.HangingUp => "hanging-up",
        _ => state.ToString().ToLowerInvariant(),
    };
}
