using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Trigger.Devices;
using Trigger.Devices.Credentials;
using Trigger.Devices.Inventory;
using Trigger.Lab;
using Trigger.Lab.Telnet;
using Trigger.Node;
using Trigger.Node.Api;
using Trigger.Node.Telemetry;
using Trigger.Tests.Lab;
using Trigger.Wire.Ssh;

namespace Trigger.Tests.Node.Telemetry;

/// <summary>A node that tells a receiver what it does. The process has other nodes with other traces, so each test looks at its own.</summary>
public sealed class A_trace : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("trigger-trace-").FullName;
    private readonly LabTelnetServer lab = new(LabTerminal.Catalog, TimeProvider.System);
    private readonly string trace = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
    private OtlpReceiver receiver = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IEnumerable<HeardSpan> Ours => receiver.Spans.Where(span => span.Trace == trace);

    public async ValueTask InitializeAsync() => receiver = await OtlpReceiver.Start();

    public async ValueTask DisposeAsync()
    {
        await receiver.DisposeAsync();
        await lab.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(TelemetryProtocol.HttpProtobuf)]
    [InlineData(TelemetryProtocol.Grpc)]
    public async Task goes_from_the_caller_through_the_run_to_every_command(TelemetryProtocol protocol)
    {
        await Run(protocol, "lab", "show version", "show clock");

        var call = Assert.Single(Ours, span => span.Name == "POST /api/runs");
        Assert.Equal("00f067aa0ba902b7", call.Parent);
        Assert.Equal(("POST", "202"), (call.Attributes["http.request.method"], call.Attributes["http.response.status_code"]));
        var run = Assert.Single(Ours, span => span.Name == "run");
        Assert.Equal((call.Id, "2", "4"), (run.Parent, run.Attributes["trigger.run.devices"], run.Attributes["trigger.run.steps.accepted"]));
        var tasks = Below(run, "device task", 2);
        Assert.Equal(["lab-ios-001", "lab-ios-002"], tasks.Select(task => task.Attributes["trigger.device"]).Order());
        foreach (var task in tasks)
        {
            var session = Assert.Single(Below(task, "device session", 1));
            Assert.Equal(("cisco_ios", "telnet"), (session.Attributes["trigger.platform"], session.Attributes["network.protocol.name"]));
            Assert.Equal(["command", "command", "dial", "login"], Ours.Where(span => span.Parent == session.Id).Select(span => span.Name).Order());
            Assert.Equal(["show clock", "show version"], Below(session, "command", 2).Select(command => command.Attributes["trigger.command"]).Order());
        }

        Assert.DoesNotContain(Ours, span => span.Failed);
        Assert.All(Ours, span => Assert.True(span.Start <= span.End && span.Instance == "traced"));
        Assert.Contains("s3cr=t/ok", receiver.Tokens.Keys);
    }

    [Fact]
    public async Task tells_faults_by_their_kind_and_never_a_secret_or_an_answer()
    {
        await Run(TelemetryProtocol.HttpProtobuf, "swordfish", "show clock", "username bob password hunter2");

        var session = Ours.First(span => span.Name == "device session");
        Assert.Equal((true, "login_refused", "login_refused"), (session.Failed, session.Status, session.Attributes["error.type"]));
        Assert.True(Assert.Single(Ours, span => span.Name == "run").Failed);
        Said("swordfish", "hunter2");
    }

    [Fact]
    public async Task tells_what_was_sent_only_where_that_is_known_to_read()
    {
        await Run(TelemetryProtocol.HttpProtobuf, "lab", "show clock", "username bob password hunter2");

        var commands = Ours.Where(span => span.Name == "command").ToList();
        Assert.Equal(4, commands.Count);
        Assert.Equal(["show clock"], commands.Select(command => command.Attributes.GetValueOrDefault("trigger.command")).OfType<string>().Distinct());
        Assert.Contains(commands, command => command is { Failed: true, Status: "device_error" });
        Said("hunter2", "Invalid input");
    }

    [Fact]
    public async Task comes_with_figures_that_Prometheus_is_told_too()
    {
        var text = await Run(TelemetryProtocol.HttpProtobuf, "lab", "show clock");

        foreach (var name in new[] { "trigger.sessions", "trigger.sessions.by_state", "trigger.dial.duration", "trigger.login.duration", "trigger.step.duration", "trigger.lease.age", "trigger.steps.ended", "trigger.tasks.ended" })
        {
            Assert.Contains(name, receiver.Metrics.Keys);
            Assert.Contains($"\ntrigger{name["trigger".Length..].Replace('.', '_')}", text, StringComparison.Ordinal);
        }

        Assert.Contains("# TYPE trigger_step_duration_seconds histogram\n", text, StringComparison.Ordinal);
        Assert.Contains("trigger_step_duration_seconds_bucket{le=\"+Inf\"} 2\n", text, StringComparison.Ordinal);
        Assert.Contains("trigger_step_duration_seconds_count 2\n", text, StringComparison.Ordinal);
        Assert.Contains("trigger_sessions_by_state{state=\"running\"} 0\n", text, StringComparison.Ordinal);
        Assert.Contains("trigger_steps_ended_total{verdict=\"accepted\",fault=\"\"} 2\n", text, StringComparison.Ordinal);
    }

    private void Said(params string[] secrets)
    {
        foreach (var secret in secrets)
            Assert.DoesNotContain(Ours, span => span.Name.Contains(secret, StringComparison.Ordinal) || span.Status.Contains(secret, StringComparison.Ordinal) || span.Attributes.Values.Any(value => value.Contains(secret, StringComparison.Ordinal)));
    }

    private List<HeardSpan> Below(HeardSpan parent, string name, int count)
    {
        var found = Ours.Where(span => span.Parent == parent.Id && span.Name == name).ToList();
        Assert.Equal(count, found.Count);
        return found;
    }

    /// <summary>Has two devices sent commands, and ends the node, so that everything is told.</summary>
    /// <returns>What /metrics told at the end.</returns>
    private async Task<string> Run(TelemetryProtocol protocol, string password, params string[] commands)
    {
        var inventory = Path.Combine(folder, "devices.csv");
        LabFleet.WriteInventory(inventory, LabFleet.Plan(2, LabTerminal.Catalog, "cisco_ios", Protocol.Telnet).Select(lab.Start).ToList(), LabTerminal.Catalog);
        var loaded = new InventoryReader().Load([inventory], LabTerminal.Catalog);
        await using var node = await NodeHost.Start(
            new NodeHostOptions
            {
                Store = Path.Combine(folder, "state"),
                Name = "traced",
                Api = new ApiSettings { Listen = new IPEndPoint(IPAddress.Loopback, 0), RequestsPerSecond = 1000 },
                Inventory = new NetDevicesSource(() => loaded, loaded.Devices, [], _ => { }, TimeProvider.System, TimeSpan.Zero),
                Platforms = LabTerminal.Catalog,
                Credentials = _ => CredentialBook.Of(new Credentials("lab", new Secret(password), new Secret("lab"))),
                KnownHosts = new KnownHosts(Path.Combine(folder, "known_hosts"), []),
                DeadMansSwitch = false,
                Telemetry = new TelemetryOptions
                {
                    Endpoint = protocol == TelemetryProtocol.Grpc ? receiver.Grpc : receiver.Http, Protocol = protocol, Headers = [new("x-token", "s3cr=t/ok")],
                    LastWords = TimeSpan.FromMinutes(1),
                },
            },
            Cancel);
        using var http = new HttpClient { BaseAddress = node.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/runs") { Content = JsonContent.Create(new { on = "all", commands }) };
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        using var accepted = await http.SendAsync(request, Cancel);
        var run = (await accepted.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("run").GetString();
        // The events end with the run.
        await http.GetStringAsync(new Uri($"api/runs/{run}/events", UriKind.Relative), Cancel);
        return await http.GetStringAsync(new Uri("metrics", UriKind.Relative), Cancel);
    }
}
