namespace Trigger.Node.Telemetry;

/// <summary>Where a node's traces and figures go (OTLP), and which of them. Bound from <c>trigger.node.telemetry</c>.</summary>
public sealed record TelemetryOptions
{
    /// <summary>The receiver, <c>http</c> or <c>https</c>, without the path of a signal.</summary>
    public required Uri Endpoint { get; init; }

    public TelemetryProtocol Protocol { get; init; }

    /// <summary>Sent with every message. Secret: tokens are here.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public bool Traces { get; init; } = true;

    public bool Metrics { get; init; } = true;

    /// <summary>Which part of the traces that begin here is kept, from 0 to 1.</summary>
    public double SampleRatio { get; init; } = 1;

    /// <summary>How often figures are sent.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a node that stops waits for the receiver to take the last traces, and again for the last figures; up to a minute.</summary>
    public TimeSpan LastWords { get; init; } = TimeSpan.FromSeconds(3);

    public string ServiceName { get; init; } = "trigger";

    /// <summary>What else the receiver is told of the node.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Resource { get; init; } = [];

    public IEnumerable<string> Mistakes()
    {
        if (Endpoint is not { IsAbsoluteUri: true, Scheme: "http" or "https" })
            yield return "node.telemetry.otlp-endpoint must be a URL such as http://127.0.0.1:4318; so must what --otlp says.";
        else if (Endpoint.UserInfo.Length > 0)
            yield return "node.telemetry.otlp-endpoint has a user or a password in it; a token goes into node.telemetry.headers-file.";

        if (SampleRatio is not (>= 0 and <= 1))
            yield return "node.telemetry.sample-ratio must be from 0 to 1.";
        if (Interval < TimeSpan.FromMilliseconds(100) || Interval > TimeSpan.FromDays(1))
            yield return "node.telemetry.interval must be from 100ms to a day.";
        if (LastWords < TimeSpan.Zero || LastWords > TimeSpan.FromMinutes(1))
            yield return "TelemetryOptions.LastWords must be from 0 to 60 seconds.";
    }

    // The headers are secret.
    public override string ToString() => $"TelemetryOptions {{ Endpoint = {Endpoint}, Protocol = {Protocol} }}";
}
