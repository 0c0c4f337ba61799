using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Trigger.Tests.Node.Telemetry;

/// <summary>A receiver of OTLP on the loopback, over HTTP and over gRPC, that writes down what it is told.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<HeardSpan> spans = new();

    private OtlpReceiver(WebApplication app) => this.app = app;

    public Uri Http => new(app.Urls.First());

    public Uri Grpc => new(app.Urls.Last());

    public IReadOnlyList<HeardSpan> Spans => [.. spans];

    /// <summary>Names of instruments, of all nodes.</summary>
    public ConcurrentDictionary<string, byte> Metrics { get; } = new();

    /// <summary>What came in the header x-token.</summary>
    public ConcurrentDictionary<string, byte> Tokens { get; } = new();

    public static async Task<OtlpReceiver> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        });
        var app = builder.Build();
        var receiver = new OtlpReceiver(app);
        app.MapPost("/v1/traces", call => receiver.Plain(call, receiver.HearTraces));
        app.MapPost("/v1/metrics", call => receiver.Plain(call, receiver.HearMetrics));
        app.MapPost("/opentelemetry.proto.collector.trace.v1.TraceService/Export", call => receiver.Framed(call, receiver.HearTraces));
        app.MapPost("/opentelemetry.proto.collector.metrics.v1.MetricsService/Export", call => receiver.Framed(call, receiver.HearMetrics));
        await app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Plain(HttpContext call, Action<byte[]> hear)
    {
        hear(await Body(call));
        call.Response.ContentType = "application/x-protobuf";
    }

    // gRPC over HTTP/2: a message is behind a byte (packed or not) and its length in four; so is the empty answer, and the status is a trailer.
    private async Task Framed(HttpContext call, Action<byte[]> hear)
    {
        var body = await Body(call);
        Assert.Equal(0, body[0]);
        hear(body[5..]);
        call.Response.ContentType = "application/grpc";
        call.Response.DeclareTrailer("grpc-status");
        await call.Response.Body.WriteAsync(new byte[5], call.RequestAborted);
        call.Response.AppendTrailer("grpc-status", "0");
    }

    private async Task<byte[]> Body(HttpContext call)
    {
        Tokens.TryAdd(call.Request.Headers["x-token"].ToString(), 0);
        using var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body, call.RequestAborted);
        return body.ToArray();
    }

    private void HearTraces(byte[] message)
    {
        foreach (var resource in new ProtobufFields(message).Messages(1))
        {
            var instance = Attributes(resource.Messages(1).SelectMany(one => one.Messages(1))).GetValueOrDefault("service.instance.id", "");
            foreach (var span in resource.Messages(2).SelectMany(scope => scope.Messages(2)))
            {
                var status = span.Messages(15).FirstOrDefault();
                spans.Enqueue(new HeardSpan(
                    instance, span.Hex(1), span.Hex(2), span.Hex(4), span.Text(5), Attributes(span.Messages(9)), [.. span.Messages(11).Select(happened => happened.Text(2))], status?.Number(3) == 2,
                    status?.Text(2) ?? "", span.Number(7), span.Number(8)));
            }
        }
    }

    private void HearMetrics(byte[] message)
    {
        foreach (var metric in new ProtobufFields(message).Messages(1).SelectMany(resource => resource.Messages(2)).SelectMany(scope => scope.Messages(2)))
            Metrics.TryAdd(metric.Text(1), 0);
    }

    private static Dictionary<string, string> Attributes(IEnumerable<ProtobufFields> pairs) => pairs.ToDictionary(
        pair => pair.Text(1), pair => pair.Messages(2).First() is var value && value.Text(1) is { Length: > 0 } text ? text : $"{value.Number(2) + value.Number(3)}");
}
