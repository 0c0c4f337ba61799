using System.Diagnostics;
using Trigger.Sessions.Telemetry;

namespace Trigger.Jobs;

/// <summary>
/// The span of a run on the node that coordinates it, under the one of whoever asked for it. A coordinator that was killed took its span along: the next one's has an event that says so.
/// </summary>
internal sealed class RunTrace
{
    private readonly Activity? span;

    private RunTrace(Activity? span) => this.span = span;

    /// <summary>Nobody traces.</summary>
    public static RunTrace None { get; } = new(null);

    /// <summary>For those who do something for the run; null when nobody traces it.</summary>
    public string? Context => span?.Id;

    public static RunTrace Of(RunState run, TimeProvider time)
    {
        var spec = run.Spec!;
        if (Spans.Begin(TelemetryNames.Run, ActivityKind.Internal, spec.Trace) is not { } span)
            return None;

        span.SetTag(TelemetryNames.RunId, spec.Id.Value);
        span.SetTag(TelemetryNames.RunDevices, run.Devices.Count);
        if (!run.Progress.IsEmpty || run.BatchesPassed > 0)
            span.AddEvent(new ActivityEvent(TelemetryNames.TakenOver, time.GetUtcNow()));
        return new RunTrace(span);
    }

    /// <summary>The run is over, or this node's no more.</summary>
    public void End(RunState run)
    {
        if (span is null)
            return;

        span.SetTag(TelemetryNames.RunAccepted, run.Accepted);
        span.SetTag(TelemetryNames.RunRefused, run.Refused);
        span.SetTag(TelemetryNames.RunUnknown, run.Unknown);
        if (run.FinishedAt is null)
            span.SetTag(TelemetryNames.RunLeft, true);
        else if (run.Unknown > 0)
            span.Fail("in_doubt");
        else if (run.Refused > 0)
            span.Fail("refused");
        span.End();
    }
}
