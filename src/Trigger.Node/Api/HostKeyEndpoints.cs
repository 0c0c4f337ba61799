using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Trigger.Node.HostKeys;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>SSH host keys of the cluster.</summary>
internal static class HostKeyEndpoints
{
    public static void Map(WebApplication app, NodeHost node)
    {
        var keys = app.MapGroup("/api/host-keys").WithTags("host-keys");
        keys.MapGet("", (string? state) => Told(() => Results.Ok(node.HostKeys.All(state)))).Needs(Role.Viewer)
            .WithSummary("Host keys of the cluster, by host.").WithDescription("state is trusted, waiting, rejected or replaced; all when left out.")
            .Produces<IReadOnlyList<HostKeyRecord>>().ProducesProblem(StatusCodes.Status400BadRequest);
        keys.MapGet("/{key}", (string key) => node.HostKeys.Find(key) is { Count: > 0 } found ? Results.Ok(found) : Problems.NotFound($"No host key is known by '{key}'.")).Needs(Role.Viewer)
            .WithSummary("What is known of a host, a device, or by a key's id.").Produces<IReadOnlyList<HostKeyRecord>>().ProducesProblem(StatusCodes.Status404NotFound);
        keys.MapPost("/{key}/approve", (string key, HttpContext call) => Asked(async () => Results.Ok(await node.HostKeys.Approve(key, call.Caller()).ConfigureAwait(false)))).Needs(Role.Admin)
            .WithSummary("Trusts the key that waits, in the place of the one before.").WithDescription("Counts for the next dial of every node.").Produces<HostKeyRecord>().ProducesProblem(StatusCodes.Status400BadRequest);
        keys.MapPost("/{key}/reject", (string key, HttpContext call) => Asked(async () => Results.Ok(await node.HostKeys.Reject(key, call.Caller()).ConfigureAwait(false)))).Needs(Role.Admin)
            .WithSummary("Trusts a key never, or no more.").Produces<HostKeyRecord>().ProducesProblem(StatusCodes.Status400BadRequest);
        keys.MapDelete("/{host}", (string host, HttpContext call) => Asked(async () =>
        {
            await node.HostKeys.Forget(host, call.Caller()).ConfigureAwait(false);
            return Results.NoContent();
        })).Needs(Role.Admin).WithSummary("Forgets a host; the next key that it shows is its first.").Produces(StatusCodes.Status204NoContent).ProducesProblem(StatusCodes.Status400BadRequest);
        keys.MapPost("", (KnownHostsOrder order, HttpContext call) => Asked(async () =>
        {
            if (order.KnownHosts is not { Length: > 0 } text)
                return Problems.OfMistakes([new OrderMistake("knownHosts", "It is the text of a known_hosts file.")]);

            var (imported, skipped, mistakes) = await node.HostKeys.Import(text, call.Caller()).ConfigureAwait(false);
            return Results.Ok(new KnownHostsAnswer(imported, skipped, mistakes));
        })).Needs(Role.Admin).WithSummary("Imports the text of a known_hosts file.")
            .WithDescription("A hashed name, or a pattern, counts for the devices of the inventory that it matches; 'skipped' are lines for none.").Produces<KnownHostsAnswer>().ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static IResult Told(Func<IResult> tell)
    {
        try
        {
            return tell();
        }
        catch (OrderRefusedException refused)
        {
            return Problems.OfMistakes(refused.Mistakes);
        }
    }

    private static async Task<IResult> Asked(Func<Task<IResult>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (OrderRefusedException refused)
        {
            return Problems.OfMistakes(refused.Mistakes);
        }
    }

    internal sealed record KnownHostsOrder(string? KnownHosts);

    /// <param name="Imported">Keys that are new, or were decided by it.</param>
    /// <param name="Mistakes">Lines that could not be read, each with its number.</param>
    internal sealed record KnownHostsAnswer(int Imported, int Skipped, IReadOnlyList<string> Mistakes);
}
