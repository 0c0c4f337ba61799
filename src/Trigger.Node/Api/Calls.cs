using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>What endpoints say about their callers.</summary>
internal static class Calls
{
    private const string Key = "trigger.caller";

    /// <summary>Who asks. Everybody who reaches an endpoint with a role is somebody.</summary>
    public static Caller Caller(this HttpContext call) => (Caller)call.Items[Key]!;

    public static void Introduce(this HttpContext call, Caller caller) => call.Items[Key] = caller;

    /// <summary>Only callers of this role, or of one above it.</summary>
    public static T Needs<T>(this T endpoint, Role role)
        where T : IEndpointConventionBuilder
    {
        endpoint.WithMetadata(new NeedsRole(role));
        return endpoint;
    }

    internal sealed record NeedsRole(Role Role);
}
