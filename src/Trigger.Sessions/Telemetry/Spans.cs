using System.Diagnostics;

namespace Trigger.Sessions.Telemetry;

/// <summary>
/// Opens and closes spans. An actor's spans outlive the message that opened them, and its thread goes on with other actors, so no span is ever left behind as
/// <see cref="Activity.Current"/>. While nobody listens, none is made.
/// </summary>
public static class Spans
{
    private static readonly ActivitySource Source = new(TelemetryNames.Source);

    /// <summary>Opens a span under another.</summary>
    /// <param name="parent">The other's W3C traceparent; null, or one that cannot be read, begins a trace.</param>
    /// <param name="state">What came with it as tracestate, or null.</param>
    /// <returns>Null when nobody listens or it is not sampled.</returns>
    public static Activity? Begin(string name, ActivityKind kind, string? parent, string? state = null)
    {
        if (!Source.HasListeners())
            return null;

        var before = Activity.Current;
        Activity.Current = null;
        try
        {
            return Source.StartActivity(name, kind, ActivityContext.TryParse(parent, state, isRemote: true, out var context) ? context : default);
        }
        finally
        {
            Activity.Current = before;
        }
    }

    /// <summary>Closes a span; a second time is harmless.</summary>
    public static void End(this Activity? span, DeviceFault? fault = null)
    {
        if (span is null || span.IsStopped)
            return;

        if (fault is not null)
            span.Fail(fault.Kind);
        var before = Activity.Current;
        span.Stop();
        Activity.Current = before == span ? span.Parent : before;
    }

    /// <summary>Puts on a span what went wrong: its kind, which has no word of the device's in it.</summary>
    public static void Fail(this Activity span, string kind)
    {
        ArgumentNullException.ThrowIfNull(span);
        span.SetStatus(ActivityStatusCode.Error, kind);
        span.SetTag(TelemetryNames.ErrorType, kind);
    }
}
