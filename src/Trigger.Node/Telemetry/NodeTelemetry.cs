using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Trigger.Sessions.Telemetry;

namespace Trigger.Node.Telemetry;

/// <summary>Sends a node's spans and figures over OTLP, from its start to its end. A receiver that does not answer costs nothing but the warning and what it would have been told.</summary>
internal sealed class NodeTelemetry : IDisposable
{
    private readonly int lastWords;
    private readonly TracerProvider? tracer;
    private readonly MeterProvider? meter;
    private readonly ExporterComplaints? complaints;

    /// <param name="node">Its name, for the receiver.</param>
    public NodeTelemetry(TelemetryOptions options, string node, string version, ILoggerFactory? logging)
    {
        lastWords = (int)options.LastWords.TotalMilliseconds;
        complaints = logging is null ? null : new ExporterComplaints(logging.CreateLogger("telemetry"), TimeProvider.System);
        var resource = ResourceBuilder.CreateEmpty().AddTelemetrySdk()
            .AddAttributes(options.Resource.Select(pair => new KeyValuePair<string, object>(pair.Key, pair.Value)))
            .AddService(options.ServiceName, serviceVersion: version, autoGenerateServiceInstanceId: false, serviceInstanceId: node);
        if (options.Traces)
        {
            tracer = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource).AddSource(TelemetryNames.Source)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.SampleRatio)))
                .AddOtlpExporter(exporter => Aim(exporter, options, "v1/traces"))
                .Build();
        }

        if (options.Metrics)
        {
            meter = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource).AddMeter(Figures.Listened)
                .AddOtlpExporter((exporter, reader) =>
                {
                    Aim(exporter, options, "v1/metrics");
                    reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
                })
                .Build();
        }
    }

    public void Dispose()
    {
        // What was measured up to here is sent, if anybody listens; a stop does not wait for a receiver that is gone.
        tracer?.Shutdown(lastWords);
        meter?.Shutdown(lastWords);
        tracer?.Dispose();
        meter?.Dispose();
        complaints?.Dispose();
    }

    private static void Aim(OtlpExporterOptions exporter, TelemetryOptions options, string path)
    {
        exporter.Protocol = options.Protocol == TelemetryProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = options.Protocol == TelemetryProtocol.Grpc ? options.Endpoint : new Uri($"{options.Endpoint.AbsoluteUri.TrimEnd('/')}/{path}");
        exporter.Headers = string.Join(',', options.Headers.Select(header => $"{header.Key}={Uri.EscapeDataString(header.Value)}"));
    }
}
