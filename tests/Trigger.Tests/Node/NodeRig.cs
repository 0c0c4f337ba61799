using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Lab;
using Trigger.Lab.Telnet;
using Trigger.Node;
using Trigger.Node.Api;
using Trigger.Tests.Devices;
using Trigger.Tests.Lab;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Node;

/// <summary>Nodes of one cluster on SQLite, with two pretend devices that let in 'lab' with the password 'lab'.</summary>
internal sealed class NodeRig : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LabTelnetServer lab = new(LabTerminal.Catalog, TimeProvider.System);
    private readonly List<IAsyncDisposable> nodes = [];
    private readonly InventoryLoad loaded;

    public NodeRig()
    {
        var inventory = Path.Combine(folder.Path, "lab.csv");
        LabFleet.WriteInventory(inventory, LabFleet.Plan(2, LabTerminal.Catalog, "cisco_ios", Protocol.Telnet).Select(lab.Start).ToList(), LabTerminal.Catalog);
        loaded = new InventoryReader().Load([inventory], LabTerminal.Catalog);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A path below the rig's own folder.</summary>
    public string File(string name) => Path.Combine(folder.Path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    public async Task<(NodeHost Node, HttpClient Http)> Start(string name, Func<NodeHostOptions, NodeHostOptions>? with = null, CredentialBook? book = null, bool tokens = false)
    {
        var options = new NodeHostOptions
        {
            Store = File("store"),
            Name = name,
            Api = new ApiSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), TokensOnLoopback = tokens, RequestsPerSecond = 1000 },
            Inventory = new NetDevicesSource(() => loaded, loaded.Devices, [], _ => { }, TimeProvider.System, TimeSpan.Zero),
            Platforms = LabTerminal.Catalog,
            Credentials = _ => book ?? new CredentialBook([], _ => []),
            KnownHosts = new KnownHosts(File("known_hosts"), []),
            DeadMansSwitch = false,
        };
        var node = await NodeHost.Start(with?.Invoke(options) ?? options, Cancel);
        nodes.Add(node);
        return (node, new HttpClient { BaseAddress = node.Address });
    }

    public static CredentialBook Book() => CredentialBook.Of(new Credentials("lab", new Secret("lab"), new Secret("lab")));

    public static async Task<(HttpStatusCode Status, JsonElement Answer, string Text)> Ask(HttpClient http, HttpMethod method, string path, object? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var response = await http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        return (response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonSerializer.Deserialize<JsonElement>(FirstLine(text)) : default, text);
    }

    // The console answers in lines.
    private static string FirstLine(string text) => text.Contains("\n{", StringComparison.Ordinal) ? text[..text.IndexOf('\n', StringComparison.Ordinal)] : text;

    /// <summary>Waits until a run stands so.</summary>
    public static async Task<JsonElement> Stands(HttpClient http, string run, string state, string? token = null)
    {
        JsonElement told;
        do
            told = (await Ask(http, HttpMethod.Get, $"api/runs/{run}", token: token)).Answer;
        while (told.GetProperty("state").GetString() != state);
        return told;
    }

    public static async Task<ClientWebSocket> Socket(NodeHost node, string path, string? token = null)
    {
        var socket = new ClientWebSocket();
        if (token is not null)
            socket.Options.SetRequestHeader("Authorization", $"Bearer {token}");
        await socket.ConnectAsync(new UriBuilder(new Uri(node.Address!, path).AbsoluteUri) { Scheme = "ws" }.Uri, Cancel);
        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
            await node.DisposeAsync();
        await lab.DisposeAsync();
        folder.Dispose();
    }
}
