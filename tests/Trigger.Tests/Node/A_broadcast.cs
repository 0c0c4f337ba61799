using System.Net.WebSockets;
using System.Text.Json;
using Trigger.Node;

namespace Trigger.Tests.Node;

/// <summary>Two nodes, each at home with some of the devices, and a person at the first.</summary>
public sealed class A_broadcast : IAsyncLifetime
{
    private readonly NodeRig rig = new();
    private NodeHost one = null!;
    private NodeHost two = null!;
    private ClientWebSocket socket = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        one = (await rig.Start("one", null, NodeRig.Book())).Node;
        two = (await rig.Start("two", null, NodeRig.Book())).Node;
        socket = await NodeRig.Socket(one, "api/broadcast?on=all");
        Assert.Equal(2, (await Hear()).GetProperty("devices").GetInt32());
    }

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await rig.DisposeAsync();
    }

    [Fact]
    public async Task stays_logged_in_between_lines()
    {
        Assert.Equal(["lab-ios-001", "lab-ios-002"], (await Say("show clock")).Select(answer => answer.GetProperty("device").GetString()).Order());
        var before = await Talks();
        var second = await Say("show version");

        Assert.All(second, answer => Assert.Equal("accepted", answer.GetProperty("verdict").GetString()));
        Assert.All(second, answer => Assert.NotEmpty(answer.GetProperty("output").GetString()!));
        Assert.Equal(2, before.Count);
        Assert.Equal(before, await Talks());
    }

    [Fact]
    public async Task asks_before_it_sends_what_may_change_something_and_puts_every_line_on_record_first()
    {
        await Tell(new { line = "configure terminal" });
        var asked = await Hear();
        Assert.Equal(("changes", 2), (asked.GetProperty("is").GetString(), asked.GetProperty("devices").GetInt32()));
        Assert.Empty(await Talks());

        Assert.Equal(2, (await Say("configure terminal", changes: true)).Count);
        Assert.Equal(2, (await Say("end", changes: true)).Count);
        var trail = one.Audit.Newest(20).Reverse().ToList();
        Assert.Equal(["2 devices: configure terminal", "2 devices: end"], trail.Where(line => line.What == "broadcast-line").Select(line => line.Detail));
    }

    [Fact]
    public async Task tells_who_refused_and_goes_on()
    {
        var refused = await Say("show nonsense at all", changes: true);
        Assert.All(refused, answer => Assert.Equal(("refused", "device_error"), (answer.GetProperty("verdict").GetString(), answer.GetProperty("faultKind").GetString())));

        Assert.All(await Say("show clock"), answer => Assert.Equal("accepted", answer.GetProperty("verdict").GetString()));
    }

    [Fact]
    public async Task lets_the_devices_go_when_it_is_over()
    {
        await Say("show clock");
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, Cancel);
        while ((await Talks()).Count > 0)
            await Task.Yield();
    }

    [Fact]
    public async Task is_seen_and_ended_from_any_node()
    {
        await Say("show clock");
        foreach (var (here, there) in new[] { (one, two), (two, one) })
        {
            using var http = new HttpClient { BaseAddress = here.Address };
            var lines = (await here.Talks()).Select(talk => (talk.Device, here.Name)).Concat((await there.Talks()).Select(talk => (talk.Device, there.Name))).Order().ToArray();
            var seen = (await NodeRig.Ask(http, HttpMethod.Get, "api/sessions")).Answer.EnumerateArray().Select(talk => (talk.GetProperty("device").GetString()!, talk.GetProperty("node").GetString()!));
            Assert.Equal(lines, seen.Order());

            foreach (var device in (await there.Talks()).Select(talk => talk.Device))
            {
                var killed = await NodeRig.Ask(http, HttpMethod.Post, "api/console", new { words = new[] { "session", "kill", device } });
                Assert.Contains($"{device}: the line was reset.", killed.Text, StringComparison.Ordinal);
            }

            while ((await there.Talks()).Count > 0)
                await Task.Yield();
        }

        using var last = new HttpClient { BaseAddress = one.Address };
        var nobody = await NodeRig.Ask(last, HttpMethod.Post, "api/console", new { words = new[] { "session", "kill", "lab-ios-001" } });
        Assert.Contains("Nobody talks to lab-ios-001 now.", nobody.Text, StringComparison.Ordinal);
    }

    private async Task<List<string>> Talks() =>
        [.. (await one.Talks()).Concat(await two.Talks()).Select(talk => $"{talk.Device} {talk.Id} {talk.Since:O}").Order(StringComparer.Ordinal)];

    private async Task<List<JsonElement>> Say(string line, bool changes = false)
    {
        await Tell(new { line, changes });
        var answers = new List<JsonElement>();
        while (await Hear() is var news && news.GetProperty("is").GetString() != "said")
        {
            Assert.Equal("answer", news.GetProperty("is").GetString());
            answers.Add(news);
        }

        return answers;
    }

    private Task Tell(object what) => socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(what), WebSocketMessageType.Text, true, Cancel);

    private async Task<JsonElement> Hear()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        WebSocketReceiveResult got;
        do
        {
            got = await socket.ReceiveAsync(buffer, Cancel);
            message.Write(buffer, 0, got.Count);
        }
        while (!got.EndOfMessage);

        return JsonSerializer.Deserialize<JsonElement>(message.ToArray());
    }
}
