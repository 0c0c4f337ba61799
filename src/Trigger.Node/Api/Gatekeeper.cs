using System.Net;
using Microsoft.AspNetCore.Http;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>
/// Says who a caller is. Where tokens are needed, by the token; else, on the loopback, everybody on this machine is trusted, but not the pages in their browsers: a page of somebody else's
/// can make a browser talk to the loopback.
/// </summary>
internal sealed class Gatekeeper(ApiSettings settings, Tokens tokens)
{
    /// <summary>Where those come from who need no token.</summary>
    public const string Loopback = "loopback";

    private static readonly Caller Local = new(Environment.UserName, Role.Admin, Loopback);

    /// <summary>Null for nobody; then the response says why.</summary>
    public async Task<Caller?> Admit(HttpContext call)
    {
        var header = call.Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            if (await tokens.Check(header["Bearer ".Length..].Trim(), call.RequestAborted).ConfigureAwait(false) is { } known)
                return new Caller(known.Name, known.Role, Origin(call));
            await Problems.Write(call, StatusCodes.Status401Unauthorized, "The token is not known, has expired or was taken back.").ConfigureAwait(false);
            return null;
        }

        if (settings.NeedsTokens)
        {
            call.Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.Write(call, StatusCodes.Status401Unauthorized, "Send 'Authorization: Bearer TOKEN'. 'trigger token create' makes one.").ConfigureAwait(false);
            return null;
        }

        if (IsPageOfOthers(call.Request))
        {
            await Problems.Write(call, StatusCodes.Status403Forbidden, "Pages of other sites may not call this API.").ConfigureAwait(false);
            return null;
        }

        return Local;
    }

    // A name that is not the loopback's is DNS rebinding; an Origin is a browser's page, and there is none of ours without tokens but that of the same host.
    private static bool IsPageOfOthers(HttpRequest request)
    {
        var host = request.Host.Host;
        var loopback = host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
        return !loopback || (request.Headers.Origin.ToString() is { Length: > 0 } origin && origin != $"{request.Scheme}://{request.Host}");
    }

    private static string Origin(HttpContext call) => call.Connection.RemoteIpAddress?.ToString() ?? "?";
}
