using System.Text.Json;
using Trigger.Scenarios.Rig;
using Trigger.Tests.Node.Telemetry;

namespace Trigger.Scenarios;

/// <summary>Two node processes that tell a receiver what they do.</summary>
public sealed class A_trace_across_nodes(Lab lab)
{
    [Fact]
    public async Task is_one_from_the_call_to_devices_of_both()
    {
        await using var receiver = await OtlpReceiver.Start();
        await using var rig = new ClusterRig(lab, ClusterRig.LongLease);
        for (var n = 1; n <= 8; n++)
            rig.Desk.Server($"d{n}");
        await rig.Start(["n1", "n2"], settings: new() { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Http.ToString(), ["OTEL_EXPORTER_OTLP_HEADERS"] = "x-token=s3cret", ["OTEL_METRIC_EXPORT_INTERVAL"] = "500" });
        var trace = Convert.ToHexStringLower(Guid.NewGuid().ToByteArray());
        using var http = new HttpClient();
        using var order = new HttpRequestMessage(HttpMethod.Post, $"{rig.Url("n1")}api/runs") { Content = new StringContent("""{"on":"all","commands":["id -un"]}""", null, "application/json") };
        order.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        using var accepted = await http.SendAsync(order, TestContext.Current.CancellationToken);
        var run = JsonSerializer.Deserialize<JsonElement>(await accepted.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("run").GetString()!;
        await rig.Finished(run);
        var results = JsonSerializer.Deserialize<JsonElement>(await http.GetStringAsync($"{rig.Url("n1")}api/runs/{run}/results", TestContext.Current.CancellationToken)).GetProperty("results");
        Assert.All(results.EnumerateArray(), result => Assert.True(result.GetProperty("verdict").GetString() == "accepted", $"{result}"));

        // What is not sent yet is sent at the stop.
        foreach (var node in new[] { "n1", "n2" })
            await rig.Signal(node, "TERM");
        foreach (var node in new[] { "n1", "n2" })
            Assert.Equal(0, await rig.Exit(node));

        var spans = receiver.Spans.Where(span => span.Trace == trace).ToList();
        var call = Assert.Single(spans, span => span.Name == "POST /api/runs");
        Assert.Equal(("n1", "00f067aa0ba902b7"), (call.Instance, call.Parent));
        var coordinating = Assert.Single(spans, span => span.Name == "run");
        Assert.Equal(call.Id, coordinating.Parent);
        var tasks = spans.Where(span => span.Name == "device task").ToList();
        Assert.All(tasks, task => Assert.Equal((coordinating.Id, coordinating.Instance), (task.Parent, task.Instance)));
        Assert.Equal(8, tasks.Count);
        var sessions = spans.Where(span => span.Name == "device session").ToList();
        Assert.Equal(["n1", "n2"], sessions.Select(session => session.Instance).Distinct().Order());
        foreach (var session in sessions)
        {
            var task = Assert.Single(tasks, task => task.Id == session.Parent);
            Assert.Equal(task.Attributes["trigger.talker"], session.Instance);
            Assert.Equal(["command", "dial", "login"], spans.Where(span => span.Parent == session.Id).Select(span => span.Name).Order());
        }

        Assert.DoesNotContain(spans, span => span.Attributes.Values.Any(value => value.Contains(Lab.Password, StringComparison.Ordinal)));
        Assert.Contains("trigger.sessions.by_state", receiver.Metrics.Keys);
        Assert.Contains("db.client.connection.count", receiver.Metrics.Keys);
        Assert.Equal(["s3cret"], receiver.Tokens.Keys);
    }
}
