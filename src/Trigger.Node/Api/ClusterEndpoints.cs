using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Trigger.Node.Clustering;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>The cluster as this node sees it, and its sessions.</summary>
internal static class ClusterEndpoints
{
    public static void Map(WebApplication app, NodeHost node)
    {
        app.MapGet("/api/cluster", () => new ClusterAnswer(
            node.Name, node.Cluster.State.Leader?.Node, node.Cluster.Gate.Left.TotalSeconds,
            [.. node.Cluster.State.Members.OrderBy(member => member.Number).Select(member => new MemberAnswer(
                member.Id.Node, member.Address, member.Roles, member.Sites, member.Status.ToString().ToLowerInvariant(),
                node.Cluster.State.Unreachable.Any(other => other.Id == member.Id), member.Version,
                node.Cluster.Homes.Spaces.Sum(space => node.Cluster.Homes.Rows(space).Count(row => row.Owner == member.Id))))])).Needs(Role.Viewer).WithTags("cluster")
            .WithSummary("The members.").Produces<ClusterAnswer>();
        app.MapPost("/api/cluster/{name}/leave", (string name, HttpContext call) => Move(node, name, "node-leave", call, node.Cluster.LeaveAsync)).Needs(Role.Admin).WithTags("cluster")
            .WithSummary("Lets a node hand everything over and leave.");
        app.MapPost("/api/cluster/{name}/down", (string name, HttpContext call) => Move(node, name, "node-down", call, node.Cluster.DownAsync)).Needs(Role.Admin).WithTags("cluster")
            .WithSummary("Declares a node down that nobody can reach.");
        app.MapGet("/api/sessions", async () => (await node.AllTalks().ConfigureAwait(false)).All).Needs(Role.Viewer).WithTags("sessions")
            .WithSummary("The conversations with devices that are under way, or wait for their turn, on all nodes that answer within three seconds.").Produces<IReadOnlyList<SessionSurvey.Conversation>>();
    }

    private static async Task<IResult> Move(NodeHost node, string name, string what, HttpContext call, Func<string, Task<bool>> move)
    {
        await node.Audit.Record(call.Caller(), what, name).ConfigureAwait(false);
        if (name == node.Name && what == "node-leave")
        {
            // This node answers before it is gone.
            node.Cluster.Leave();
            return Results.Accepted();
        }

        return await move(name).ConfigureAwait(false) ? Results.Accepted() : Problems.NotFound($"There is no member '{name}' of which that can be asked.");
    }

    /// <param name="LeaseSeconds">How long this node's lease holds if nothing comes.</param>
    internal sealed record ClusterAnswer(string Node, string? Leader, double LeaseSeconds, IReadOnlyList<MemberAnswer> Members);

    internal sealed record MemberAnswer(
        string Node, string Address, IReadOnlyList<string> Roles, IReadOnlyList<string> Sites, string Status, bool Unreachable, string Version, int Shards);
}
