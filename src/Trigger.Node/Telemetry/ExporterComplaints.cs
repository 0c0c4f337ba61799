using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace Trigger.Node.Telemetry;

/// <summary>Tells the node's log what OpenTelemetry's exporters complain of, at most once a minute: a receiver that is away complains at every try.</summary>
internal sealed class ExporterComplaints(ILogger log, TimeProvider time) : EventListener
{
    private const string Exporter = "OpenTelemetry-Exporter-OpenTelemetryProtocol";

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private long last;

    protected override void OnEventSourceCreated(EventSource eventSource)
    {
        if (eventSource.Name == Exporter)
            EnableEvents(eventSource, EventLevel.Warning);
    }

    protected override void OnEventWritten(EventWrittenEventArgs eventData)
    {
        // The base class enables sources before this class's own fields are there.
        if (time is null || log is null || eventData.Level is EventLevel.LogAlways or > EventLevel.Warning)
            return;

        var before = Interlocked.Read(ref last);
        var now = time.GetTimestamp();
        if ((before != 0 && time.GetElapsedTime(before, now) < Quiet) || Interlocked.CompareExchange(ref last, now, before) != before)
            return;

        // The first line says what happened; the rest is a stack.
        var values = eventData.Payload?.Select(value => value?.ToString()?.Split('\n', 2)[0].TrimEnd()) ?? [];
        log.LogWarning("Telemetry could not be sent: {What}. Further failures are told once a minute.", string.Join("; ", values).TrimEnd('.'));
    }
}
