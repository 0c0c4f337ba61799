using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Lab;
using Trigger.Node;
using Trigger.Node.Api;
using Trigger.Node.HostKeys;
using Trigger.Tests.Lab;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Node.HostKeys;

/// <summary>Nodes of one database, one after the other, and a pretend device over SSH that is given new keys.</summary>
public sealed class A_device_whose_key_changes : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-keys-").FullName;
    private readonly TaskCompletionSource<HostKeyAlarm> alarm = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private LabGrounds lab = LabGrounds.Start(LabTerminal.Catalog, TimeProvider.System, LabFleet.Plan(1, LabTerminal.Catalog, "cisco_ios", Protocol.Ssh));
    private NodeHost node = null!;
    private HttpClient http = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await Start("n1", HostKeyPolicy.AcceptNew);

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await node.DisposeAsync();
        await lab.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task is_refused_by_every_node_until_an_admin_approves()
    {
        Assert.Equal("accepted", await Run());
        var first = Assert.Single(await Keys("trusted"));
        Assert.Equal(("n1", "trusted"), (first.GetProperty("seenBy").GetString(), first.GetProperty("state").GetString()));

        // Another node, which takes no new keys, knows the device from the cluster.
        await Start("n2", HostKeyPolicy.Strict);
        Assert.Equal("accepted", await Run());

        await NewKeys();
        Assert.Equal("host_key_changed", await Run());
        var heard = await alarm.Task.WaitAsync(Cancel);
        Assert.Equal((first.GetProperty("fingerprint").GetString(), "n2"), (heard.Known, heard.Key.SeenBy));
        Assert.Equal(heard.Key.Id, Assert.Single(await Keys("waiting")).GetProperty("id").GetString());
        Assert.Contains("trigger_host_keys_refused_total 1\n", await http.GetStringAsync(new Uri("metrics", UriKind.Relative), Cancel), StringComparison.Ordinal);

        using var approved = await http.PostAsync(new Uri("api/host-keys/lab-ios-001/approve", UriKind.Relative), null, Cancel);
        Assert.Equal(HttpStatusCode.OK, approved.StatusCode);
        Assert.Equal("accepted", await Run());
        Assert.Equal(first.GetProperty("id").GetString(), Assert.Single(await Keys("replaced")).GetProperty("id").GetString());

        // Taken back: from the next dial on it is no good.
        using var rejected = await http.PostAsync(new Uri($"api/host-keys/{heard.Key.Id}/reject", UriKind.Relative), null, Cancel);
        Assert.Equal(HttpStatusCode.OK, rejected.StatusCode);
        Assert.Equal("host_key_revoked", await Run());
        var trail = node.Audit.Newest(50).Select(line => (line.What, line.Target)).ToList();
        Assert.Contains(("host-key-approved", heard.Key.Host), trail);
        Assert.Contains(("host-key-rejected", heard.Key.Host), trail);
        Assert.Contains(("host-key-waits", heard.Key.Host), trail);
    }

    [Theory]
    [InlineData("GET", "api/host-keys?state=odd", HttpStatusCode.BadRequest, "trusted, waiting, rejected or replaced")]
    [InlineData("GET", "api/host-keys/nowhere", HttpStatusCode.NotFound, "nowhere")]
    [InlineData("POST", "api/host-keys/nowhere/approve", HttpStatusCode.BadRequest, "neither a key's id, nor a host or device")]
    [InlineData("DELETE", "api/host-keys/nowhere", HttpStatusCode.BadRequest, "neither a key's id, nor a host or device")]
    public async Task has_no_use_for_what_is_wrong(string method, string path, HttpStatusCode status, string says)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await http.SendAsync(request, Cancel);

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(says, JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(Cancel)).GetProperty("detail").GetString()!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task is_in_the_document_of_the_API_and_may_be_vouched_for_by_a_file()
    {
        Assert.Contains("/api/host-keys/{key}/approve", await http.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative), Cancel), StringComparison.Ordinal);
        var key = Wire.HostKeys.Ed25519();

        using var answer = await http.PostAsJsonAsync("api/host-keys", new { knownHosts = $"10.0.0.1 {key.Type} {key.Base64}\nbroken\n" }, Cancel);

        var told = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((1, 0, "known_hosts:2: a record needs names, a key type and a key."), (told.GetProperty("imported").GetInt32(), told.GetProperty("skipped").GetInt32(), told.GetProperty("mistakes")[0].GetString()));
        Assert.Equal(key.Fingerprint, (await http.GetFromJsonAsync<JsonElement>(new Uri("api/host-keys/10.0.0.1", UriKind.Relative), Cancel))[0].GetProperty("fingerprint").GetString());
    }

    private async Task NewKeys()
    {
        var same = lab.Devices;
        await lab.DisposeAsync();
        lab = LabGrounds.Start(LabTerminal.Catalog, TimeProvider.System, same);
    }

    private async Task<string?> Run()
    {
        using var accepted = await http.PostAsJsonAsync("api/runs", new { on = "all", commands = new[] { "show clock" } }, Cancel);
        var run = (await accepted.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("run").GetString();
        await http.GetStringAsync(new Uri($"api/runs/{run}/events", UriKind.Relative), Cancel);
        var result = (await http.GetFromJsonAsync<JsonElement>(new Uri($"api/runs/{run}/results", UriKind.Relative), Cancel)).GetProperty("results")[0];
        return result.TryGetProperty("faultKind", out var fault) ? fault.GetString() : result.GetProperty("verdict").GetString();
    }

    private async Task<List<JsonElement>> Keys(string state) => [.. (await http.GetFromJsonAsync<JsonElement>(new Uri($"api/host-keys?state={state}", UriKind.Relative), Cancel)).EnumerateArray()];

    private async Task Start(string name, HostKeyPolicy policy)
    {
        if (node is not null)
            await node.DisposeAsync();
        var inventory = Path.Combine(folder, "devices.csv");
        LabFleet.WriteInventory(inventory, lab.Devices, LabTerminal.Catalog);
        var loaded = new InventoryReader().Load([inventory], LabTerminal.Catalog);
        node = await NodeHost.Start(
            new NodeHostOptions
            {
                Store = Path.Combine(folder, "state"),
                Name = name,
                Api = new ApiSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), RequestsPerSecond = 1000 },
                Inventory = new NetDevicesSource(() => loaded, loaded.Devices, [], _ => { }, TimeProvider.System, TimeSpan.Zero),
                Platforms = LabTerminal.Catalog,
                Credentials = _ => CredentialBook.Of(new Credentials("lab", new Secret("lab"), new Secret("lab"))),
                KnownHosts = new KnownHosts(Path.Combine(folder, $"{name}.known_hosts"), []),
                HostKeys = policy,
                HostKeyShown = shown =>
                {
                    alarm.TrySetResult(shown);
                    return Task.CompletedTask;
                },
                DeadMansSwitch = false,
            },
            Cancel);
        http.Dispose();
        http = new HttpClient { BaseAddress = node.Address };
    }
}
