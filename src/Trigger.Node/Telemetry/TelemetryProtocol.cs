namespace Trigger.Node.Telemetry;

/// <summary>How OTLP travels.</summary>
public enum TelemetryProtocol
{
    /// <summary>Protobuf in HTTP requests; port 4318 by convention.</summary>
    HttpProtobuf,

    /// <summary>gRPC; port 4317 by convention.</summary>
    Grpc,
}
