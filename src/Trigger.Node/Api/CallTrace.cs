using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Trigger.Sessions.Telemetry;

namespace Trigger.Node.Api;

/// <summary>The span of a call that was let in, under the caller's own (W3C <c>traceparent</c>). What supervisors ask for all the time has none.</summary>
internal static class CallTrace
{
    public static async Task Follow(HttpContext call, RequestDelegate next)
    {
        var route = (call.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/');
        if (route is null or "/metrics" || call.GetEndpoint()?.Metadata.GetMetadata<Calls.NeedsRole>() is null
            || Spans.Begin($"{call.Request.Method} {route}", ActivityKind.Server, Header(call, "traceparent"), Header(call, "tracestate")) is not { } span)
        {
            await next(call).ConfigureAwait(false);
            return;
        }

        span.SetTag(TelemetryNames.HttpMethod, call.Request.Method);
        span.SetTag(TelemetryNames.HttpRoute, route);
        span.SetTag(TelemetryNames.UrlPath, call.Request.Path.Value);
        span.SetTag(TelemetryNames.ClientAddress, call.Connection.RemoteIpAddress?.ToString());
        Activity.Current = span;
        try
        {
            await next(call).ConfigureAwait(false);
            span.SetTag(TelemetryNames.HttpStatus, call.Response.StatusCode);
            if (call.Response.StatusCode >= StatusCodes.Status500InternalServerError)
                span.Fail(call.Response.StatusCode.ToString(CultureInfo.InvariantCulture));
        }
        catch (Exception failure)
        {
            span.Fail(failure.GetType().FullName!);
            throw;
        }
        finally
        {
            span.End();
        }
    }

    private static string? Header(HttpContext call, string name) => call.Request.Headers[name].ToString() is { Length: > 0 } value ? value : null;
}
