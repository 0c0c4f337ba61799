using System.Net.WebSockets;
using System.Text.Json;
using Trigger.Cli.Cluster;
using Trigger.Node.Broadcasts;

namespace Trigger.Cli.Broadcasting;

/// <summary>Lines to devices that a cluster talks to.</summary>
internal sealed class ClusterBroadcast : IBroadcastCall
{
    private readonly ClientWebSocket socket;

    private ClusterBroadcast(ClientWebSocket socket, int devices) => (this.socket, Devices) = (socket, devices);

    public int Devices { get; }

    /// <exception cref="ClusterProblemException">It cannot be asked, or refuses.</exception>
    public static async Task<ClusterBroadcast> Open(ClusterClient cluster, string selection, bool anyStatus, CancellationToken cancel)
    {
        // The selection's mistakes come as words of the API; a web socket has none for them.
        var page = await cluster.Get($"api/devices?limit=1&anyStatus={(anyStatus ? "true" : "false")}&on={Uri.EscapeDataString(selection)}");
        if (page.GetProperty("total").GetInt32() == 0)
            throw new ClusterProblemException([$"No device is meant by '{selection}'."]);

        var socket = await cluster.Socket($"api/broadcast?anyStatus={(anyStatus ? "true" : "false")}&on={Uri.EscapeDataString(selection)}", cancel);
        var opened = await Hear(socket, cancel);
        return new ClusterBroadcast(socket, opened.GetProperty("devices").GetInt32());
    }

    public async Task<BroadcastReply> Say(string line, bool changes, CancellationToken cancel)
    {
        await Send(new { line, changes });
        var answers = new List<BroadcastAnswer>();
        await using var stop = cancel.Register(() => _ = Send(new { stop = true }));
        while (true)
        {
            var news = await Hear(socket, CancellationToken.None);
            switch (news.GetProperty("is").GetString())
            {
                case "answer":
                    answers.Add(news.Deserialize<BroadcastAnswer>(JsonSerializerOptions.Web)!);
                    break;
                case "said":
                    return new BroadcastReply(answers, 0, []);
                case "changes":
                    return new BroadcastReply([], news.GetProperty("devices").GetInt32(), []);
                case "refused":
                    return new BroadcastReply([], 0, [.. news.GetProperty("mistakes").EnumerateArray().Select(mistake => mistake.GetProperty("message").GetString()!)]);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            if (socket.State is WebSocketState.Open)
                await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The node lets the devices go when it notices.
        }

        socket.Dispose();
    }

    private Task Send(object what) => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(what), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task<JsonElement> Hear(ClientWebSocket socket, CancellationToken cancel)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            using var message = new MemoryStream();
            while (true)
            {
                var got = await socket.ReceiveAsync(buffer.AsMemory(), cancel);
                if (got.MessageType == WebSocketMessageType.Close)
                    throw new ClusterProblemException("The node has hung up.", mayPass: true);
                message.Write(buffer, 0, got.Count);
                if (got.EndOfMessage)
                    return JsonSerializer.Deserialize<JsonElement>(message.GetBuffer().AsSpan(0, (int)message.Length));
            }
        }
        catch (WebSocketException broken)
        {
            throw new ClusterProblemException($"The line to the node broke: {broken.Message}", mayPass: true);
        }
    }
}
