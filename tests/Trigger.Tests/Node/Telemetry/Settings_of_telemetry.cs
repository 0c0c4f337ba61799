using Trigger.Devices.Settings;
using Trigger.Node.Telemetry;

namespace Trigger.Tests.Node.Telemetry;

public sealed class Settings_of_telemetry : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-otel-").FullName;
    private readonly List<string> mistakes = [];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void send_nothing_unless_somebody_says_where_to()
    {
        Assert.Null(Read("", []));
        Assert.Null(Read("otlp-endpoint = \"http://127.0.0.1:4318\"", new() { ["OTEL_SDK_DISABLED"] = "true" }));
        Assert.Empty(mistakes);
    }

    [Fact]
    public void take_the_usual_variables_where_they_say_nothing_themselves()
    {
        var usual = new Dictionary<string, string>
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4317", ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc", ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-token=a%20b, x-other=c=d",
            ["OTEL_TRACES_SAMPLER_ARG"] = "0.25", ["OTEL_METRIC_EXPORT_INTERVAL"] = "1500", ["OTEL_SERVICE_NAME"] = "net", ["OTEL_RESOURCE_ATTRIBUTES"] = "site=ams,deployment.environment=prod",
        };

        var options = Read("", usual)!;

        Assert.Empty(mistakes);
        Assert.Equal((new Uri("http://127.0.0.1:4317"), TelemetryProtocol.Grpc, 0.25, TimeSpan.FromMilliseconds(1500), "net"), (options.Endpoint, options.Protocol, options.SampleRatio, options.Interval, options.ServiceName));
        Assert.Equal([new("x-token", "a b"), new("x-other", "c=d")], options.Headers);
        Assert.Equal([new("site", "ams"), new("deployment.environment", "prod")], options.Resource);
        Assert.Equal(0.5, Read("sample-ratio = 0.5", usual)!.SampleRatio);
    }

    [Fact]
    public void read_secret_headers_from_a_file_and_show_them_to_nobody()
    {
        var file = Path.Combine(folder, "headers");
        File.WriteAllText(file, "# the collector's\nAuthorization: Bearer s3cret:=\n\nX-Tenant: net\n");

        var options = Read($"otlp-endpoint = \"http://127.0.0.1:4318\", headers-file = \"{file}\"", [])!;

        Assert.Equal([new("Authorization", "Bearer s3cret:="), new("X-Tenant", "net")], options.Headers);
        Assert.DoesNotContain("s3cret", options.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void name_every_mistake_at_once_and_repeat_no_secret()
    {
        var file = Path.Combine(folder, "headers");
        File.WriteAllText(file, "Good: one\nBearer s3cret\nBad name: s3cret\n");

        Read($"otlp-endpoint = \"collector\", headers-file = \"{file}\", sample-ratio = 2, resource = [site]", new() { ["OTEL_METRIC_EXPORT_INTERVAL"] = "soon" });

        Assert.Equal(6, mistakes.Count);
        foreach (var part in new[] { $"{file}:2:", $"{file}:3:", "sample-ratio is '2'", "$OTEL_METRIC_EXPORT_INTERVAL is 'soon'", "node.telemetry.resource", "otlp-endpoint must be a URL" })
            Assert.Contains(mistakes, mistake => mistake.Contains(part, StringComparison.Ordinal));
        Assert.DoesNotContain(mistakes, mistake => mistake.Contains("s3cret", StringComparison.Ordinal));
        Assert.Contains("LastWords", string.Join('\n', new TelemetryOptions { Endpoint = new Uri("http://127.0.0.1/"), LastWords = TimeSpan.FromMinutes(2) }.Mistakes()), StringComparison.Ordinal);
        Assert.Contains("user or a password", string.Join('\n', new TelemetryOptions { Endpoint = new Uri("http://u:p@127.0.0.1/") }.Mistakes()), StringComparison.Ordinal);
    }

    private TelemetryOptions? Read(string said, Dictionary<string, string> environment)
    {
        var file = Path.Combine(folder, "trigger.conf");
        File.WriteAllText(file, $"trigger.node.telemetry {{ {said} }}");
        var settings = TriggerSettings.Load([file], environment, folder);
        Assert.Empty(settings.Mistakes);
        return TelemetrySettings.Read(settings, environment.GetValueOrDefault, mistakes);
    }
}
