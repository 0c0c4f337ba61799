using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Trigger.Notify;

namespace Trigger.Tests.Notify;

public sealed class A_web_hook
{
    private static readonly Notification Failed = new(
        NotificationKind.Failed, "20261121-0101-abcd", "bob", "site=AMS", 3, 5, 1, 0, [("core1", "timeout: …")], DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task is_told_in_JSON_that_is_signed()
    {
        var receiver = new Receiver(HttpStatusCode.NoContent);

        await Hook(receiver).Send(Failed, TestContext.Current.CancellationToken);

        var (headers, body) = Assert.Single(receiver.Received);
        Assert.Equal($"sha256={Convert.ToHexStringLower(HMACSHA256.HashData("key"u8, body))}", headers["X-Trigger-Signature"]);
        Assert.Equal("20261121-0101-abcd-failed", headers["X-Trigger-Delivery"]);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(("run.failed", 3, "core1"), (json.RootElement.GetProperty("event").GetString(), json.RootElement.GetProperty("devices").GetInt32(), json.RootElement.GetProperty("look")[0].GetProperty("device").GetString()));
    }

    [Fact]
    public async Task is_told_of_a_host_key_that_waits()
    {
        var receiver = new Receiver(HttpStatusCode.NoContent);
        using var desk = new NotificationDesk([Hook(receiver, NotificationKind.HostKey)], TimeProvider.System);

        await desk.Tell(Notification.OfHostKey("0a1b2c3d4e5f", "core1", "n1", "The host key of core1 has changed.", DateTimeOffset.UnixEpoch));

        var (headers, body) = Assert.Single(receiver.Received);
        Assert.Equal(("host-key.waits", "0a1b2c3d4e5f-host-key"), (headers["X-Trigger-Event"], headers["X-Trigger-Delivery"]));
        using var json = JsonDocument.Parse(body);
        Assert.Equal(("0a1b2c3d4e5f", "core1", "n1"), (json.RootElement.GetProperty("key").GetString(), json.RootElement.GetProperty("host").GetString(), json.RootElement.GetProperty("by").GetString()));
        Assert.False(json.RootElement.TryGetProperty("run", out _));
    }

    [Fact]
    public async Task that_is_busy_is_told_again_and_knows_it_by_the_same_delivery()
    {
        var receiver = new Receiver(HttpStatusCode.ServiceUnavailable, HttpStatusCode.TooManyRequests, HttpStatusCode.OK);

        await Hook(receiver).Send(Failed, TestContext.Current.CancellationToken);

        Assert.Equal(3, receiver.Received.Count);
        Assert.Single(receiver.Received.Select(received => received.Headers["X-Trigger-Delivery"]).Distinct());
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, 1, "web hook at https://chat.example.net was not delivered: it answered 404 Not Found")]
    [InlineData(HttpStatusCode.Redirect, 1, "web hook at https://chat.example.net was not delivered: it answered 302 Found")]
    [InlineData(HttpStatusCode.InternalServerError, 3, "web hook at https://chat.example.net was not delivered in 3 attempts: it answered 500 Internal Server Error")]
    public async Task that_refuses_is_left_alone_and_its_path_is_told_to_nobody(HttpStatusCode answer, int attempts, string told)
    {
        var receiver = new Receiver(answer);
        using var desk = new NotificationDesk([Hook(receiver)], TimeProvider.System);

        Assert.Equal(told, Assert.Single(await desk.Tell(Failed)));
        Assert.Equal(attempts, receiver.Received.Count);
    }

    [Fact]
    public async Task hears_only_what_it_wants_to()
    {
        var receiver = new Receiver(HttpStatusCode.OK);
        using var desk = new NotificationDesk([Hook(receiver)], TimeProvider.System);

        Assert.Empty(await desk.Tell(Failed with { Kind = NotificationKind.Finished }));
        Assert.Empty(receiver.Received);
    }

    [Fact]
    public void names_as_many_devices_as_a_person_reads()
    {
        var many = Failed with { Look = [.. Enumerable.Range(0, Notification.MostNamed + 2).Select(i => ($"d{i}", "x"))] };

        Assert.Contains("  and 2 more\n", many.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("more", Failed.Text(), StringComparison.Ordinal);
    }

    private static WebhookNotifier Hook(Receiver receiver, NotificationKind kind = NotificationKind.Failed) =>
        new(new HttpClient(receiver), new Uri("https://chat.example.net/hooks/s3cret"), () => "key", [kind], new Impatient());

    private sealed class Receiver(params HttpStatusCode[] answers) : HttpMessageHandler
    {
        public List<(Dictionary<string, string> Headers, byte[] Body)> Received { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Received.Add((request.Headers.ToDictionary(header => header.Key, header => string.Join(",", header.Value)), await request.Content!.ReadAsByteArrayAsync(cancellationToken)));
            return new HttpResponseMessage(answers[Math.Min(Received.Count, answers.Length) - 1]);
        }
    }

    /// <summary>A clock on which every wait is over at once.</summary>
    private sealed class Impatient : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
