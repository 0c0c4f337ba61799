using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>Runs: to ask for one, to follow it, to stop it, to read what came of it.</summary>
internal static class RunEndpoints
{
    private const int MostResults = 5_000;

    public static void Map(WebApplication app, NodeHost node)
    {
        var runs = app.MapGroup("/api/runs").WithTags("runs");
        runs.MapPost("", (RunOrder order, HttpContext call) => Submit(order, call, node)).Needs(Role.Operator)
            .WithSummary("Asks for a run.").WithDescription("With an Idempotency-Key header, asking twice runs once.")
            .Produces<RunAccepted>(StatusCodes.Status202Accepted).ProducesProblem(StatusCodes.Status400BadRequest);
        runs.MapGet("", (int? limit) => node.Records.Runs().Take(Math.Clamp(limit ?? 100, 1, 1000))).Needs(Role.Viewer).WithSummary("The newest runs.");
        runs.MapGet("/{run}", (string run) => node.Records.Run(run) is { } found ? Results.Ok(found) : NoRun(run)).Needs(Role.Viewer)
            .WithSummary("How a run stands.").Produces<RunRecord>();
        runs.MapGet("/{run}/results", (string run, string? after, int? limit, bool? failed) => Outcomes(node, run, after, limit, failed ?? false)).Needs(Role.Viewer)
            .WithSummary("What devices answered, by page.").WithDescription("The next page begins after 'next'.").Produces<ResultPage>();
        runs.MapGet("/{run}/events", (string run, bool? output, HttpContext call) => Follow(node, run, output ?? false, call)).Needs(Role.Viewer)
            .WithSummary("Follows a run as server-sent events.").WithDescription("Goes on behind the Last-Event-ID header.");
        runs.MapGet("/{run}/recordings", (string run) => node.Records.Run(run) is { } found ? Results.Ok(node.Records.Recordings(found.Id)) : NoRun(run)).Needs(Role.Viewer)
            .WithSummary("The sessions that a run has recorded.").WithDescription("Of runs that were ordered with record: true.").Produces<IReadOnlyList<RecordingRecord>>();
        runs.MapGet("/{run}/recordings/{session}", (string run, string session) => Recording(node, run, session)).Needs(Role.Viewer)
            .WithSummary("A session as it was recorded, for 'trigger lab --replay'.").Produces<string>(contentType: "text/plain");
        runs.MapGet("/{run}/parked", (string run) => node.Records.Run(run) is { } found ? Results.Ok(node.Records.Parked(found.Id)) : NoRun(run)).Needs(Role.Viewer)
            .WithSummary("The questions of devices that wait for a person.").Produces<IReadOnlyList<ParkedStep>>();
        runs.MapPost("/{run}/answer", (string run, AnswerOrder order, HttpContext call) => Answer(node, run, order, call)).Needs(Role.Operator)
            .WithSummary("Answers a device's question, or takes it back.").WithDescription("What is answered is kept on record; a question for a secret is not answered so.");
        foreach (var word in new[] { RunRequest.Pause, RunRequest.Unpause, RunRequest.Cancel, RunRequest.Approve })
        {
            runs.MapPost($"/{{run}}/{(word == RunRequest.Unpause ? "resume" : word)}", (string run, HttpContext call) => Ask(node, run, word, call)).Needs(Role.Operator)
                .WithSummary($"{char.ToUpperInvariant(word[0])}{word[1..]}s a run.");
        }
    }

    private static async Task<IResult> Submit(RunOrder order, HttpContext call, NodeHost node)
    {
        var key = call.Request.Headers["Idempotency-Key"].ToString();
        if (key.Length > 200)
            return Problems.OfMistakes([new OrderMistake("Idempotency-Key", "It has at most 200 characters.")]);

        var (draft, mistakes) = node.Drafting().Read(order, call.Caller().Name);
        if (draft is null)
            return Problems.OfMistakes(mistakes);
        try
        {
            if (order.DryRun)
                return Results.Ok(DryRunAnswer.Of(node.Guarded(draft, call.Caller()), node.Platforms));

            var (run, isNew) = await node.Accept(draft, key.Length > 0 ? key : null, call.Caller()).ConfigureAwait(false);
            return Results.Accepted($"/api/runs/{run}", new RunAccepted(run, draft.Devices.Count, draft.Spec.AllCommands.Count, isNew));
        }
        catch (OrderRefusedException refused)
        {
            return Problems.OfMistakes(refused.Mistakes);
        }
    }

