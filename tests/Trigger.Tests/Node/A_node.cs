using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Lab;
using Trigger.Lab.Telnet;
using Trigger.Node;
using Trigger.Node.Api;
using Trigger.Node.Palettes;
using Trigger.Node.Security;
using Trigger.Tests.Lab;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Node;

/// <summary>A cluster of one on SQLite, with a few pretend devices, asked over HTTP.</summary>
public sealed class A_node : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-node-").FullName;
    private readonly LabTelnetServer lab = new(LabTerminal.Catalog, TimeProvider.System);
    private readonly LogTail log = new(TimeProvider.System);
    private NodeHost node = null!;
    private HttpClient http = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        node = await Start(tokens: false);
        http = new HttpClient { BaseAddress = node.Address };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await node.DisposeAsync();
        await lab.DisposeAsync();
        log.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task runs_what_it_is_asked_and_tells_what_came_of_it_by_page()
    {
        var run = await Submit(new { on = "all", commands = new[] { "show version", "show clock" } });
        await Finished(run);

        var first = await Get($"api/runs/{run}/results?limit=3");
        var second = await Get($"api/runs/{run}/results?limit=3&after={first.GetProperty("next").GetString()}");
        var all = first.GetProperty("results").EnumerateArray().Concat(second.GetProperty("results").EnumerateArray()).Select(result => (result.GetProperty("device").GetString(), result.GetProperty("step").GetInt32())).ToList();

        Assert.Equal([("lab-ios-001", 0), ("lab-ios-001", 1), ("lab-ios-002", 0), ("lab-ios-002", 1)], all);
        Assert.False(second.TryGetProperty("next", out _));
        var told = await Get($"api/runs/{run}");
        Assert.Equal(("finished", 4), (told.GetProperty("state").GetString(), told.GetProperty("accepted").GetInt32()));
        Assert.Empty((await Get($"api/runs/{run}/results?failed=true")).GetProperty("results").EnumerateArray());
    }

    [Fact]
    public async Task lets_a_run_be_followed_from_any_event_on()
    {
        var run = await Submit(new { on = "lab-ios-001", commands = new[] { "show clock" } });
        var whole = await Events(run, after: 0);

        Assert.Equal(["run-accepted", "devices-chosen", "step-ended", "run-finished"], whole.Select(item => item.Kind));
        Assert.Equal("lab-ios-001", whole[2].Data.GetProperty("device").GetString());
        Assert.NotEmpty(whole[2].Data.GetProperty("output").GetString()!);
        Assert.Equal(["step-ended", "run-finished"], (await Events(run, after: whole[1].Id)).Select(item => item.Kind));
        Assert.Contains("devices-chosen", await Console("journal", "tail", run, "-n", "3"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task names_every_mistake_of_an_order_at_once_and_does_nothing()
    {
        using var response = await http.PostAsJsonAsync(
            "api/runs", new { on = "vendr=cisco", commands = Array.Empty<string>(), timeout = "soon", rules = new { canary = "0", when = "blue", deadline = "yesterday-ish" } }, Cancel);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var fields = problem.GetProperty("mistakes").EnumerateArray().Select(mistake => mistake.GetProperty("field").GetString()).ToList();
        Assert.Superset(new HashSet<string?> { "commands", "timeout", "rules.canary", "rules.when", "rules.deadline" }, fields.ToHashSet());
        Assert.Empty((await Get("api/runs")).EnumerateArray());
    }

    [Theory]
    [InlineData("{", HttpStatusCode.BadRequest)]
    [InlineData("""{"on":"all","comands":["show clock"]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"commands":["reload"]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"on":"all","commands":[{"send":"reload","answers":[{"expect":"(","answer":"y"}]}]}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"on":"all","commands":["show clock","reload"],"readOnly":true}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"on":"all","commands":["show clock"],"dryRun":true}""", HttpStatusCode.OK)]
    public async Task understands_only_what_is_right(string body, HttpStatusCode status)
    {
        using var response = await http.PostAsync(new Uri("api/runs", UriKind.Relative), new StringContent(body, null, "application/json"), Cancel);

        Assert.Equal(status, response.StatusCode);
        Assert.Empty((await Get("api/runs")).EnumerateArray());
    }

    [Theory]
    [InlineData("{", ": The body is no JSON: something is wrong at line 1, byte 2.")]
    [InlineData("", ": The request has no body; a JSON object is expected.")]
    [InlineData("[]", ": It must be an object.")]
    [InlineData("""{"comands":["show clock"],"approval":true}""", "comands: There is no such field; there are on, ", "approval: There is no such field here; it belongs at rules.approval.")]
    [InlineData("""{"On":7,"commands":"show clock","rules":{"perVendor":1.5,"checks":[true],"approval":"yes","x":1}}""", "on: It must be a text.", "commands: It must be an array.",
        "rules.perVendor: It must be a whole number.", "rules.checks[0]: It must be a text.", "rules.approval: It must be true or false.", "rules.x: There is no such field; there are perVendor, ")]
    public async Task tells_everything_that_is_wrong_with_the_form_of_an_order(string body, params string[] wrong)
    {
        using var response = await http.PostAsync(new Uri("api/runs", UriKind.Relative), new StringContent(body, null, "application/json"), Cancel);

        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        var mistakes = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("mistakes").EnumerateArray()
            .Select(mistake => $"{mistake.GetProperty("field").GetString()}: {mistake.GetProperty("message").GetString()}").ToList();
        Assert.Equal(wrong.Length, mistakes.Count);
        Assert.All(wrong.Zip(mistakes), pair => Assert.StartsWith(pair.First, pair.Second, StringComparison.Ordinal));
    }

    [Fact]
    public async Task runs_once_what_is_asked_twice_under_one_key_and_refuses_the_key_for_something_else()
    {
        var first = await Submit(new { on = "all", commands = new[] { "show clock" } }, "key");
        Assert.Equal(first, await Submit(new { on = "all", commands = new[] { "show clock" } }, "key"));

        // Other rules are another order, too.
        foreach (var order in new object[] { new { on = "all", commands = new[] { "show version" } }, new { on = "all", commands = new[] { "show clock" }, rules = new { approval = true } } })
        {
            using var other = new HttpRequestMessage(HttpMethod.Post, "api/runs") { Content = JsonContent.Create(order) };
            other.Headers.Add("Idempotency-Key", "key");
            using var refused = await http.SendAsync(other, Cancel);

            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("used before", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task hears_a_pause_before_anything_is_begun_and_goes_on_when_it_is_told()
    {
        var run = await Submit(new { on = "all", commands = new[] { "show clock" }, rules = new { approval = true } });
        Assert.Equal("awaiting approval", (await Get($"api/runs/{run}")).GetProperty("state").GetString());
        using var paused = await http.PostAsync(new Uri($"api/runs/{run}/cancel", UriKind.Relative), null, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, paused.StatusCode);
        await Finished(run);

        Assert.Equal(["cancelled", "cancelled"], (await Get($"api/runs/{run}/results")).GetProperty("results").EnumerateArray().Select(result => result.GetProperty("faultKind").GetString()));
        using var late = await http.PostAsync(new Uri($"api/runs/{run}/pause", UriKind.Relative), null, Cancel);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    [Fact]
    public async Task trusts_nobody_without_a_token_where_it_is_told_so()
    {
        await using var other = await Start(tokens: true, "strict");
        using var client = new HttpClient { BaseAddress = other.Address };
        var (viewer, _) = other.Tokens.Create("looker", Role.Viewer, null, "test");
        var (expired, _) = other.Tokens.Create("late", Role.Admin, TimeSpan.FromTicks(1), "test");
        var (revoked, row) = other.Tokens.Create("gone", Role.Admin, null, "test");
        other.Tokens.Revoke(row.Id);

        Assert.Equal(HttpStatusCode.Unauthorized, await Status(client, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(client, "trg_aaaaaaaa_nothing"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(client, viewer[..^1] + (viewer[^1] == 'A' ? 'B' : 'A')));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(client, expired));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status(client, revoked));
        Assert.Equal(HttpStatusCode.OK, await Status(client, viewer));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(client, viewer, HttpMethod.Post));
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("health/live", UriKind.Relative), Cancel)).StatusCode);
    }

    [Theory]
    [InlineData("evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData(null, "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("localhost", null, HttpStatusCode.OK)]
    public async Task is_not_for_the_pages_of_others(string? host, string? origin, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/runs");
        request.Headers.Host = host;
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using var response = await http.SendAsync(request, Cancel);

        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task writes_down_who_asked_for_what_and_shows_when_somebody_has_been_at_it()
    {
        var run = await Submit(new { on = "all", commands = new[] { "show clock" } });
        await Finished(run);
        while (node.Audit.Newest(1)[0].What != "run-finished")
            await Task.Yield();

        var trail = node.Audit.Newest(10);
        Assert.Equal(["run-finished", "run-asked"], trail.Select(line => line.What));
        Assert.Equal((run, Environment.UserName, "loopback"), (trail[1].Target, trail[1].Who, trail[1].Origin));
        Assert.Contains("show clock", trail[1].Detail, StringComparison.Ordinal);
        Assert.Contains(OutcomeDigest.Of(node.Records, run), trail[0].Detail, StringComparison.Ordinal);
        Assert.Null(node.Audit.Verify().Wrong);
    }

    [Fact]
    public async Task answers_the_console_for_people_and_for_programs_and_knows_a_hosts_own_commands()
    {
        node.Palette.Add(CommandDefinition.Of("weather", "tell", "", "Our own.", Role.Viewer, call => [new CommandLine($"sunny for {call.Caller.Name}", new { sunny = true })]));

        Assert.Contains("\"text\":\"test | 127.0.0.1:0 | [worker] | up", await Console("cluster", "show"), StringComparison.Ordinal);
        Assert.Contains("{\"data\":{\"sunny\":true}}", await Console(json: true, "weather", "tell"), StringComparison.Ordinal);
        Assert.Contains("There is no command", await Console("cluster", "dance"), StringComparison.Ordinal);
        Assert.Contains("DeviceKeeper", await Console("actor", "hierarchy", "-s", "/user"), StringComparison.Ordinal);
        Assert.Contains("lab-ios-001", await Console("device", "list", "name=lab-ios-001"), StringComparison.Ordinal);
        Assert.Contains("must be a whole number", await Console("job", "list", "-n", "many"), StringComparison.Ordinal);
        Assert.Contains((await Get("api/console")).EnumerateArray(), command => command.GetProperty("palette").GetString() == "weather");
    }

    [Fact]
    public async Task tells_its_figures_and_its_document()
    {
        var run = await Submit(new { on = "all", commands = new[] { "show clock" } });
        await Finished(run);

        var figures = await http.GetStringAsync(new Uri("metrics", UriKind.Relative), Cancel);
        Assert.Contains("trigger_devices_known 2\n", figures, StringComparison.Ordinal);
        Assert.Contains("trigger_tasks_pending 0\n", figures, StringComparison.Ordinal);
        Assert.Contains("/api/runs/{run}/events", await http.GetStringAsync(new Uri("openapi/v1.json", UriKind.Relative), Cancel), StringComparison.Ordinal);
        Assert.Equal("test", (await Get("api/cluster")).GetProperty("members")[0].GetProperty("node").GetString());
        Assert.Equal("test", (await Get("api/devices/lab-ios-002")).GetProperty("node").GetString());
        using var unknown = await http.GetAsync(new Uri("api/devices/nobody", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public void refuses_to_be_reached_by_others_without_a_certificate()
    {
        var open = new ApiSettings { Listen = new IPEndPoint(IPAddress.Any, 9110) };

        Assert.Contains("no certificate", Assert.Single(open.Mistakes()), StringComparison.Ordinal);
        Assert.True(open.NeedsTokens);
        Assert.Contains("no such file", Assert.Single((open with { Certificate = "/nowhere", Key = folder + "/../../proc/self/status" }).Mistakes()), StringComparison.Ordinal);
        Assert.Empty(new ApiSettings().Mistakes());
    }

    [Fact]
    public async Task takes_up_what_was_accepted_before_it_was_started_again()
    {
        var run = await Submit(new { on = "all", commands = new[] { "show clock" }, rules = new { approval = true } });
        http.Dispose();
        await node.DisposeAsync();
        node = await Start(tokens: false);
        http = new HttpClient { BaseAddress = node.Address };

        using var word = await http.PostAsync(new Uri($"api/runs/{run}/cancel", UriKind.Relative), null, Cancel);
        await Finished(run);
    }

    [Fact]
    public async Task lets_a_role_s_changes_wait_for_a_second_person_and_its_terminals_only_watch()
    {
        await using var other = await Start(tokens: true, "careful", Role.Operator);
        using var client = new HttpClient { BaseAddress = other.Address };
        var (one, two) = (other.Tokens.Create("one", Role.Operator, null, "test").Text, other.Tokens.Create("two", Role.Operator, null, "test").Text);
        var changes = new { on = "lab-ios-001", commands = new[] { "configure terminal", "hostname lab-ios-001", "end" } };

        var reads = await As(client, one, "api/runs", new { on = "lab-ios-001", commands = new[] { "show clock" } });
        var run = (await As(client, one, "api/runs", changes)).GetProperty("run").GetString();
        Assert.True((await As(client, one, "api/runs", new { changes.on, changes.commands, dryRun = true })).GetProperty("approval").GetBoolean());
        await Stands(client, one, reads.GetProperty("run").GetString()!, "finished");
        await Stands(client, one, run!, "awaiting approval");
        await As(client, one, $"api/runs/{run}/approve", null);
        await Stands(client, one, run!, "awaiting approval");
        await As(client, two, $"api/runs/{run}/approve", null);
        await Stands(client, one, run!, "finished");

        using var ask = new HttpRequestMessage(HttpMethod.Get, "api/devices/lab-ios-001/terminal") { Headers = { Authorization = new("Bearer", one) } };
        using var refused = await client.SendAsync(ask, Cancel);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("node.approval-for", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task opens_a_terminal_over_a_web_socket_and_puts_on_record_what_is_entered()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(new Uri(node.Address!, "api/devices/lab-ios-001/terminal?columns=120&rows=40")) { Scheme = "ws" }.Uri, Cancel);
        var screen = new StringBuilder();
        await Until(socket, screen, "\"ready\"");
        await socket.SendAsync("show clock\r"u8.ToArray(), WebSocketMessageType.Binary, true, Cancel);
        await Until(socket, screen, "UTC");
        await socket.SendAsync("exit\r"u8.ToArray(), WebSocketMessageType.Binary, true, Cancel);
        await Until(socket, screen, "\"ended\"");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);

        Assert.DoesNotContain("\"kind\":\"", screen.ToString(), StringComparison.Ordinal);
        IReadOnlyList<AuditRecord> trail;
        while ((trail = node.Audit.Newest(10)).All(line => line.What != "terminal-closed"))
            await Task.Yield();
        var entered = string.Join(" | ", trail.Reverse().Where(line => line.What == "terminal-entered").Select(line => line.Detail));
        Assert.True(entered == "lab-ios-001#show clock | lab-ios-001#exit", string.Join('\n', trail) + "\n" + screen);
    }

    private static async Task Until(ClientWebSocket socket, StringBuilder screen, string text)
    {
        var buffer = new byte[4096];
        while (!screen.ToString().Contains(text, StringComparison.Ordinal))
        {
            var got = await socket.ReceiveAsync(buffer, Cancel);
            Assert.True(got.MessageType != WebSocketMessageType.Close, $"It was closed before '{text}' came: {screen}");
            screen.Append(Encoding.UTF8.GetString(buffer, 0, got.Count));
        }
    }

    private static async Task<JsonElement> As(HttpClient client, string token, string path, object? order)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { Authorization = new("Bearer", token) }, Content = order is null ? null : JsonContent.Create(order) };
        using var response = await client.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, text);
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static async Task Stands(HttpClient client, string token, string run, string state)
    {
        string? now;
        do
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"api/runs/{run}") { Headers = { Authorization = new("Bearer", token) } };
            using var response = await client.SendAsync(request, Cancel);
            now = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("state").GetString();
        }
        while (now != state);
    }

    private async Task<NodeHost> Start(bool tokens, string name = "test", params Role[] careful)
    {
        var inventory = Path.Combine(folder, $"{name}.csv");
        LabFleet.WriteInventory(inventory, LabFleet.Plan(2, LabTerminal.Catalog, "cisco_ios", Protocol.Telnet).Select(lab.Start).ToList(), LabTerminal.Catalog);
        var loaded = new InventoryReader().Load([inventory], LabTerminal.Catalog);
        return await NodeHost.Start(
            new NodeHostOptions
            {
                Store = Path.Combine(folder, name),
                Name = name,
                Api = new ApiSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), TokensOnLoopback = tokens, RequestsPerSecond = 1000 },
                Inventory = new NetDevicesSource(() => loaded, loaded.Devices, [], _ => { }, TimeProvider.System, TimeSpan.Zero),
                Platforms = LabTerminal.Catalog,
                Credentials = _ => CredentialBook.Of(new Credentials("lab", new Secret("lab"), new Secret("lab"))),
                KnownHosts = new KnownHosts(Path.Combine(folder, "known_hosts"), []),
                DeadMansSwitch = false,
                ApprovalFor = careful,
                Log = log,
            },
            Cancel);
    }

    private async Task<string> Submit(object order, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/runs") { Content = JsonContent.Create(order) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, text);
        return JsonSerializer.Deserialize<JsonElement>(text).GetProperty("run").GetString()!;
    }

    private Task<JsonElement> Get(string path) => http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative), Cancel);

    private async Task Finished(string run) => await Events(run, 0);

    private async Task<List<(long Id, string Kind, JsonElement Data)>> Events(string run, long after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/runs/{run}/events?output=true");
        request.Headers.Add("Last-Event-ID", $"{after}");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        var lines = (await response.Content.ReadAsStringAsync(Cancel)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        return [.. lines.Where(item => item.StartsWith("id: ", StringComparison.Ordinal)).Select(item => item.Split('\n')).Select(item =>
            (long.Parse(item[0][4..], System.Globalization.CultureInfo.InvariantCulture), item[1]["event: ".Length..], JsonSerializer.Deserialize<JsonElement>(item[2]["data: ".Length..])))];
    }

    private Task<string> Console(params string[] words) => Console(json: false, words);

    private async Task<string> Console(bool json, params string[] words)
    {
        using var response = await http.PostAsJsonAsync("api/console", new { words, json }, Cancel);
        return await response.Content.ReadAsStringAsync(Cancel);
    }

    private static async Task<HttpStatusCode> Status(HttpClient client, string? token, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, "api/runs");
        if (method == HttpMethod.Post)
            request.Content = JsonContent.Create(new { on = "all", commands = new[] { "show clock" } });
        if (token is not null)
            request.Headers.Authorization = new("Bearer", token);
        using var response = await client.SendAsync(request, Cancel);
        return response.StatusCode;
    }
}
