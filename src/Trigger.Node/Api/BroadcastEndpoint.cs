using System.Net.WebSockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Trigger.Devices;
using Trigger.Devices.Inventory;
using Trigger.Node.Broadcasts;
using Trigger.Node.Security;

namespace Trigger.Node.Api;

/// <summary>
/// One person's lines to many devices, over a WebSocket (RFC 6455) of JSON. To the node: <c>{"line": …, "changes": true}</c>, or <c>{"stop": true}</c>. From it: <c>{"is": "opened", "devices": n}</c>;
/// for each line <c>{"is": "answer", …}</c> for each device and <c>{"is": "said"}</c>, or <c>{"is": "changes", "devices": n}</c> when it may change something and was sent without
/// <c>changes</c>, or <c>{"is": "refused", "mistakes": [...]}</c>.
/// </summary>
internal static class BroadcastEndpoint
{
    private const int LongestMessage = 16 * 1024;

    public static void Map(WebApplication app, NodeHost node) => app.MapGet("/api/broadcast", (string? on, bool? anyStatus, HttpContext call) =>
    {
        var text = string.IsNullOrEmpty(on) ? "" : on;
        if (text.Length == 0)
            return Problems.OfMistakes([new OrderMistake("on", "It says for which devices; all means every one.")]);

        var found = Selection.Choose(anyStatus == true ? $"({text}) adminStatus=*" : text, node.Inventory.Current, node.Selections);
        if (found.Mistakes.Count > 0)
            return Problems.OfMistakes([.. found.Mistakes.Select(mistake => new OrderMistake("on", mistake))]);
        if (found.Devices.Count == 0)
            return Problems.OfMistakes([new OrderMistake("on", $"No device is meant by '{text}'.")]);
        return call.WebSockets.IsWebSocketRequest ? new Talk(node, text, found.Devices) : Problems.OfMistakes([new OrderMistake("Upgrade", "A broadcast is asked for as a WebSocket.")]);
    }).Needs(Role.Operator).WithTags("devices").WithSummary("Lines to many devices that stay logged in between them, as a WebSocket of JSON.");

    private sealed class Talk(NodeHost node, string on, IReadOnlyList<NetDevice> devices) : IResult
    {
        private CancellationTokenSource? saying;

        public async Task ExecuteAsync(HttpContext call)
        {
            var caller = call.Caller();
            await node.Audit.Record(caller, "broadcast-opened", on, $"{devices.Count} devices").ConfigureAwait(false);
            var stopping = call.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(call.RequestAborted, stopping);
            using var socket = await call.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
            await using var broadcast = node.OpenBroadcast(devices, caller);
            var work = Task.CompletedTask;
            try
            {
                await Say(socket, new { @is = "opened", devices = devices.Count }, ending.Token).ConfigureAwait(false);
                while (await Hear(socket, ending.Token).ConfigureAwait(false) is { } order)
                {
                    if (order.Stop)
                    {
                        Volatile.Read(ref saying)?.Cancel();
                        continue;
                    }

                    // A line is begun when the one before is over, however fast they come.
                    await work.ConfigureAwait(false);
                    work = Line(socket, broadcast, caller, order, ending.Token);
                }

                await work.ConfigureAwait(false);
                if (socket.State is WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ending.Token).ConfigureAwait(false);
            }
            catch (Exception gone) when (gone is WebSocketException or OperationCanceledException or IOException)
            {
                // Nobody is there to be told.
            }
            finally
            {
                await ending.CancelAsync().ConfigureAwait(false);
                await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                node.Outbox.Add(caller, "broadcast-closed", on, "");
            }
        }

        private async Task Line(WebSocket socket, Broadcast broadcast, Caller caller, Order order, CancellationToken cancel)
        {
            var line = order.Line?.Trim() ?? "";
            var mistakes = line.Length == 0 || line.Any(char.IsControl) ? [new OrderMistake("line", "It is one line of text.")] : node.MayBroadcast(caller, line, devices);
            if (mistakes.Count > 0)
            {
                await Say(socket, new { @is = "refused", mistakes }, cancel).ConfigureAwait(false);
                return;
            }

            if (broadcast.Changes(line) is > 0 and var changed && !order.Changes)
            {
                await Say(socket, new { @is = "changes", devices = changed }, cancel).ConfigureAwait(false);
                return;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            Volatile.Write(ref saying, stop);
            // The first write precedes the first packet.
            await node.Audit.Record(caller, "broadcast-line", on, $"{devices.Count} devices: {line}").ConfigureAwait(false);
            var (accepted, refused, unknown) = (0, 0, 0);
            try
            {
                await foreach (var answer in broadcast.Say(line, stop.Token).ConfigureAwait(false))
                {
                    _ = answer.Verdict switch { "accepted" => accepted++, "refused" => refused++, _ => unknown++ };
                    if (!cancel.IsCancellationRequested)
                        await Say(socket, Told(answer), cancel).ConfigureAwait(false);
                }
            }
            finally
            {
                Volatile.Write(ref saying, null);
                node.Outbox.Add(caller, "broadcast-answered", on, $"{accepted} accepted, {refused} refused, {unknown} unknown: {line}");
            }

            await Say(socket, new { @is = "said" }, cancel).ConfigureAwait(false);
        }

        private static object Told(BroadcastAnswer answer) =>
            new { @is = "answer", answer.Device, answer.Platform, answer.Verdict, answer.FaultKind, answer.FaultText, answer.Output, answer.ElapsedUs };

        private static async Task<Order?> Hear(WebSocket socket, CancellationToken cancel)
        {
            var buffer = new byte[LongestMessage];
            var length = 0;
            ValueWebSocketReceiveResult got;
            do
            {
                got = await socket.ReceiveAsync(buffer.AsMemory(length), cancel).ConfigureAwait(false);
                length += got.Count;
                if (got.MessageType == WebSocketMessageType.Close)
                    return null;
            }
            while (!got.EndOfMessage && length < buffer.Length);

            try
            {
                return JsonSerializer.Deserialize<Order>(buffer.AsSpan(0, length), JsonSerializerOptions.Web) ?? new Order(null);
            }
            catch (JsonException)
            {
                return new Order(null);
            }
        }

        private static ValueTask Say(WebSocket socket, object what, CancellationToken cancel) =>
            socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(what, JsonSerializerOptions.Web).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, cancel);
    }

    /// <param name="Changes">Whether the person knows that the line may change something.</param>
    private sealed record Order(string? Line, bool Changes = false, bool Stop = false);
}