    private static async Task<IResult> Ask(NodeHost node, string run, string what, HttpContext call)
    {
        if (node.Records.Run(run) is not { } found)
            return NoRun(run);
        if (found.State == "finished")
            return Problems.Of(StatusCodes.Status409Conflict, $"Run {found.Id} has finished.");

        try
        {
            await node.Ask(found.Id, what, call.Caller()).ConfigureAwait(false);
            return Results.Accepted($"/api/runs/{found.Id}");
        }
        catch (OrderRefusedException refused)
        {
            return Problems.OfMistakes(refused.Mistakes);
        }
    }

    private static async Task<IResult> Answer(NodeHost node, string run, AnswerOrder order, HttpContext call)
    {
        if (node.Records.Run(run) is not { } found)
            return NoRun(run);
        if (node.Records.Parked(found.Id).FirstOrDefault(step => step.Device == order.Device) is not { } parked)
            return Problems.Of(StatusCodes.Status409Conflict, $"'{order.Device}' waits at no question in run {found.Id}.");
        if ((order.Answer is null) != order.Abort)
            return Problems.OfMistakes([new OrderMistake("answer", "Say an answer, or abort: true to take the question back.")]);

        return await node.Answer(parked, order.Answer, call.Caller()).ConfigureAwait(false) is { } why
            ? Problems.OfMistakes([new OrderMistake("answer", why)])
            : Results.Accepted($"/api/runs/{found.Id}");
    }

    private static IResult Outcomes(NodeHost node, string run, string? after, int? limit, bool failed)
    {
        if (node.Records.Run(run) is not { } found)
            return NoRun(run);

        // "device/step" of the last one seen; a device's name has no slash in it that a step could follow.
        var (device, step) = ("", -1);
        if (after is not null)
        {
            var slash = after.LastIndexOf('/');
            if (slash < 0 || !int.TryParse(after.AsSpan(slash + 1), out step))
                return Problems.OfMistakes([new OrderMistake("after", "It is what the page before called 'next'.")]);
            device = after[..slash];
        }

        var most = Math.Clamp(limit ?? 500, 1, MostResults);
        var page = node.Records.Outcomes(found.Id, after is null ? null : (device, step), failed ? long.MaxValue : most + 1)
            .Where(outcome => !failed || outcome.Verdict != "accepted").Take(most + 1).ToList();
        var more = page.Count > most;
        if (more)
            page.RemoveAt(most);
        return Results.Ok(new ResultPage(page, more ? $"{page[^1].Device}/{page[^1].Step}" : null));
    }

    private static async Task Follow(NodeHost node, string run, bool output, HttpContext call)
    {
        if (node.Records.Run(run) is not { } found)
        {
            await NoRun(run).ExecuteAsync(call).ConfigureAwait(false);
            return;
        }

        _ = long.TryParse(call.Request.Headers["Last-Event-ID"].ToString(), out var after);
        call.Response.ContentType = "text/event-stream";
        call.Response.Headers.CacheControl = "no-store";
        try
        {
            await foreach (var item in node.Follow(found.Id, after, output, call.RequestAborted).ConfigureAwait(false))
            {
                // A heartbeat is a comment: it keeps proxies from hanging up.
                var text = item is null ? ":\n\n" : $"id: {item.Seq}\nevent: {item.Kind}\ndata: {JsonSerializer.Serialize(item.Data, JsonSerializerOptions.Web)}\n\n";
                await call.Response.WriteAsync(text, call.RequestAborted).ConfigureAwait(false);
                await call.Response.Body.FlushAsync(call.RequestAborted).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The caller has gone.
        }
    }

    private static IResult Recording(NodeHost node, string run, string session)
    {
        if (node.Records.Run(run) is not { } found)
            return NoRun(run);
        return node.Records.Recording(found.Id, session) is { } text ? Results.Text(text, "text/plain") : Problems.NotFound($"Run {found.Id} has recorded no session '{session}'.");
    }

    private static IResult NoRun(string run) => Problems.NotFound($"There is no run '{run}', or more than one begins like that.");

    /// <param name="Device">By name.</param>
    /// <param name="Answer">What to type.</param>
    /// <param name="Abort">Takes the question back instead.</param>
    internal sealed record AnswerOrder(string Device, string? Answer, bool Abort);

    /// <param name="IsNew">False when the key had been used before: this is the run of then.</param>
    internal sealed record RunAccepted(string Run, int Devices, int Commands, bool IsNew);

    /// <param name="Next">What the next page comes after; null on the last.</param>
    internal sealed record ResultPage(IReadOnlyList<OutcomeRecord> Results, string? Next);
}
