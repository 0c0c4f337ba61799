using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>How the node is, for whoever supervises it, and its figures.</summary>
internal static class HealthEndpoints
{
    public static void Map(WebApplication app, NodeHost node)
    {
        app.MapGet("/health/started", () => Answer(node.HasStarted, "starting")).ExcludeFromDescription();
        // A node that cannot reach the database, or has been fenced, mends itself: killing it would help nobody. It is dead when its actors do not answer.
        app.MapGet("/health/live", async () => Answer(await node.IsAlive().ConfigureAwait(false), "its actors do not answer")).ExcludeFromDescription();
        app.MapGet("/health/ready", () => Answer(node.IsReady, "not a member of the cluster now")).ExcludeFromDescription();
        app.MapGet("/metrics", () => Results.Text(node.Figures.Text(), "text/plain; version=0.0.4; charset=utf-8")).Needs(Role.Viewer).ExcludeFromDescription();
    }

    private static IResult Answer(bool well, string otherwise) =>
        well ? Results.Text("ok\n") : Results.Text(otherwise + "\n", statusCode: StatusCodes.Status503ServiceUnavailable);
}
