using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>Tokens, the audit trail, the level of the log.</summary>
internal static class AdminEndpoints
{
    private static readonly TimeSpan LongestLife = TimeSpan.FromDays(3650);

    public static void Map(WebApplication app, NodeHost node)
    {
        app.MapGet("/api/tokens", () => node.Tokens.All()).Needs(Role.Admin).WithTags("admin").WithSummary("Tokens, without what they are made of.");
        app.MapPost("/api/tokens", (TokenOrder order, HttpContext call) => Create(node, order, call)).Needs(Role.Admin).WithTags("admin")
            .WithSummary("Makes a token. Its text is told once.").Produces<TokenAnswer>(StatusCodes.Status201Created);
        app.MapDelete("/api/tokens/{id}", async (string id, HttpContext call) =>
        {
            await node.Audit.Record(call.Caller(), "token-revoked", id).ConfigureAwait(false);
            return node.Tokens.Revoke(id) ? Results.NoContent() : Problems.NotFound($"There is no token '{id}' that still counts.");
        }).Needs(Role.Admin).WithTags("admin").WithSummary("Takes a token back.");
        app.MapGet("/api/audit", (int? limit, long? before) => node.Audit.Newest(Math.Clamp(limit ?? 100, 1, 1000), before)).Needs(Role.Admin).WithTags("admin")
            .WithSummary("Who asked for what; the newest first.");
    }

    private static async Task<IResult> Create(NodeHost node, TokenOrder order, HttpContext call)
    {
        var mistakes = new List<OrderMistake>();
        if (order.Name is not { Length: > 0 and <= 100 } name || name.Any(char.IsControl))
            mistakes.Add(new OrderMistake("name", "It says whose the token is, in up to 100 characters."));
        if (order.Role is not { } role)
            mistakes.Add(new OrderMistake("role", "It is viewer, operator or admin."));
        TimeSpan? life = null;
        if (order.Expires is { } text && (life = Durations.Read(text, LongestLife)) is null)
            mistakes.Add(new OrderMistake("expires", "It is a time such as 12h or 90d, at most ten years."));
        if (mistakes.Count > 0)
            return Problems.OfMistakes(mistakes);

        await node.Audit.Record(call.Caller(), "token-created", order.Name!, $"role {order.Role}, {(life is null ? "for ever" : $"for {order.Expires}")}").ConfigureAwait(false);
        var (token, row) = node.Tokens.Create(order.Name!, order.Role!.Value, life, call.Caller().Name);
        return Results.Created($"/api/tokens/{row.Id}", new TokenAnswer(row.Id, token, row.Expires));
    }

    /// <param name="Expires">A time such as 90d; for ever when left out.</param>
    internal sealed record TokenOrder(string? Name, Role? Role, string? Expires);

    internal sealed record TokenAnswer(string Id, string Token, DateTimeOffset? Expires);
}
