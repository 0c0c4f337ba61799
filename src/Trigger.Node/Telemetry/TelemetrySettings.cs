using System.Globalization;
using Trigger.Devices.Settings;

namespace Trigger.Node.Telemetry;

/// <summary>What <c>trigger.node.telemetry</c> says, and where it says nothing, OpenTelemetry's usual variables of the environment.</summary>
internal static class TelemetrySettings
{
    private const int LongestHeaders = 64 * 1024;
    private const int LongestHeader = 8 * 1024;

    /// <param name="environment">A variable's value, or null.</param>
    /// <param name="to">An endpoint that comes before the one that the settings name; null for that.</param>
    /// <returns>Null when nothing is to be sent.</returns>
    public static TelemetryOptions? Read(TriggerSettings settings, Func<string, string?> environment, List<string> mistakes, string? to = null)
    {
        if ((to ?? settings.Text("node.telemetry.otlp-endpoint")) is not { } endpoint || string.Equals(environment("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase))
            return null;

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url))
            url = new Uri("about:blank");
        var found = new List<string>();
        var options = new TelemetryOptions
        {
            Endpoint = url,
            Protocol = settings.Text("node.telemetry.protocol") == "grpc" ? TelemetryProtocol.Grpc : TelemetryProtocol.HttpProtobuf,
            Headers = Headers(settings.Text("node.telemetry.headers-file"), environment("OTEL_EXPORTER_OTLP_HEADERS"), found),
            Traces = settings.Flag("node.telemetry.traces"),
            Metrics = settings.Flag("node.telemetry.metrics"),
            SampleRatio = Ratio(settings.Text("node.telemetry.sample-ratio"), environment("OTEL_TRACES_SAMPLER_ARG"), found),
            Interval = Interval(settings.Text("node.telemetry.interval"), environment("OTEL_METRIC_EXPORT_INTERVAL"), found),
            ServiceName = settings.Text("node.telemetry.service-name") ?? "trigger",
            Resource = Pairs("node.telemetry.resource", settings.Texts("node.telemetry.resource") is { Count: > 0 } own ? own : Split(environment("OTEL_RESOURCE_ATTRIBUTES")), found),
        };
        mistakes.AddRange(found);
        mistakes.AddRange(options.Mistakes());
        return found.Count == 0 ? options : null;
    }

    private static List<KeyValuePair<string, string>> Headers(string? file, string? variable, List<string> mistakes)
    {
        if (file is null)
            return Pairs("$OTEL_EXPORTER_OTLP_HEADERS", [.. Split(variable).Select(Uri.UnescapeDataString)], mistakes);

        var headers = new List<KeyValuePair<string, string>>();
        try
        {
            if (new FileInfo(file).Length > LongestHeaders)
            {
                mistakes.Add($"node.telemetry.headers-file: {file} is longer than {LongestHeaders} bytes; it should be a few lines of 'Name: value'.");
                return headers;
            }

            var number = 0;
            foreach (var line in File.ReadLines(file))
            {
                number++;
                if (line.Trim() is not { Length: > 0 } text || text[0] == '#')
                    continue;

                // The line itself is secret and is not repeated.
                var colon = text.IndexOf(':', StringComparison.Ordinal);
                if (colon < 1 || text.Length > LongestHeader || !text.AsSpan(0, colon).ToString().All(IsOfName) || text.Contains(','))
                    mistakes.Add($"{file}:{number}: must be a header as 'Name: value', without commas.");
                else
                    headers.Add(new(text[..colon], text[(colon + 1)..].Trim()));
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            mistakes.Add($"node.telemetry.headers-file: {failure.Message}");
        }

        return headers;
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';

    private static double Ratio(string? text, string? variable, List<string> mistakes)
    {
        if ((text ?? variable) is not { } said)
            return 1;
        if (double.TryParse(said, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1)
            return ratio;

        mistakes.Add($"{(text is null ? "$OTEL_TRACES_SAMPLER_ARG" : "node.telemetry.sample-ratio")} is '{said}'; it must be a number from 0 to 1, such as 0.1.");
        return 1;
    }

    private static TimeSpan Interval(string? text, string? variable, List<string> mistakes)
    {
        if (text is not null)
            return Durations.Read(text) ?? TimeSpan.Zero;
        if (variable is null)
            return TimeSpan.FromSeconds(60);
        if (int.TryParse(variable, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds >= 100)
            return TimeSpan.FromMilliseconds(milliseconds);

        mistakes.Add($"$OTEL_METRIC_EXPORT_INTERVAL is '{variable}'; it must be a number of milliseconds, at least 100.");
        return TimeSpan.FromSeconds(60);
    }

    private static string[] Split(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    private static List<KeyValuePair<string, string>> Pairs(string what, IReadOnlyList<string> texts, List<string> mistakes)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var text in texts)
        {
            var equal = text.IndexOf('=', StringComparison.Ordinal);
            if (equal < 1)
                mistakes.Add($"{what} has an entry that is not 'key=value'."); // Headers are secret, so it is not repeated.
            else
                pairs.Add(new(text[..equal].Trim(), text[(equal + 1)..].Trim()));
        }

        return pairs;
    }
}
