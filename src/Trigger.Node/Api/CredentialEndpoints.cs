using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Trigger.Node.Accounts;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>The accounts that the cluster has for its devices: to be set, and never to be read.</summary>
internal static class CredentialEndpoints
{
    public static void Map(WebApplication app, NodeHost node)
    {
        var credentials = app.MapGroup("/api/credentials").WithTags("credentials");
        credentials.MapGet("", () => node.Accounts.All()).Needs(Role.Operator).WithSummary("The cluster's accounts in the order in which they are tried; without their secrets, which nobody is told.");
        credentials.MapPut("/{realm}", async (string realm, AccountOrder order, HttpContext call) =>
        {
            using var password = order.Password;
            using var enable = order.Enable;
            try
            {
                return Results.Ok(await node.Accounts.Set(realm, order, call.Caller()).ConfigureAwait(false));
            }
            catch (OrderRefusedException refused)
            {
                return Problems.OfMistakes(refused.Mistakes);
            }
        }).Needs(Role.Admin).WithSummary("Adds an account, or replaces the one of its realm.").WithDescription("Every node uses it within seconds, for logins that begin after.")
            .Produces<AccountRecord>().ProducesProblem(StatusCodes.Status400BadRequest);
        credentials.MapDelete("/{realm}", async (string realm, HttpContext call) =>
            await node.Accounts.Remove(realm, call.Caller()).ConfigureAwait(false) ? Results.NoContent() : Problems.NotFound($"There is no account '{realm}'.")).Needs(Role.Admin)
            .WithSummary("Forgets an account.");
        credentials.MapPost("/rekey", async (HttpContext call) =>
        {
            try
            {
                var (done, left) = await node.Accounts.Rekey(call.Caller()).ConfigureAwait(false);
                return Results.Ok(new Rekeyed(done, left));
            }
            catch (OrderRefusedException refused)
            {
                return Problems.OfMistakes(refused.Mistakes);
            }
        }).Needs(Role.Admin).WithSummary("Encrypts all accounts with the first key of this node.").Produces<Rekeyed>();
    }

    /// <param name="Left">Realms that this node has no key for.</param>
    internal sealed record Rekeyed(int Done, IReadOnlyList<string> Left);
}
