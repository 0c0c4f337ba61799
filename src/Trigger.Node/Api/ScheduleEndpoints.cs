using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Trigger.Node.Scheduling;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>Runs at certain times.</summary>
internal static class ScheduleEndpoints
{
    public static void Map(WebApplication app, NodeHost node)
    {
        var schedules = app.MapGroup("/api/schedules").WithTags("schedules");
        schedules.MapGet("", () => node.Schedules.All()).Needs(Role.Viewer).WithSummary("All schedules, by name.");
        schedules.MapPost("", (ScheduleOrder order, HttpContext call) => Add(node, order, call)).Needs(Role.Operator)
            .WithSummary("Puts a schedule on record.").WithDescription("Its runs are its maker's.").Produces<ScheduleRecord>(StatusCodes.Status201Created).ProducesProblem(StatusCodes.Status400BadRequest);
        schedules.MapDelete("/{name}", async (string name, HttpContext call) =>
            await node.Schedules.Remove(name, call.Caller()).ConfigureAwait(false) ? Results.NoContent() : None(name)).Needs(Role.Operator).WithSummary("Removes a schedule; a run of it that is under way goes on.");
        foreach (var pause in new[] { true, false })
        {
            schedules.MapPost($"/{{name}}/{(pause ? "pause" : "resume")}", async (string name, HttpContext call) =>
                await node.Schedules.Pause(name, pause, call.Caller()).ConfigureAwait(false) ? Results.NoContent() : None(name)).Needs(Role.Operator)
                .WithSummary(pause ? "Stops a schedule for a while." : "Lets a schedule go on with its next time from now.");
        }
    }

    private static async Task<IResult> Add(NodeHost node, ScheduleOrder order, HttpContext call)
    {
        try
        {
            var added = await node.Schedules.Add(order, call.Caller()).ConfigureAwait(false);
            return Results.Created($"/api/schedules/{added.Name}", added);
        }
        catch (OrderRefusedException refused)
        {
            return Problems.OfMistakes(refused.Mistakes);
        }
    }

    private static IResult None(string name) => Problems.NotFound($"There is no schedule '{name}'.");
}
