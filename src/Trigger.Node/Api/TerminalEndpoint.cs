using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Trigger.Devices;
using Trigger.Jobs;
using Trigger.Node.Clustering;
using Trigger.Node.Security;
using Trigger.Node.Terminals;
using Trigger.Sessions;

namespace Trigger.Node.Api;

/// <summary>
/// A terminal on a device, over a WebSocket (RFC 6455). Binary messages are bytes of the line, both ways. Text messages are JSON: from the node <c>{"is": "waiting" | "opened" | "ready" | "ended", …}</c>,
/// to the node <c>{"columns": …, "rows": …}</c> when the window has another size.
/// </summary>
internal static class TerminalEndpoint
{
    public static void Map(WebApplication app, NodeHost node)
    {
        app.MapGet("/api/devices/{name}/terminal", (string name, int? columns, int? rows, bool? enable, string? manner, HttpContext call) =>
        {
            var mistakes = new List<OrderMistake>();
            if (columns is < 1 or > 10_000 || rows is < 1 or > 10_000)
                mistakes.Add(new OrderMistake("columns", "A window has 1 to 10000 columns and rows."));
            TerminalManner? how = manner switch { null or "wait" => TerminalManner.Wait, "take-over" => TerminalManner.TakeOver, "watch" => TerminalManner.Watch, _ => null };
            if (how is null)
                mistakes.Add(new OrderMistake("manner", "It is wait, take-over or watch."));
            if (mistakes.Count > 0)
                return Problems.OfMistakes(mistakes);
            if (node.Inventory.Current.Find(name) is not { } device)
                return Problems.NotFound($"There is no device '{name}'.");
            if (how != TerminalManner.Watch && node.NeedsApproval(call.Caller()))
                return Problems.Of(StatusCodes.Status403Forbidden, "What you change must be approved by somebody else (node.approval-for), which nobody can while you type. Ask for a run, or watch.");
            if (how != TerminalManner.Watch && node.Policy.Mistakes(call.Caller(), RunLine.Of(SessionLanguage.CommandLine, [NodePolicy.Terminal], [device])) is { Count: > 0 } denied)
                return Problems.Of(StatusCodes.Status403Forbidden, $"{denied[0].Message} What is typed at a terminal cannot be looked at beforehand: a policy allows it as the line '{NodePolicy.Terminal}'.");
            return call.WebSockets.IsWebSocketRequest
                ? new Terminal(node, device, new TerminalWish(enable ?? true, columns ?? 80, rows ?? 24, how!.Value))
                : Problems.OfMistakes([new OrderMistake("Upgrade", "A terminal is asked for as a WebSocket.")]);
        }).Needs(Role.Operator).WithTags("devices").WithSummary("A terminal on a device, as a WebSocket: binary messages are the line's bytes, text messages are JSON.");
    }

    private sealed class Terminal(NodeHost node, NetDevice device, TerminalWish wish) : IResult
    {
        public async Task ExecuteAsync(HttpContext call)
        {
            var caller = call.Caller();
            await node.Audit.Record(caller, "terminal-opened", device.Name, wish.Manner switch { TerminalManner.Watch => "watch", TerminalManner.TakeOver => "take-over", _ => "wait" }).ConfigureAwait(false);
            var begun = node.Time.GetTimestamp();
            var how = "the caller left";
            var stopping = call.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.RequestAborted, stopping);
            try
            {
                using var socket = await call.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
                using var talk = new TerminalTalk(node, device, wish, caller, socket);
                how = await talk.Run(ending.Token).ConfigureAwait(false);
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
            {
                // Nobody is there to be told.
            }
            finally
            {
                node.Outbox.Add(caller, "terminal-closed", device.Name, $"after {node.Time.GetElapsedTime(begun).TotalSeconds:0} s: {how}");
            }
        }
    }
}
