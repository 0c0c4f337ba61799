using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>The node's door over HTTP: JSON for programs, lines for the console, health for whoever supervises the process.</summary>
internal sealed class ApiServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private ApiServer(WebApplication app) => this.app = app;

    /// <summary>Where it listens, also when the port was left to the system.</summary>
    public Uri Address => new(app.Urls.First());

    /// <exception cref="NodeException">It cannot listen there.</exception>
    public static async Task<ApiServer> Start(ApiSettings settings, NodeHost node, ILoggerProvider? log, CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (log is not null)
            builder.Logging.AddProvider(log);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, settings));
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.Converters.Add(new SecretConverter());
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower));
        });
        builder.Services.AddProblemDetails();
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true); // Failed says why; else nobody would.
        builder.Services.AddOpenApi("v1", document => document.AddSchemaTransformer((schema, about, _) =>
        {
            if (about.JsonTypeInfo.Type == typeof(Trigger.Devices.Secret))
                (schema.Type, schema.Format, schema.WriteOnly) = (Microsoft.OpenApi.JsonSchemaType.String, "password", true);
            return Task.CompletedTask;
        }).AddDocumentTransformer((whole, _, _) =>
        {
            whole.Info.Title = "Trigger";
            whole.Info.Description = "Runs commands on network devices. Every call needs 'Authorization: Bearer TOKEN' unless the node listens on the loopback only.";
            return Task.CompletedTask;
        }));
        var app = builder.Build();
        var (gate, limits) = (new Gatekeeper(settings, node.Tokens), new CallerLimits(settings));
        var bodies = new BodyMistakes(app.Services.GetRequiredService<IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions);
        // A caller that has vanished must not keep a device's one conversation.
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.FromSeconds(15), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        app.Use(next => call => Admitted(call, next, gate, limits));
        app.UseExceptionHandler(failed => failed.Run(Failed));
        app.Use(next => call => CallTrace.Follow(call, next));
        app.Use(next => async call =>
        {
            if (await bodies.Of(call, settings.LongestRequest).ConfigureAwait(false) is { Count: > 0 } mistakes)
                await Problems.OfMistakes(mistakes).ExecuteAsync(call).ConfigureAwait(false);
            else
                await next(call).ConfigureAwait(false);
        });
        HealthEndpoints.Map(app, node);
        RunEndpoints.Map(app, node);
        ScheduleEndpoints.Map(app, node);
        DeviceEndpoints.Map(app, node);
        TerminalEndpoint.Map(app, node);
        BroadcastEndpoint.Map(app, node);
        ClusterEndpoints.Map(app, node);
        AdminEndpoints.Map(app, node);
        HostKeyEndpoints.Map(app, node);
        CredentialEndpoints.Map(app, node);
        var acls = new AclDesk(settings.AclTime, node.Time);
        app.Lifetime.ApplicationStopped.Register(acls.Dispose);
        AclEndpoints.Map(app, acls);
        ConsoleEndpoints.Map(app, node);
        app.MapOpenApi().Needs(Role.Viewer);
        try
        {
            await app.StartAsync(cancel).ConfigureAwait(false);
            return new ApiServer(app);
        }
        catch (IOException taken)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new NodeException($"The API cannot listen on {settings.Listen}: {taken.Message}", taken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync().ConfigureAwait(false);
        await app.DisposeAsync().ConfigureAwait(false);
    }

    private static void Listen(KestrelServerOptions kestrel, ApiSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = settings.LongestRequest;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        kestrel.Listen(settings.Listen, endpoint =>
        {
            if (settings.Certificate is { } certificate)
                endpoint.UseHttps(X509Certificate2.CreateFromPemFile(certificate, settings.Key!));
        });
    }

    private static async Task Admitted(HttpContext call, RequestDelegate next, Gatekeeper gate, CallerLimits limits)
    {
        if (call.GetEndpoint()?.Metadata.GetMetadata<Calls.NeedsRole>() is not { } needs)
        {
            await next(call).ConfigureAwait(false);
            return;
        }

        if (await gate.Admit(call).ConfigureAwait(false) is not { } caller)
            return;

        if (caller.Role < needs.Role)
        {
            await Problems.Write(call, StatusCodes.Status403Forbidden, $"'{caller.Name}' has the role {caller.Role.ToString().ToLowerInvariant()}; this needs {needs.Role.ToString().ToLowerInvariant()}.").ConfigureAwait(false);
            return;
        }

        if (!limits.Take(caller))
        {
            call.Response.Headers.RetryAfter = "1";
            await Problems.Write(call, StatusCodes.Status429TooManyRequests, "Too many requests; try again in a second.").ConfigureAwait(false);
            return;
        }

        call.Introduce(caller);
        await next(call).ConfigureAwait(false);
    }

    // What went wrong inside is for the node's log. A body that is no JSON of ours is the caller's.
    private static Task Failed(HttpContext call)
    {
        var failure = call.Features.Get<Microsoft.AspNetCore.Diagnostics.IExceptionHandlerFeature>()?.Error;
        return failure is Microsoft.AspNetCore.Http.BadHttpRequestException bad
            ? Problems.Write(call, bad.StatusCode, bad.InnerException is JsonException json ? $"{bad.Message} {json.Message}" : bad.Message)
            : Problems.Write(call, StatusCodes.Status500InternalServerError, failure is NodeException told ? told.Message : "The node failed; its log tells where.");
    }
}
